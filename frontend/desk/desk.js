// The desk: "/" goes to the filter, what is typed is not lost by a slip, and the lock is announced before it closes.
import { countCharacters, digits, guardForms, reveal } from "../shared/forms.js";
import { startPickers } from "../shared/picker.js";
import { goOnByItself } from "./importing.js";
import { startLive } from "./live.js";
import { startSteppers } from "./steppers.js";

const WARN = 120; // seconds before the lock

function slashToFilter() {
  const field = document.querySelector("[data-filter]");
  if (!field) return;
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
    field.select?.();
  });
}

function keepTyping() {
  const changed = (f) => f.value !== f.defaultValue || (f.checked ?? false) !== (f.defaultChecked ?? false);
  const dirty = () => [...document.querySelectorAll("textarea, [data-keep], [data-keep-choices] input")].some(changed);
  let sending = false;
  document.addEventListener("submit", (event) => {
    sending = !event.defaultPrevented;
  });
  addEventListener("pageshow", () => {
    sending = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!sending && dirty()) event.preventDefault();
  });
}

/** In a `form[data-next]` Enter goes to the next field, and from the last one to the button: a long queue waits. */
function enterToNext() {
  const form = document.querySelector("form[data-next]");
  if (!form) return;
  form.addEventListener("keydown", (event) => {
    const here = event.target;
    if (event.key !== "Enter" || event.isComposing || here.matches("button, textarea, a")) return;
    const group = (field) => (field.type === "radio" ? field.name : field);
    const fields = [...form.querySelectorAll("input:not([type=hidden]), select, button")];
    const next = fields.slice(fields.indexOf(here)).find((field) => group(field) !== group(here));
    if (!next) return;
    event.preventDefault();
    const chosen = next.type === "radio" && form.querySelector(`input[name="${next.name}"]:checked`);
    (chosen || next).focus();
  });
}

/** `<body data-lock-after="900">` in seconds; `<p data-lock-notice hidden data-text="… {n} …" data-locked="…">`. */
function lockNotice() {
  const after = Number(document.body.dataset.lockAfter);
  const notice = document.querySelector("[data-lock-notice]");
  if (!after || !notice) return;
  const start = Date.now();
  const look = () => {
    const left = after - (Date.now() - start) / 1000;
    if (left > WARN) return;
    notice.hidden = false;
    const text = left > 0 ? notice.dataset.text : notice.dataset.locked;
    notice.textContent = (text || "").replace("{n}", digits(Math.max(1, Math.ceil(left / 60))));
    if (left > 0) return;
    clearInterval(timer);
    // sealed words do not stay on an unattended screen
    for (const element of document.querySelectorAll("[data-sealed]")) element.hidden = true;
  };
  const timer = setInterval(look, 5000);
  addEventListener("pageshow", look);
}

/** Cards that were kept on this telephone go when somebody signs out, or is signed out. */
function forgetVisits() {
  let kept = false;
  try {
    kept = Boolean(localStorage.getItem("visits kept"));
  } catch {
    return; // a browser that keeps nothing
  }
  const out = document.querySelector("form[data-sign-out]");
  if (!kept || document.querySelector("[data-visits-kept]")) return;
  const forget = () => import("./visitstore.js").then((store) => store.forget());
  if (!out) forget();
  out?.addEventListener("submit", (event) => {
    event.preventDefault();
    forget().catch(() => {}).finally(() => out.submit());
  });
}

reveal();
forgetVisits();
slashToFilter();
guardForms(); // before keepTyping, which asks whether a form is really sent
keepTyping();
lockNotice();
enterToNext();
countCharacters();
startPickers();
startSteppers();
startLive();
goOnByItself();
if (document.querySelector("[data-recorder]")) import("../public/recorder.js").then(({ startRecorders }) => startRecorders()).catch(() => {});
