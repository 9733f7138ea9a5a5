// The form of an expense, on its page or in the dialog: days by a button, descriptions from one's own history.
import { all, element } from "./dom.js";

const PAUSE = 150;

/** @typedef {{ description: string, category_id: number, amount: number }} Suggestion */

/** @param {HTMLElement} form */
function days(form) {
  const input = form.querySelector("input[name=date]");
  if (!(input instanceof HTMLInputElement)) return;
  const buttons = all(form, "button[data-date]");
  const mark = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.date === input.value));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      input.value = button.dataset.date ?? "";
      mark();
    });
  }
  input.addEventListener("input", mark);
  mark();
}

/** @param {HTMLElement} form */
function suggestions(form) {
  const input = form.querySelector("input[data-suggest]");
  if (!(input instanceof HTMLInputElement)) return;
  const list = element("datalist", { id: `suggestions-${document.querySelectorAll("datalist").length}` });
  input.after(list);
  input.setAttribute("list", list.id);
  /** @type {Map<string, Suggestion>} */
  const known = new Map();
  let hasChosen = form.querySelector("input[name=category_id]:checked") !== null;
  let waiting = 0;
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "category_id") hasChosen = true;
  });

  const propose = () => {
    const suggestion = known.get(input.value.trim());
    if (!suggestion || hasChosen) return;
    const choice = form.querySelector(`input[name=category_id][value="${suggestion.category_id}"]`);
    if (choice instanceof HTMLInputElement) choice.checked = true;
  };
  const ask = async () => {
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value.trim())}`);
      if (!answer.ok) return;
      /** @type {Suggestion[]} */
      const found = await answer.json();
      for (const suggestion of found) known.set(suggestion.description, suggestion);
      list.replaceChildren(...found.map(({ description }) => element("option", { value: description })));
      propose();
    } catch {
      // Without suggestions the form works as well.
    }
  };
  input.addEventListener("focus", () => list.childElementCount === 0 && ask());
  input.addEventListener("input", () => {
    propose();
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
}

/** @param {HTMLElement} form */
export function prepare(form) {
  days(form);
  suggestions(form);
}
