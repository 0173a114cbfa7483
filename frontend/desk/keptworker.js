// Shows the page that was kept where there is no network: a volunteer's cards (docs/decisions/0031) or a gate. It holds the page and
// what it wears, no card and no tap.
const HOME = new URL(registration.scope).pathname; // "/km/desk/visits/", "/km/desk/activities/…/gate/"

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const kept = async () => (await caches.match(HOME)) ?? (await caches.match(`${HOME}kept/`)) ?? Response.error();
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(kept));
  else if (url.pathname.startsWith("/static/")) event.respondWith(caches.match(request.url).then((found) => found ?? fetch(request)));
});
