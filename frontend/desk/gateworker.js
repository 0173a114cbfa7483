// Shows the page of one gate where there is no network. It holds that page and what it wears, no tap.
const HOME = new URL(registration.scope).pathname; // "/km/desk/activities/…/gate/"
const NAME = `gate ${HOME}`;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const kept = async (key) => (await caches.open(NAME)).match(key);
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(async () => (await kept(HOME)) ?? Response.error()));
  else if (url.pathname.startsWith("/static/")) event.respondWith(kept(request.url).then((found) => found ?? fetch(request)));
});
