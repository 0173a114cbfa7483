// What changes by itself: `<div data-live="5">` is asked for anew every five seconds, as long as somebody looks.
export function startLive() {
  const live = document.querySelector("[data-live]");
  if (!live) return;
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
      if (answer.ok && fresh && fresh.innerHTML !== live.innerHTML) live.replaceChildren(...fresh.childNodes);
    } catch {
      // no network: what stands here is from before
    }
  }, Number(live.dataset.live) * 1000);
}
