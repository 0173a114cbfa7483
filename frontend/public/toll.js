// Work that the door asks for when very many come at once: done by a worker while somebody writes, so that the page does
// not freeze. On an ordinary day there is nothing to do, and no worker is fetched. A page that could not do it sends all
// the same: then its report waits under review.
//
// <form data-toll="/…/report/toll/">   what was found lies in a hidden field "proof", which lives a minute
import Worker from "./tollworker.js?worker";

const LONGEST_WAIT = 15_000; // milliseconds that Send waits for the work
const PAUSE = 60_000; // who has not touched the form for so long gets no fresh token until they touch it again
const working = new WeakMap(); // form -> a promise of its proof

function field(form) {
  let input = form.elements.proof;
  if (!input) {
    input = Object.assign(document.createElement("input"), { type: "hidden", name: "proof" });
    form.append(input);
  }
  return input;
}

function solve(token, bits) {
  if (!bits) return Promise.resolve(`${token}.0`);
  return new Promise((done, failed) => {
    const worker = new Worker();
    worker.onmessage = ({ data }) => {
      worker.terminate();
      done(data);
    };
    worker.onerror = failed;
    worker.postMessage({ token, bits });
  });
}

async function work(form) {
  const began = performance.now();
  const answer = await fetch(form.dataset.toll, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  const { token, bits, life } = await answer.json();
  const proof = await solve(token, bits);
  const left = life * 1000 - (performance.now() - began);
  field(form).value = proof;
  setTimeout(() => renew(form), Math.max(1000, left - 10_000));
}

function renew(form) {
  working.delete(form);
  field(form).value = "";
  const idle = performance.now() - Number(form.dataset.touched || 0) > PAUSE;
  if (form.isConnected && !document.hidden && !idle) start(form);
}

function start(form) {
  if (!working.has(form)) working.set(form, work(form).catch(() => working.delete(form)));
  return working.get(form);
}

/** Do the work once somebody touches the form. */
export function startToll(form) {
  const touched = () => {
    form.dataset.touched = String(performance.now());
    start(form);
  };
  for (const event of ["focusin", "input"]) form.addEventListener(event, touched);
}

/** Wait until the proof lies in the form; not for ever. */
export function paid(form) {
  return Promise.race([start(form), new Promise((done) => setTimeout(done, LONGEST_WAIT))]);
}
