// "Keep on this telephone" and "Remove from this telephone": nothing is kept, and no worker runs, before the first is pressed.

/** Take away every page that is kept here, and the workers that keep them. */
export async function forget() {
  const names = (await globalThis.caches?.keys()) ?? [];
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all([...names.map((name) => caches.delete(name)), ...workers.map((worker) => worker.unregister())]);
}

/** Tells `hear` how far it is; ends when everything is kept. */
function keep(worker, order, hear) {
  return new Promise((done, fail) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      if (data.failed) fail(new Error("no network"));
      else if (data.ended) done(data);
      else hear(data);
    };
    worker.postMessage(order, [port2]);
  });
}

/** The worker of this language, running. */
async function started(box) {
  const registration = await navigator.serviceWorker.register(box.dataset.worker, { scope: box.dataset.scope, updateViaCache: "none" });
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  while (worker.state !== "activated") {
    if (worker.state === "redundant") throw new Error("no worker");
    await new Promise((done) => worker.addEventListener("statechange", done, { once: true }));
  }
  return worker;
}

async function isKept(box) {
  const registration = await navigator.serviceWorker.getRegistration(box.dataset.scope);
  const list = await caches.match(`${box.dataset.scope}keep/list.json`);
  return Boolean(registration && list);
}

const local = (number) => Number(number).toLocaleString(document.documentElement.lang === "km" ? "km-u-nu-khmr" : "en");

export async function startKeeping(box) {
  const part = (name) => box.querySelector(`[data-${name}]`);
  const [button, remove, bar, said, more] = ["keep", "remove", "bar", "said", "more"].map(part);
  const say = (text, state = {}) => {
    said.textContent = text.replace("{n}", local(state.pages ?? 0)).replace("{kb}", local(Math.ceil((state.bytes ?? 0) / 1024)));
  };
  const show = (kept) => {
    button.hidden = kept;
    remove.hidden = !kept;
    if (more) more.hidden = kept;
    bar.hidden = true;
  };
  if (!navigator.serviceWorker || !globalThis.caches) {
    say(box.dataset.cannot);
    return;
  }
  show(await isKept(box));
  say(remove.hidden ? box.dataset.nothing : box.dataset.kept);
  button.addEventListener("click", async () => {
    button.hidden = true;
    if (more) more.hidden = true;
    bar.hidden = false;
    say(box.dataset.busy);
    try {
      const ended = await keep(await started(box), more?.querySelector("input").checked ? "keep media" : "keep", ({ done, of }) => Object.assign(bar, { value: done, max: of }));
      show(true);
      say(box.dataset.done, ended);
    } catch {
      await forget();
      show(false);
      say(box.dataset.failed);
    }
  });
  remove.addEventListener("click", async () => {
    await forget();
    show(false);
    say(box.dataset.removed);
  });
}
