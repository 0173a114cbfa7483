// Sends a form without its words: they leave the page in an envelope that only the team can open, and stay in the page
// until the answer has come. Whatever fails before anything is sent ends in the ordinary way: the form is sent as it is.
//
// <form data-seal="/…/report/seal/" data-cls="concern.told" data-empty="…" data-long="…" data-turned="…"
//       data-phone="…" data-no-phone="…" data-failed="…">   or, with the offer in the page, data-offer='{"org","team","key"}'
import { digits, latin, release } from "../shared/forms.js";
import urgentWords from "../../spean/voices/urgent_words.json";
import { seal } from "./envelope.js";
import { paid } from "./toll.js";

const SEALED = ["told", "text", "phone", "hours", "how"]; // never leave the page in clear
const FILES = ["files", "voice"];
const TURNS = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/;
const REPORT = "concern.told";
const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const URGENT = new RegExp(urgentWords.map((w) => (/^[\x20-\x7e]+$/.test(w) ? `\\b${escaped(w)}\\b` : escaped(w))).join("|"), "i");
const offers = new Map();
let lastOffer; // of the thread that is open here: a page that only asks to wait does not tell it again

/** The offer for the place that is chosen in the form; asked once for each. */
async function offerFor(form, data) {
  if (form.dataset.cls !== REPORT) {
    if (form.dataset.offer) lastOffer = JSON.parse(form.dataset.offer);
    if (!lastOffer) throw new Error("no offer");
    return lastOffer;
  }
  const address = new URL(form.dataset.seal, location.href);
  for (const [name, value] of data) {
    if (name.startsWith("place-") && name !== "place-search" && value) address.searchParams.set(name, value);
  }
  if (!offers.has(address.href)) {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    offers.set(address.href, await answer.json());
  }
  const offer = offers.get(address.href);
  if (!offer.key) throw new Error("nobody reads here");
  return offer;
}

/** Ask for the key while the person still writes, and say that the words will be sealed here. */
export async function prepare(form) {
  await offerFor(form, []);
  for (const line of form.querySelectorAll("[data-seal-line]")) line.hidden = false;
}

/** What the server says of words in clear, and cannot say of an envelope: [field, message] of the first fault. */
function fault(form, typed, data) {
  const { dataset } = form;
  const main = "told" in typed ? "told" : "text";
  const file = data.has("page") || FILES.some((name) => data.get(name)?.size); // or a page that goes along
  if (!typed[main].trim() && !file) return [main, dataset.empty];
  for (const [name, value] of Object.entries(typed)) {
    const most = Number(form.elements[name].dataset.count) || (name === "phone" ? 40 : 200);
    const used = [...value.trim()].length;
    if (used > most) return [name, dataset.long.replace("{n}", digits(used)).replace("{max}", digits(most))];
    if (TURNS.test(value)) return [name, dataset.turned];
  }
  if (data.get("answer_wish") !== "phone") return null;
  const phone = latin(typed.phone.trim());
  const count = phone.replace(/\D/g, "").length;
  if (!phone) return ["phone", dataset.noPhone];
  return count < 6 || count > 15 || /[^\d+\-(). /]/.test(phone) ? ["phone", dataset.phone] : null;
}

function complain(form, name, message) {
  const line = Object.assign(document.createElement("p"), { className: "text-error font-bold", textContent: message });
  line.id = `${name}-complaint`;
  line.dataset.complaint = name;
  line.setAttribute("role", "alert");
  const field = form.elements[name];
  field.before(line);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", line.id);
  field.focus();
}

function forgive(form) {
  for (const line of form.querySelectorAll("[data-complaint]")) {
    const field = form.elements[line.dataset.complaint];
    for (const name of ["aria-invalid", "aria-describedby"]) field?.removeAttribute(name);
    line.remove();
  }
}

/** What goes into the envelope; contact only when the person may be called, as in the form without a script. */
function content(typed, data) {
  const told = (typed.told ?? typed.text).replace(/\r\n?/g, "\n").trim();
  const lines = data.get("answer_wish") === "phone" ? ["phone", "hours", "how"] : [];
  const contact = {};
  for (const name of lines) {
    const line = typed[name].trim();
    if (line) contact[name] = name === "phone" ? latin(line) : line;
  }
  return { told, contact };
}

/** Put the page that came into the place of this one; give back what was typed and chosen unless it is saved. Returns a
    refusal that has no form, or "". */
function show(html, typed, files) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main");
  if (!main) throw new Error("no page");
  const form = typed && main.querySelector("form[data-seal]");
  // a refusal without the form must not take away what was typed
  if (typed && !form) return [...main.querySelectorAll("h1, p")].map((line) => line.textContent.trim()).join(" ");
  document.title = page.title;
  document.body.className = page.body.className;
  document.querySelector("main").replaceWith(document.adoptNode(main));
  if (form) {
    for (const [name, value] of Object.entries(typed)) if (form.elements[name]) form.elements[name].value = value;
    for (const [name, list] of Object.entries(files)) if (form.elements[name]) form.elements[name].files = list;
    if (Object.keys(files).length) main.querySelector("[data-had-file]")?.remove();
  }
  document.dispatchEvent(new Event("newpage"));
  const first = main.querySelector("[autofocus]") || main.querySelector("h1");
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  scrollTo(0, 0);
  return "";
}

/** Send the form as `submitter` asks. Throws when nothing could be sealed; nothing has been sent then. */
export async function send(form, submitter) {
  await new Promise((done) => setTimeout(done)); // the guard of forms goes first: it turns the buttons off
  forgive(form);
  if (form.dataset.toll && submitter?.name !== "show") await paid(form).catch(() => {});
  const data = new FormData(form);
  const asksOnly = submitter?.name === "show";
  if (submitter?.name) data.set(submitter.name, submitter.value);
  const typed = {};
  for (const name of SEALED) {
    if (!data.has(name)) continue;
    typed[name] = data.get(name);
    data.delete(name);
  }
  const files = {};
  for (const name of FILES) if (data.get(name)?.size) files[name] = form.elements[name].files;
  if (!asksOnly) {
    const wrong = fault(form, typed, data);
    if (wrong) {
      release(form);
      return complain(form, ...wrong);
    }
    const said = content(typed, data);
    if (URGENT.test(said.told)) data.set("urgent", "1"); // that they ask for help at once is counted, so that they are read first
    if (said.told || Object.keys(said.contact).length) {
      data.set("envelope", seal(await offerFor(form, data), form.dataset.cls, data.get("sent_id"), said));
    }
  }
  let refusal;
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    const failed = asksOnly || !answer.ok;
    if (failed) offers.clear(); // the key may have changed
    refusal = show(await answer.text(), failed ? typed : null, files);
  } catch {
    refusal = form.dataset.failed;
  }
  if (!refusal) return;
  release(form);
  complain(form, "told" in typed ? "told" : "text", refusal);
}
