// Pages that a reader chose to keep on this telephone (docs/decisions/0021). The network first; what is kept says from when it is.
// Nothing that somebody typed or was answered is ever kept: only addresses that KEPT knows.

const HOME = new URL(registration.scope).pathname; // "/km/", or "/large/km/"
const LIST = `${HOME}keep/list.json`;
const NONE = `${HOME}keep/none/`;
const EXIT = `${HOME}calendar/`;
const KEPT = /^(?:(?:ways|law|help|keep|keep\/none)\/|ways\/(?!list\/)[\w-]+\/|help\/[0-9a-f-]{36}\/)?$/;
const ASKABLE = /^(?:ways|help)\/$/; // these say something else for each question in their address
const NOT_OURS = /^(?:desk|account)\//;
const NEVER_CHANGES = /\.[0-9a-f]{12}\./;
const [PAGES, FILES, MEDIA] = [`pages ${HOME}`, `files ${HOME}`, `media ${HOME}`]; // each size and language for itself
const SHOWN = `${HOME}media/`; // pictures and readings: an address never holds anything else
const CHOSEN = `${HOME}keep/media`; // stands among the pages where the reader chose to keep those too

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const PATIENCE = 4 * SECOND; // for the network, where a kept page could be shown
const RENEW = DAY / 2; // with a network, all that is kept is fetched anew after this
const LOUD = 7; // days after which a kept page says loudly that it is old
const GONE = 30; // days after which it is thrown away: a way can be shut in the meantime
const MOST_OPENED = 40; // pages of the help finder, besides those of the list
const STYLE = "body{font:17px/1.8 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1rem}table{width:100%;text-align:center}b{background:#d5dde3;padding:.2rem .4rem;border-radius:4px}";

/** The address without what stands after #; "" for a page that is never kept. */
function keyOf(url) {
  const rest = url.pathname.slice(HOME.length);
  if (!url.pathname.startsWith(HOME) || !KEPT.test(rest)) return "";
  if (url.search && !ASKABLE.test(rest)) return "";
  return url.pathname + url.search;
}

function within(promise, time) {
  return Promise.race([promise, new Promise((_done, fail) => setTimeout(fail, time, new Error("slow")))]);
}

const age = (answer) => Date.now() - Number(answer.headers.get("X-Kept") || 0);

async function stamped(answer) {
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(name);
  headers.set("X-Kept", String(Date.now()));
  return new Response(await answer.blob(), { headers });
}

/** Keep what the network said; a page that is no more is forgotten. The bytes of it. */
async function note(cache, key, answer) {
  if ([404, 410].includes(answer.status)) await cache.delete(key);
  if (!answer.ok || answer.redirected) return 0;
  const copy = await stamped(answer);
  const size = (await copy.clone().blob()).size;
  await cache.put(key, copy);
  return size;
}

/** What is kept under this address and not too old. */
async function fit(cache, key) {
  const found = await cache.match(key);
  if (found && age(found) > GONE * DAY) {
    await cache.delete(key);
    return undefined;
  }
  return found;
}

/** The words of the page's language, and which pages belong to the list. */
async function list(cache) {
  const found = await cache.match(LIST);
  return found ? found.clone().json() : { pages: [], files: [], words: {} };
}

const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

function dayOf(time, words) {
  const told = `${time.getDate()} ${words.months?.[time.getMonth()] ?? time.getMonth() + 1} ${time.getFullYear()}`;
  return words.digits ? told.replace(/\d/g, (digit) => words.digits[digit]) : told;
}

/** A kept page, which says so first; what was true only in that hour is taken out. */
async function told(answer, cache, key) {
  const { words } = await list(cache);
  const since = new Date(Date.now() - age(answer));
  const old = age(answer) > LOUD * DAY;
  const line = escaped((old ? words.old : words.kept) ?? "").replace("{day}", `<b>${dayOf(since, words)}</b>`);
  const note = key === NONE ? "" : `<p class="alert ${old ? "alert-error font-bold" : "alert-warning"}" role="status" data-kept><span>${line}</span></p>`;
  const html = (await answer.text()).replace(/<span[^>]*\sdata-now[\s>][^<]*<\/span>/g, "").replace(/<main[^>]*>/, (main) => main + note);
  return new Response(html, { headers: answer.headers });
}

async function page(event, url) {
  const cache = await caches.open(PAGES);
  const key = keyOf(url);
  const kept = key ? await fit(cache, key) : undefined;
  const asked = fetch(event.request).then(async (answer) => {
    const copy = key && (answer.ok || [404, 410].includes(answer.status)) ? answer.clone() : null;
    if (copy) event.waitUntil(note(cache, key, copy).then(() => tidy(cache)).then(() => renew(cache)));
    return answer;
  });
  event.waitUntil(asked.catch(() => {}));
  try {
    return await (kept ? within(asked, PATIENCE) : asked);
  } catch {
    const instead = kept ?? (await fit(cache, NONE));
    return instead ? told(instead, cache, kept ? key : NONE) : Response.error();
  }
}

async function file(request) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request);
  if (kept && NEVER_CHANGES.test(request.url)) return kept;
  return kept ? within(fetch(request), PATIENCE).catch(() => kept) : fetch(request);
}

