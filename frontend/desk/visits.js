// A volunteer's cards without a network: kept when they ask, drawn here, told sealed, sent once when there is a network again.
import { seal } from "../public/envelope.js";
import * as kept from "./visitstore.js";

const LOOK = 1000; // how often the page looks whether a card's time is over
const SENT = 204;
const CLASS = "case.visit_word";

/** Send what was told. Each has the id under which the server keeps it once. How many still wait. */
async function send(home) {
  const found = await kept.waiting();
  if (!found.length) return 0;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(home, { cache: "no-store" })).text(), "text/html");
    const token = page.querySelector("[name=csrfmiddlewaretoken]").value;
    for (const { id, visit, result, envelope } of found) {
      const body = new FormData();
      for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token, sent_id: id, result, envelope })) body.set(name, value);
      if ((await fetch(`${home}${visit}/`, { method: "POST", body })).status === SENT) await kept.sent(id);
    }
  } catch {
    // no network: they wait
  }
  return (await kept.waiting()).length;
}

/** Those of which nothing was told that still waits to be sent. */
async function open(cards) {
  const told = new Set((await kept.waiting()).map(({ visit }) => visit));
  return cards.filter(({ id }) => !told.has(id));
}

async function running(home) {
  const registration = await navigator.serviceWorker.register(`${home}worker.js`, { scope: home, updateViaCache: "none" });
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  while (worker.state !== "activated") {
    if (worker.state === "redundant") throw new Error("no worker");
    await new Promise((done) => worker.addEventListener("statechange", done, { once: true }));
  }
}

/** The list with a network: a button that keeps what stands on it, and one that takes it away. */
async function withNetwork(box) {
  const home = box.dataset.home;
  const [put, remove, said] = ["keep", "remove", "said"].map((name) => box.querySelector(`[data-${name}]`));
  const cards = JSON.parse(box.dataset.cards);
  const show = (text) => {
    put.hidden = kept.isKept() || !cards.length;
    remove.hidden = !kept.isKept();
    said.textContent = text;
  };
  if (!navigator.serviceWorker || !globalThis.caches || !globalThis.indexedDB) return;
  box.hidden = false;
  put.addEventListener("click", async () => {
    put.hidden = true;
    try {
      await (await caches.open(`visits ${home}`)).addAll([`${home}kept/`, ...JSON.parse(box.dataset.files)]);
      await running(home);
      await kept.keep(cards);
      show(box.dataset.kept);
    } catch {
      await kept.forget();
      show(box.dataset.failed);
    }
  });
  remove.addEventListener("click", async () => {
    await kept.forget();
    show(box.dataset.removed);
  });
  const left = await send(home);
  if (kept.isKept()) await kept.keep(await open(cards)); // what was called back goes here too
  show(left ? box.dataset.waits : kept.isKept() ? box.dataset.kept : "");
}

/** One card, drawn; its form seals what is told. */
function drawn(card, template, after) {
  const item = template.content.cloneNode(true).firstElementChild;
  item.dataset.card = card.id;
  for (const name of ["alias", "kind", "place", "day", "code", "gone"]) item.querySelector(`[data-${name}]`).textContent = card[name];
  const form = item.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    if (!data.get("result")) return void form.querySelector("[data-choose]").removeAttribute("hidden");
    const id = crypto.randomUUID();
    const envelope = seal(card.offer, CLASS, id, { text: data.get("words") });
    form.reset();
    await kept.told(card.id, { id, result: data.get("result"), envelope });
    await after();
  });
  return item;
}

/** The page of kept cards. */
async function withoutNetwork(main) {
  const [list, said, template, remove] = ["list", "said", "template", "remove"].map((name) => main.querySelector(`[data-${name}]`));
  const home = main.dataset.home;
  const look = async () => {
    const cards = await kept.cards();
    const ids = new Set(cards.map(({ id }) => id));
    for (const item of [...list.children]) if (!ids.has(item.dataset.card)) item.remove();
    for (const card of cards) if (!list.querySelector(`[data-card="${card.id}"]`)) list.append(drawn(card, template, sending));
    const waits = (await kept.waiting()).length;
    said.textContent = waits ? main.dataset.waits : cards.length ? main.dataset.kept : main.dataset.nothing;
    remove.hidden = !cards.length;
  };
  const sending = async () => {
    await look();
    await send(home);
    await look();
  };
  remove.addEventListener("click", async () => {
    await kept.forget();
    await look();
  });
  addEventListener("online", sending);
  setInterval(look, LOOK);
  await sending();
}

const box = document.querySelector("[data-visits]");
if (box) withNetwork(box);
const main = document.querySelector("[data-visits-kept]");
if (main) withoutNetwork(main);
