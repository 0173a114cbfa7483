// What every form gets: a guard against sending twice, and a count of what is typed. Pages work without any of it.
const lang = document.documentElement.lang || "km";
const KHMER_ZERO = 0x17e0;

/** Numbers in the digits of the page's language. Not by Intl: many browsers come without Khmer. */
export const digits = (value) =>
  lang.startsWith("km") ? String(value).replace(/\d/g, (d) => String.fromCharCode(KHMER_ZERO + Number(d))) : String(value);

/** What was typed, with Khmer digits as 0 to 9. */
export const latin = (typed) => typed.replace(/[០-៩]/g, (d) => String(d.charCodeAt(0) - KHMER_ZERO));

/** Show what only makes sense with a script. */
export function reveal(root = document) {
  for (const element of root.querySelectorAll("[data-needs-js]")) element.hidden = false;
}

/** Without a network nothing is sent, so that nothing typed is lost: `<body data-offline="…">` says it beside the button. */
function keptOffline(event) {
  const said = document.body.dataset.offline;
  if (navigator.onLine || !said) return false;
  event.preventDefault();
  const form = event.target;
  let line = form.querySelector("[data-offline-line]");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "alert alert-warning" });
    line.dataset.offlineLine = "";
    line.setAttribute("role", "alert");
    (event.submitter?.closest("p") || form.lastElementChild).before(line);
    addEventListener("online", () => line.remove(), { once: true });
  }
  line.textContent = said;
  return true;
}

const buttons = (form) => [...form.elements].filter((e) => e.type === "submit");

/** Let the form be sent again. */
export function release(form) {
  delete form.dataset.sent;
  for (const button of buttons(form)) {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
}

/** One press sends once. The buttons come back when the reader comes back, or after 20 seconds without an answer. */
export function guardForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.hasAttribute("data-download") || keptOffline(event)) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // after the browser has read the pressed button's own value
    setTimeout(() => {
      for (const button of buttons(form)) {
        button.disabled = true;
        button.setAttribute("aria-busy", "true");
      }
    });
    setTimeout(() => release(form), 20_000);
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
}

/** `<textarea data-count="4000" data-count-text="{n} of {max}">`: a quiet line that counts, and says when it is too long. */
export function countCharacters() {
  for (const field of document.querySelectorAll("[data-count]")) {
    const max = Number(field.dataset.count);
    const line = document.createElement("p");
    line.className = "claim";
    line.setAttribute("role", "status");
    field.after(line);
    const show = () => {
      const used = [...field.value].length;
      const text = field.dataset.countText || "{n} / {max}";
      line.textContent = used < max * 0.8 ? "" : text.replace("{n}", digits(used)).replace("{max}", digits(max));
      line.classList.toggle("due", used > max);
      if (used > max) field.setAttribute("aria-invalid", "true");
      else if (line.dataset.over) field.removeAttribute("aria-invalid");
      line.dataset.over = used > max ? "1" : "";
    };
    field.addEventListener("input", show);
    show();
  }
}
