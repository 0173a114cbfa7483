// Places: each level is loaded when the one above is chosen, or all at once from a search. Without this file the page's
// own "show" buttons do the same work.
//
// <div data-picker data-url="/…/places/" data-failed="…" data-loading="…">
//   <select> (the first option of each stays; its value is empty) … one per level, highest first
//   <button data-picker-show> (hidden here)
//   <input data-picker-search data-search-url="/…/places/search/" data-found="{n} places" data-none="…">
//   <p data-picker-status role="status">
// </div>
// data-url?parent=ID        -> {"options": [{"id", "name"}]}
// data-search-url?q=TEXT    -> {"results": [{"id", "name", "detail", "lineage": [id, …, id]}]}, highest place first
import { digits } from "./forms.js";

const WAIT = 250;
let count = 0;

async function getJson(url, parameters, signal) {
  const address = new URL(url, location.href);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  const answer = await fetch(address, { signal, headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

class Picker {
  constructor(root) {
    this.root = root;
    this.selects = [...root.querySelectorAll("select")];
    this.buttons = [...root.querySelectorAll("[data-picker-show]")];
    this.status = root.querySelector("[data-picker-status]") || root.appendChild(Object.assign(document.createElement("p"), { className: "claim" }));
    this.status.setAttribute("role", "status");
    this.showButtons(false);
    this.selects.forEach((select, index) => select.addEventListener("change", () => this.open(index)));
    this.disableEmpty();
    const search = root.querySelector("[data-picker-search]");
    if (search) new Search(search, this);
  }

  showButtons(shown) {
    for (const button of this.buttons) button.hidden = !shown;
  }

  say(text) {
    this.status.textContent = text || "";
  }

  disableEmpty() {
    this.selects.forEach((select, index) => {
      if (index && !select.value) select.disabled = select.options.length < 2;
    });
  }

  clearBelow(index) {
    for (const select of this.selects.slice(index + 1)) {
      select.length = Math.min(select.length, 1);
      select.disabled = true;
    }
  }

  /** Load the level under the select at `index`; true when it is there. */
  async open(index) {
    this.clearBelow(index);
    const next = this.selects[index + 1];
    const parent = this.selects[index].value;
    this.request?.abort();
    if (!next || !parent) return this.say("");
    this.request = new AbortController();
    const { signal } = this.request;
    this.say(this.root.dataset.loading);
    try {
      const { options } = await getJson(this.root.dataset.url, { parent }, signal);
      for (const { id, name } of options) next.add(new Option(name, id));
      next.disabled = next.options.length < 2;
      this.say("");
    } catch (error) {
      if (error.name === "AbortError") return;
      // the way without a script still works
      next.disabled = false;
      this.showButtons(true);
      this.say(this.root.dataset.failed);
    }
  }

  /** Choose a whole lineage: the ids from the highest place to the chosen one. */
  async choose(lineage) {
    for (const [index, id] of lineage.entries()) {
      const select = this.selects[index];
      if (!select) return;
      select.value = id;
      if (select.value !== String(id)) return;
      await this.open(index);
    }
    const last = this.selects[Math.min(lineage.length, this.selects.length) - 1];
    last.dispatchEvent(new Event("picked", { bubbles: true }));
  }
}

class Search {
  constructor(input, picker) {
    this.input = input;
    this.picker = picker;
    this.results = [];
    this.at = -1;
    this.list = document.createElement("ul");
    this.list.id = `picker-list-${++count}`;
    this.list.className = "picker-list";
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    if (input.labels?.[0]) this.list.setAttribute("aria-label", input.labels[0].textContent.trim());
    input.after(this.list);
    const set = (name, value) => input.setAttribute(name, value);
    set("role", "combobox");
    set("aria-autocomplete", "list");
    set("aria-expanded", "false");
    set("aria-controls", this.list.id);
    set("autocomplete", "off");
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 200));
    // mousedown would take the focus from the field before the click arrives
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("li");
      if (row) this.take(Number(row.dataset.index));
    });
  }

  later() {
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.input.value.trim();
    if ([...text].length < 2) return this.close();
    this.timer = setTimeout(() => this.ask(text), WAIT);
  }

  async ask(text) {
    this.request = new AbortController();
    try {
      const { results } = await getJson(this.input.dataset.searchUrl, { q: text }, this.request.signal);
      this.show(results);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.close();
      this.picker.say(this.picker.root.dataset.failed);
    }
  }

  show(results) {
    this.results = results;
    this.list.replaceChildren(
      ...results.map(({ name, detail }, index) => {
        const row = document.createElement("li");
        row.id = `${this.list.id}-${index}`;
        row.dataset.index = index;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        row.append(name);
        if (detail) row.append(Object.assign(document.createElement("small"), { textContent: detail }));
        return row;
      }),
    );
    this.list.hidden = results.length === 0;
    this.input.setAttribute("aria-expanded", String(results.length > 0));
    this.move(-1);
    const { found = "{n}", none } = this.input.dataset;
    this.picker.say(results.length ? found.replace("{n}", digits(results.length)) : none);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.move(-1);
  }

  move(at) {
    this.at = at;
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    const row = this.list.children[at];
    if (row) {
      this.input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const open = !this.list.hidden;
    const last = this.results.length - 1;
    if (event.key === "Enter") {
      // Enter in this field never sends the form
      event.preventDefault();
      if (open) this.take(Math.max(this.at, 0));
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return this.results.length ? this.show(this.results) : this.later();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.move(this.at + step > last ? 0 : this.at + step < 0 ? last : this.at + step);
    } else if (open && event.key === "Home") {
      event.preventDefault();
      this.move(0);
    } else if (open && event.key === "End") {
      event.preventDefault();
      this.move(last);
    }
  }

  take(index) {
    const result = this.results[index];
    if (!result) return;
    this.input.value = result.name;
    this.close();
    this.picker.choose(result.lineage);
  }
}

/** Bring every place picker of the page to life. */
export function startPickers() {
  for (const root of document.querySelectorAll("[data-picker]")) new Picker(root);
}
