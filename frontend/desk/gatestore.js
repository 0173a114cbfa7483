// What a gate keeps on this telephone: taps until the server has them, and the codes that were shown here. No name, no minute.
import { done } from "../shared/stored.js";

const NAME = "gate";

async function open() {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("taps", { keyPath: "id" }).createIndex("home", "home");
    asked.result.createObjectStore("seen", { keyPath: "key" });
  };
  return done(asked);
}

/** Run `work` with both tables; it is written to the disk before this returns. */
async function within(mode, work) {
  const database = await open();
  try {
    const transaction = database.transaction(["taps", "seen"], mode, { durability: "strict" });
    const finished = new Promise((well, badly) => {
      transaction.oncomplete = well;
      transaction.onerror = transaction.onabort = () => badly(transaction.error);
    });
    const [result] = await Promise.all([work(transaction.objectStore("taps"), transaction.objectStore("seen")), finished]);
    return result;
  } finally {
    database.close();
  }
}

const tally = (home) => `count ${home}`;

/** Keep a tap. False where its code was shown here before: then nothing is kept. */
export const put = (home, tap) =>
  within("readwrite", async (taps, seen) => {
    const key = `${home} ${tap.code}`;
    if (tap.code && (await done(seen.get(key)))) return false;
    if (tap.code) seen.put({ key });
    const here = (await done(seen.get(tally(home))))?.number ?? 0;
    seen.put({ key: tally(home), number: here + (tap.undoes ? -1 : 1) });
    taps.put({ ...tap, home });
    return true;
  });

/** How many were let in on this telephone, and how many taps wait to be sent. */
export const numbers = (home) =>
  within("readonly", async (taps, seen) => {
    const [here, waiting] = await Promise.all([done(seen.get(tally(home))), done(taps.index("home").count(home))]);
    return { here: here?.number ?? 0, waiting };
  });

export const waiting = (home, most) => within("readonly", (taps) => done(taps.index("home").getAll(home, most)));

export const sent = (ids) => within("readwrite", async (taps) => ids.forEach((id) => taps.delete(id)));
