// What a volunteer keeps on this telephone: the cards until their end, and what was told until it is sent. Nothing before they ask.
import { done } from "../shared/stored.js";

const NAME = "visits";
const KEPT = "visits kept"; // stands in localStorage, so that a page that keeps nothing opens no database
const SECOND = 1000;
const LONGEST = 72 * 3600 * SECOND;
const BACK = 3600 * SECOND; // a clock that goes back further than this is not believed
const TELL_WITHIN = 14 * 24 * 3600 * SECOND;

export const isKept = () => Boolean(localStorage.getItem(KEPT));

async function store(name, mode = "readwrite") {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => ["cards", "told"].forEach((table) => asked.result.createObjectStore(table, { keyPath: "id" }));
  return (await done(asked)).transaction(name, mode).objectStore(name);
}

/** Keep these cards and no others. Each has `left`: for how long it is still the volunteer's, whatever this telephone's clock says. */
export async function keep(cards) {
  const now = Date.now();
  localStorage.setItem(KEPT, String(now));
  const table = await store("cards");
  table.clear();
  await Promise.all(cards.map(({ left, ...card }) => done(table.put({ ...card, since: now, ends: now + Math.min(left * SECOND, LONGEST) }))));
}

/** The cards whose time is not over. The others are deleted; all of them, where the clock was turned back. */
export async function cards() {
  if (!isKept()) return [];
  const now = Date.now();
  const seen = Number(localStorage.getItem(KEPT));
  const table = await store("cards");
  const found = await done(table.getAll());
  const live = found.filter((card) => now >= seen - BACK && card.ends > now && now - card.since < LONGEST);
  for (const card of found) if (!live.includes(card)) table.delete(card.id);
  localStorage.setItem(KEPT, String(Math.max(now, seen)));
  return live.sort((one, other) => one.ends - other.ends);
}

/** Told, and not sent yet: its words are sealed already. The card is gone. */
export async function told(card, telling) {
  await done((await store("told")).put({ ...telling, visit: card, on: Date.now() }));
  await done((await store("cards")).delete(card));
}

export async function waiting() {
  const table = await store("told");
  const found = await done(table.getAll());
  for (const one of found) if (Date.now() - one.on > TELL_WITHIN) table.delete(one.id);
  return found.filter((one) => Date.now() - one.on <= TELL_WITHIN);
}

export const sent = async (id) => done((await store("told")).delete(id));

/** Cards, page and worker go; what was told and not sent stays, sealed. */
export async function forget() {
  localStorage.removeItem(KEPT);
  for (const name of await caches.keys()) if (name.startsWith("visits ")) await caches.delete(name);
  for (const one of await navigator.serviceWorker.getRegistrations()) if (one.scope.endsWith("/desk/visits/")) await one.unregister();
  await done((await store("cards")).clear());
}
