// A long import: the page sends part after part, each a form that works by hand too, and shows how far it is.

const box = () => document.querySelector("[data-import]");
const form = () => box()?.querySelector("form[data-go-on]");

/** What the server's next page says, put into this one: in place, so that a screen reader hears only what is new. */
function show(page) {
  const fresh = page.querySelector("[data-import]");
  if (!fresh?.querySelector("form[data-go-on]")) {
    if (fresh) box().replaceWith(fresh);
    else location.reload();
    return false;
  }
  box().querySelector("progress").value = fresh.querySelector("progress").value;
  box().querySelector("[data-said]").textContent = fresh.querySelector("[data-said]").textContent;
  form().elements.part.value = fresh.querySelector("form[data-go-on]").elements.part.value;
  return true;
}

async function run() {
  const button = form().querySelector("button");
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  try {
    for (let more = true; more; ) {
      const answer = await fetch(form().action, { method: "POST", body: new FormData(form()) });
      if (!answer.ok) {
        form().submit(); // locked or refused: the page that says so
        return;
      }
      more = show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    }
  } catch {
    const said = box()?.querySelector("[data-said]");
    if (said) said.textContent = box().dataset.stopped;
  }
  button.disabled = false;
  button.removeAttribute("aria-busy");
}

/** `<form data-go-on="now">` begins at once; `data-go-on=""` with its button. */
export function goOnByItself() {
  if (!form()) return;
  form().addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  if (form().dataset.goOn === "now") run();
}
