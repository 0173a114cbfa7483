// A receipt number read aloud: from recorded digits where there are some, else by a voice that lives in the telephone.
// A voice from the network is never used: it would send the number away.
//
// <div data-speak="147…" data-none="…"> <button data-speak-lang="km" data-readings="URL of 0 … URL of 9" hidden> <p data-said>
const KHMER = ["សូន្យ", "មួយ", "ពីរ", "បី", "បួន", "ប្រាំ", "ប្រាំមួយ", "ប្រាំពីរ", "ប្រាំបី", "ប្រាំបួន"];
const BETWEEN = 900; // milliseconds between groups of four

const voiceOf = (lang) =>
  window.speechSynthesis?.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(lang));

class Speaker {
  constructor(root) {
    this.groups = root.dataset.speak.match(/\d{1,4}/g) || [];
    this.root = root;
    this.buttons = [...root.querySelectorAll("[data-speak-lang]")];
    this.said = root.querySelector("[data-said]");
    for (const button of this.buttons) button.addEventListener("click", () => this.press(button));
    addEventListener("pagehide", () => this.still());
    window.speechSynthesis?.addEventListener?.("voiceschanged", () => this.offer());
    this.offer();
  }

  /** Show the languages in which this telephone can speak, and say of the others that it cannot. */
  offer() {
    const silent = [];
    for (const button of this.buttons) {
      button.hidden = !button.dataset.readings && !voiceOf(button.dataset.speakLang);
      if (button.hidden) silent.push(button.dataset.none);
    }
    this.said.textContent = silent.join(" ");
  }

  press(button) {
    const stopped = this.speaking === button;
    this.still();
    if (stopped) return;
    this.speaking = button;
    button.setAttribute("aria-pressed", "true");
    const said = button.dataset.readings ? this.play(button) : this.speak(button);
    said.catch(() => {}).then(() => this.speaking === button && this.still());
  }

  still() {
    window.speechSynthesis?.cancel();
    this.audio?.pause();
    this.speaking?.setAttribute("aria-pressed", "false");
    this.audio = this.speaking = undefined;
  }

  async play(button) {
    const sounds = button.dataset.readings.split(" ");
    for (const group of this.groups) {
      for (const digit of group) {
        if (this.speaking !== button) return;
        this.audio = new Audio(sounds[Number(digit)]);
        await new Promise((done, failed) => {
          this.audio.onended = done;
          this.audio.onpause = done;
          this.audio.onerror = failed;
          this.audio.play().catch(failed);
        });
      }
      await new Promise((done) => setTimeout(done, BETWEEN));
    }
  }

  async speak(button) {
    const lang = button.dataset.speakLang;
    const voice = voiceOf(lang);
    for (const group of this.groups) {
      if (this.speaking !== button) return;
      const text = [...group].map((digit) => (lang === "km" ? KHMER[Number(digit)] : digit)).join(", ");
      const line = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang, rate: 0.8 });
      await new Promise((done, failed) => {
        line.onend = done;
        line.onerror = failed;
        speechSynthesis.speak(line);
      });
      await new Promise((done) => setTimeout(done, BETWEEN));
    }
  }
}

/** Bring the read-aloud buttons of the page to life. */
export function startSpeakers() {
  for (const root of document.querySelectorAll("[data-speak]:not([data-live])")) {
    root.dataset.live = "";
    new Speaker(root);
  }
}
