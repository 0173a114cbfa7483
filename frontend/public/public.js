// The public door: leave at once, pick a place, send once. Nothing is counted; nothing is stored unless the reader asks for it.
import { countCharacters, guardForms, reveal } from "../shared/forms.js";
import { startPickers } from "../shared/picker.js";

const WITHIN = 1500; // milliseconds for three presses of Shift

/** Hide the page before anything else, empty what was typed, then take this page's place in the history. */
function leave(href) {
  document.documentElement.style.display = "none";
  document.title = "";
  for (const form of document.forms) form.reset();
  // what the reader kept goes too; where a worker stands before this page it sees to that itself
  if (!navigator.serviceWorker?.controller) forgetKept();
  document.body.replaceChildren();
  location.replace(href);
}

function forgetKept() {
  globalThis.caches?.keys().then((names) => names.forEach((name) => caches.delete(name))).catch(() => {});
  navigator.serviceWorker?.getRegistrations().then((several) => several.forEach((one) => one.unregister())).catch(() => {});
}

function quickExit() {
  const link = document.querySelector("a[data-quick-exit]");
  if (!link) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
    if (event.key !== "Shift" || event.repeat) return;
    const now = performance.now();
    presses = [...presses.filter((then) => now - then < WITHIN), now];
    if (presses.length >= 3) leave(link.href);
  });
}

function printButtons() {
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
}

/** Post the form as the browser would have done. */
function postAsItIs(form, submitter) {
  if (submitter?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
  HTMLFormElement.prototype.submit.call(form);
}

/** Words are sealed in the page where that works; where any part of it fails, the server seals what it gets. */
function sealWords() {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !form.hasAttribute("data-seal")) return;
    event.preventDefault();
    import("./sealing.js").then(({ send }) => send(form, submitter)).catch(() => postAsItIs(form, submitter));
  });
}

/** What a page needs once it can be read: fetched only where the page has it. */
function later() {
  const has = (selector) => document.querySelector(selector);
  const form = has("form[data-seal]");
  if (form) import("./sealing.js").then(({ prepare }) => prepare(form)).catch(() => {});
  for (const asked of document.querySelectorAll("form[data-toll]")) {
    import("./toll.js").then(({ startToll }) => startToll(asked)).catch(() => {});
  }
  const keeping = has("[data-keeping]");
  if (keeping) import("./keeping.js").then(({ startKeeping }) => startKeeping(keeping)).catch(() => {});
  if (has("[data-recorder]")) import("./recorder.js").then(({ startRecorders }) => startRecorders()).catch(() => {});
  if (has("[data-speak]")) import("./speaking.js").then(({ startSpeakers }) => startSpeakers()).catch(() => {});
}

/** Everything inside the page; once more when another page was put into its place. */
function enliven() {
  printButtons();
  reveal();
  countCharacters();
  startPickers();
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
}

quickExit();
// a page kept by the browser's back button must not show what was typed
addEventListener("pageshow", (event) => {
  if (event.persisted && document.body.childElementCount === 0) location.reload();
});
guardForms();
sealWords();
enliven();
document.addEventListener("newpage", enliven);
