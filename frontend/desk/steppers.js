// Counting with a thumb: one less and one more beside each number, and what a group makes together. The fields work without it.
import { digits, latin } from "../shared/forms.js";

const number = (field) => Number(latin(field.value)) || 0;

function button(sign, words, field, by) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-outline text-xl", textContent: sign });
  made.setAttribute("aria-label", words);
  made.addEventListener("click", () => {
    field.value = digits(Math.max(0, number(field) + by));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return made;
}

export function startSteppers() {
  const form = document.querySelector("[data-steppers]");
  if (!form) return;
  for (const field of form.querySelectorAll("[data-step]")) {
    const { less, more } = form.dataset;
    const words = field.labels[0].textContent;
    const row = Object.assign(document.createElement("div"), { className: "grid grid-cols-[auto_1fr_auto] gap-2" });
    field.replaceWith(row);
    row.append(button("−", `${less}: ${words}`, field, -1), field, button("+", `${more}: ${words}`, field, 1));
  }
  for (const group of form.querySelectorAll("[data-axis]")) {
    const said = group.querySelector("[data-sum]");
    const look = () => {
      const sum = [...group.querySelectorAll("[data-step]")].reduce((all, field) => all + number(field), 0);
      said.hidden = !sum;
      said.textContent = said.dataset.text.replace("{n}", digits(sum));
    };
    group.addEventListener("input", look);
    look();
  }
}
