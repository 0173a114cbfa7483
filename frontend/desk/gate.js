// A gate of an event: each tap is written on this telephone first, then sent, once, when there is a network.
import { digits, latin } from "../shared/forms.js";
import * as kept from "./gatestore.js";

const MOST = 100; // taps in one sending
const AGAIN = 10_000; // ms until the next try
const SAME = 3000; // ms in which the camera sees the same code once
const LENGTH = 10;
const DAMM = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"];

const main = document.querySelector("[data-gate]");
const { home, mark } = main.dataset;
const find = (name) => main.querySelector(`[data-${name}]`);
let last = null; // the tap that can be taken back
let sending = false;
let token = "";

const only = (text) => latin(text).replace(/\D/g, "");
const isOurs = (code) => code.length === LENGTH && code.startsWith(mark) && [...code].reduce((row, d) => DAMM[row][d], "0") === "0";

function say(text, well) {
  const said = find("said");
  said.textContent = text;
  said.classList.toggle("alert-success", well);
  said.classList.toggle("alert-warning", !well);
  navigator.vibrate?.(well ? 40 : [80, 60, 80]);
}

async function show(all) {
  const { here, waiting } = await kept.numbers(home);
  find("here").textContent = digits(here);
  find("waiting").textContent = digits(waiting);
  if (all !== undefined) find("all").textContent = digits(all);
  find("back").hidden = !last;
}

async function take(tap, text) {
  const one = { id: crypto.randomUUID(), ...tap };
  let isNew;
  try {
    isNew = await kept.put(home, one);
  } catch {
    return say(main.dataset.full, false);
  }
  last = isNew && !tap.code && !tap.undoes ? { ...one, text } : null;
  say(isNew ? text : main.dataset.again, isNew);
  await show();
  send();
}

function takeCode(typed) {
  const code = only(typed);
  if (!isOurs(code)) return say(main.dataset.unknown, false);
  return take({ code }, main.dataset.counted);
}

async function post(taps) {
  const ask = () => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token);
    body.set("taps", JSON.stringify(taps.map(({ id, kind = "", code = "", undoes = "" }) => ({ id, kind, code, undoes }))));
    return fetch(`${home}taps/`, { method: "POST", body, redirect: "manual" });
  };
  if (token) {
    const answer = await ask();
    if (answer.ok) return answer.json();
  }
  const opened = await fetch(home, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await opened.text(), "text/html");
  token = page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  if (!page.querySelector("[data-gate]")) return opened.ok ? "signed-out" : "refused";
  const answer = await ask();
  return answer.ok ? answer.json() : "refused";
}

/** Send what waits, piece by piece. What the server has, is deleted here; what it did not take, stays. */
async function send() {
  if (sending) return;
  sending = true;
  try {
    for (let taps = await kept.waiting(home, MOST); taps.length; taps = await kept.waiting(home, MOST)) {
      const heard = await post(taps);
      for (const why of ["signed-out", "refused"]) find(why).hidden = heard !== why;
      if (typeof heard === "string") break;
      await kept.sent(Object.keys(heard.taps));
      const elsewhere = taps.filter(({ id, code }) => code && heard.taps[id] === "again").length;
      const unknown = taps.filter(({ id }) => heard.taps[id] === "unknown").length;
      if (elsewhere) say(main.dataset.elsewhere.replace("{n}", digits(elsewhere)), false);
      if (unknown) say(main.dataset.notkept.replace("{n}", digits(unknown)), false);
      await show(heard.came);
    }
  } catch {
    // no network: they wait
  } finally {
    sending = false;
  }
  await show();
}

async function keep() {
  try {
    await (await caches.open(`gate ${home}`)).addAll([home, ...JSON.parse(main.dataset.files)]);
    await navigator.serviceWorker.register(`${home}worker.js`, { scope: home, updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    find("kept").hidden = false;
  } catch {
    find("kept").hidden = !(await caches.match(home));
  }
}

async function scan() {
  const video = find("video");
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.hidden = false;
  await video.play();
  let seen = "", at = 0;
  setInterval(async () => {
    const [found] = await detector.detect(video).catch(() => []);
    if (!found || (found.rawValue === seen && Date.now() - at < SAME)) return;
    [seen, at] = [found.rawValue, Date.now()];
    takeCode(found.rawValue);
  }, 200);
}

for (const form of main.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = form.querySelector("[name=code]");
    if (!field) return void take({ kind: event.submitter.value }, `${event.submitter.dataset.label} +${digits(1)}`);
    takeCode(field.value);
    field.value = "";
    field.focus();
  });
}
find("back").addEventListener("click", () => {
  const { id, kind } = last;
  last = null;
  take({ kind, undoes: id }, main.dataset.undone);
});
if ("BarcodeDetector" in globalThis && navigator.mediaDevices) {
  const button = find("scan");
  button.hidden = false;
  button.addEventListener("click", () => scan().then(() => (button.hidden = true)).catch(() => say(main.dataset.nocamera, false)));
}
find("numbers").hidden = false;
addEventListener("online", send);
setInterval(send, AGAIN);
keep();
show();
send();