/** A picture or a reading; of a reading the part that a player asks for. */
async function shown(request) {
  const kept = await (await caches.open(MEDIA)).match(request.url);
  if (!kept) return fetch(request).catch(() => new Response(null, { status: 404 })); // the words beside it stay
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("Range") ?? "") ?? [];
  if (first === undefined) return kept;
  const whole = await kept.blob();
  const [start, end] = [Number(first), Math.min(last ? Number(last) : whole.size - 1, whole.size - 1)];
  if (start > end) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  const headers = { "Content-Type": kept.headers.get("Content-Type"), "Content-Range": `bytes ${start}-${end}/${whole.size}`, "Accept-Ranges": "bytes" };
  return new Response(whole.slice(start, end + 1), { status: 206, headers });
}

/** Of the pages that are kept because they were opened, the last ones only. */
async function tidy(cache) {
  const { pages } = await list(cache);
  const listed = new Set([...pages, LIST, CHOSEN]);
  const opened = [];
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!listed.has(pathname + search)) opened.push([age(await cache.match(request)), request]);
  }
  opened.sort(([one], [other]) => one - other);
  for (const [old, request] of opened) {
    if (old > GONE * DAY || opened.findIndex(([, r]) => r === request) >= MOST_OPENED) await cache.delete(request);
  }
}

const ask = (address) => fetch(address, { credentials: "omit", cache: "no-store" });

/** Fetch everything on the list anew; pictures and readings only where the reader chose them. `say` hears how far it is. */
async function keep(say = () => {}) {
  const cache = await caches.open(PAGES);
  const files = await caches.open(FILES);
  const answer = await ask(LIST);
  if (!answer.ok) throw new Error("no list");
  const wanted = await answer.clone().json();
  const media = (await cache.match(CHOSEN)) ? wanted.media : [];
  const of = wanted.pages.length + wanted.files.length + media.length;
  let [done, bytes] = [0, 0];
  for (const address of wanted.files) {
    if (!NEVER_CHANGES.test(address) || !(await files.match(address))) await files.put(address, await stamped(await ask(address)));
    bytes += (await (await files.match(address)).blob()).size;
    say({ done: (done += 1), of, bytes });
  }
  for (const address of wanted.pages) {
    bytes += await note(cache, address, await ask(address));
    say({ done: (done += 1), of, bytes });
  }
  const several = await caches.open(MEDIA);
  for (const address of media) {
    if (!(await several.match(address))) await note(several, address, await ask(address));
    bytes += (await (await several.match(address))?.blob())?.size ?? 0;
    say({ done: (done += 1), of, bytes });
  }
  await note(cache, LIST, answer);
  for (const [kept, listed] of [[files, wanted.files], [several, media]]) {
    for (const request of await kept.keys()) {
      if (!listed.includes(new URL(request.url).pathname)) await kept.delete(request);
    }
  }
  await tidy(cache);
  return { done, of, bytes, pages: wanted.pages.length };
}

/** Whether pictures and readings are kept too, now and whenever all is fetched anew. */
async function choose(media) {
  const cache = await caches.open(PAGES);
  if (media) await cache.put(CHOSEN, new Response("", { headers: { "X-Kept": String(Date.now()) } }));
  else await cache.delete(CHOSEN);
}

let renewing = null;

/** With a network, and not more often than twice a day: what was withdrawn in the meantime goes from this telephone too. */
async function renew(cache) {
  const last = await cache.match(LIST);
  if (!last || age(last) < RENEW) return;
  renewing ??= keep().catch(() => {}).finally(() => (renewing = null));
  await renewing;
}

/** Nothing is left here: neither pages nor this script. */
async function forget() {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
}

/** Leave at once: what was kept goes; without a network a calendar is drawn here. */
async function leave(event) {
  const { words } = await list(await caches.open(PAGES));
  event.waitUntil(forget());
  return within(fetch(event.request), PATIENCE / 2).catch(() => calendar(words));
}

async function calendar(words) {
  const today = new Date();
  const shown = (number) => (words.digits ? String(number).replace(/\d/g, (digit) => words.digits[digit]) : String(number));
  const days = new Date(today.getFullYear(), today.getMonth() + 1, 0).getDate();
  const empty = (new Date(today.getFullYear(), today.getMonth(), 1).getDay() + 6) % 7;
  const cells = [...Array(empty).fill(""), ...Array.from({ length: days }, (_none, n) => (n + 1 === today.getDate() ? `<b>${shown(n + 1)}</b>` : shown(n + 1)))];
  const rows = [];
  while (cells.length) rows.push(`<tr>${cells.splice(0, 7).map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
  const month = escaped(`${words.months?.[today.getMonth()] ?? today.getMonth() + 1} ${shown(today.getFullYear())}`);
  const names = (words.days ?? []).map((name) => `<th scope="col">${escaped(name)}</th>`).join("");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(STYLE));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  const html = `<!doctype html><html lang="${HOME.slice(-3, -1)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(words.calendar ?? "…")}</title><style>${STYLE}</style></head><body><main><h1>${month}</h1><table><thead><tr>${names}</tr></thead><tbody>${rows.join("")}</tbody></table></main></body></html>`;
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; frame-ancestors 'none'`;
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy, "Cache-Control": "no-store" } });
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const rest = url.pathname.startsWith(HOME) ? url.pathname.slice(HOME.length) : null;
  if (request.mode === "navigate" && rest !== null && !NOT_OURS.test(rest)) event.respondWith(url.pathname === EXIT ? leave(event) : page(event, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (url.pathname.startsWith(SHOWN)) event.respondWith(shown(request));
});
addEventListener("message", (event) => {
  const [port] = event.ports;
  if (!["keep", "keep media"].includes(event.data) || !port) return;
  const say = (state) => port.postMessage(state);
  event.waitUntil(choose(event.data === "keep media").then(() => keep(say)).then((state) => say({ ...state, ended: true })).catch(() => say({ failed: true })));
});
