// The public door: leave at once, pick a place, send once. Nothing is stored, nothing is counted.
import { countCharacters, guardForms, reveal } from "../shared/forms.js";
import { startPickers } from "../shared/picker.js";

const WITHIN = 1500; // milliseconds for three presses of Shift

/** Hide the page before anything else, empty what was typed, then take this page's place in the history. */
function leave(href) {
  document.documentElement.style.display = "none";
  document.title = "";
  for (const form of document.forms) form.reset();
  document.body.replaceChildren();
  location.replace(href);
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

quickExit();
printButtons();
// a page kept by the browser's back button must not show what was typed
addEventListener("pageshow", (event) => {
  if (event.persisted && document.body.childElementCount === 0) location.reload();
});
reveal();
guardForms();
countCharacters();
startPickers();
