// Shows the page of kept cards where there is no network (docs/decisions/0031). It holds that empty page and what it wears, no card.
const HOME = new URL(registration.scope).pathname; // "/km/desk/visits/"
const NAME = `visits ${HOME}`;
const PAGE = `${HOME}kept/`;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const kept = async (key) => (await caches.open(NAME)).match(key);
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(async () => (await kept(PAGE)) ?? Response.error()));
  else if (url.pathname.startsWith("/static/")) event.respondWith(kept(request.url).then((found) => found ?? fetch(request)));
});
