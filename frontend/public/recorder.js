// A voice instead of words: record, hear it, throw it away. The recording lies in the form's own file field and nowhere else.
//
// <fieldset data-recorder data-most="590" data-refused="…" data-recording="…" data-done="…" data-full="…" data-gone="…">
//   <div data-recorder-file> <input type="file" data-voice> </div>   what there is without a script
//   <div data-recorder-tools hidden> [data-time] <progress> <button data-do="start|stop|listen|drop"> [data-said] </div>
import { digits } from "../shared/forms.js";

const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const BITS = 32_000;
const clock = (seconds) => digits(`${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`);

class Recorder {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("input[data-voice]");
    this.time = root.querySelector("[data-time]");
    this.level = root.querySelector("progress");
    this.said = root.querySelector("[data-said]");
    this.buttons = Object.fromEntries([...root.querySelectorAll("[data-do]")].map((b) => [b.dataset.do, b]));
    for (const [name, button] of Object.entries(this.buttons)) button.addEventListener("click", () => this[name]());
    root.querySelector("[data-recorder-file]").hidden = true;
    root.querySelector("[data-recorder-tools]").hidden = false;
    addEventListener("pagehide", () => this.release());
    this.show(this.input.files.length ? "done" : "empty");
  }

  /** empty: start. recording: stop. done: listen, throw away, record anew. */
  show(state) {
    const shown = { empty: ["start"], recording: ["stop"], done: ["listen", "drop"] }[state];
    for (const [name, button] of Object.entries(this.buttons)) button.hidden = !shown.includes(name);
    this.level.hidden = state !== "recording";
    if (state === "empty") this.time.textContent = clock(0);
  }

  say(text) {
    this.said.textContent = text || "";
  }

  async start() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
    } catch {
      this.root.querySelector("[data-recorder-file]").hidden = false;
      return this.say(this.root.dataset.refused);
    }
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.recorder = new MediaRecorder(this.stream, { audioBitsPerSecond: BITS, ...(mimeType && { mimeType }) });
    const parts = [];
    this.recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    this.recorder.addEventListener("stop", () => this.keep(new Blob(parts, { type: this.recorder.mimeType })));
    this.recorder.start(1000);
    this.began = performance.now();
    this.show("recording");
    this.listenTo(this.stream);
    this.say(this.root.dataset.recording);
    this.buttons.stop.focus();
  }

  /** The level and the time, while it records. */
  listenTo(stream) {
    const level = this.meter(stream);
    this.timer = setInterval(() => {
      this.level.value = level();
      const seconds = (performance.now() - this.began) / 1000;
      this.time.textContent = clock(seconds);
      if (seconds >= Number(this.root.dataset.most)) this.stop(this.root.dataset.full);
    }, 100);
  }

  /** How loud it is, from 0 to 1. A telephone that cannot tell records all the same. */
  meter(stream) {
    try {
      this.sound = new AudioContext();
      const analyser = this.sound.createAnalyser();
      analyser.fftSize = 512;
      this.sound.createMediaStreamSource(stream).connect(analyser);
      const wave = new Uint8Array(analyser.fftSize);
      return () => {
        analyser.getByteTimeDomainData(wave);
        return Math.min(1, Math.max(...wave.map((v) => Math.abs(v - 128))) / 64);
      };
    } catch {
      return () => 0;
    }
  }

  stop(why) {
    this.why = typeof why === "string" ? why : "";
    if (this.recorder?.state === "recording") this.recorder.stop();
  }

  keep(blob) {
    this.release();
    const file = new File([blob], "voice", { type: blob.type.split(";")[0] });
    const carrier = new DataTransfer();
    carrier.items.add(file);
    this.input.files = carrier.files;
    this.show("done");
    this.say(this.why || this.root.dataset.done);
    this.buttons.listen.focus();
  }

  /** Let the microphone go. */
  release() {
    clearInterval(this.timer);
    for (const track of this.stream?.getTracks() || []) track.stop();
    this.sound?.close();
    this.sound = this.stream = undefined;
  }

  /** By Web Audio: the page's policy allows no blob: address. Pressed again, it is still. */
  async listen() {
    if (this.playing) return this.still();
    this.player = new AudioContext();
    const source = this.player.createBufferSource();
    this.playing = source;
    this.buttons.listen.setAttribute("aria-pressed", "true");
    try {
      source.buffer = await this.player.decodeAudioData(await this.input.files[0].arrayBuffer());
    } catch {
      return this.still();
    }
    if (this.playing !== source) return;
    this.time.textContent = clock(source.buffer.duration);
    source.connect(this.player.destination);
    source.addEventListener("ended", () => this.playing === source && this.still());
    source.start();
  }

  still() {
    this.playing = undefined;
    this.buttons.listen.setAttribute("aria-pressed", "false");
    this.player?.close();
    this.player = undefined;
  }

  drop() {
    this.still();
    this.input.value = "";
    this.show("empty");
    this.say(this.root.dataset.gone);
    this.buttons.start.focus();
  }
}

/** Bring the recorders of the page to life where the browser can record. */
export function startRecorders() {
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder || !window.AudioContext) return;
  for (const root of document.querySelectorAll("[data-recorder]:not([data-live])")) {
    root.dataset.live = "";
    new Recorder(root);
  }
}
