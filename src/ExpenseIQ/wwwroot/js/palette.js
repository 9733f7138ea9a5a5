// Ctrl+K: every page and action by a few letters; what is none of them is searched for among the expenses.
import { at, closable, element } from "./dom.js";
import { open as quickAdd } from "./quick-add.js";
import { open as shortcuts } from "./shortcuts.js";

/** @typedef {{ name: string, keys?: string, run: () => void }} Action */

/** @param {string} address @returns {() => void} */
const go = (address) => () => location.assign(address);

/** @type {Action[]} */
const actions = [
  { name: "Add expense", keys: "n", run: quickAdd },
  { name: "Dashboard", keys: "g d", run: go(at("/dashboard")) },
  { name: "Expenses", keys: "g e", run: go(at("/expenses")) },
  { name: "Largest expenses", run: go(at("/expenses?sort=amount_desc")) },
  { name: "Export all expenses as CSV", run: go(at("/expenses/export/csv")) },
  { name: "Settings", keys: "g s", run: go(at("/settings")) },
  { name: "Keyboard shortcuts", keys: "?", run: shortcuts },
  { name: "Sign out", run: go(at("/logout")) },
];

const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { class: "dialog palette", "aria-label": "Go to" }));
const input = /** @type {HTMLInputElement} */ (
  element("input", {
    type: "text",
    id: "palette-input",
    role: "combobox",
    "aria-label": "Page, action or search",
    "aria-controls": "palette-list",
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "Page, action, or words to search for",
  })
);
const list = element("ul", { id: "palette-list", role: "listbox", "aria-label": "Pages and actions" });
/** @type {Action[]} */
let shown = [];
let chosen = 0;

function choose(/** @type {number} */ at) {
  chosen = (at + shown.length) % shown.length;
  for (const [index, option] of [...list.children].entries()) {
    option.setAttribute("aria-selected", String(index === chosen));
  }
  input.setAttribute("aria-activedescendant", `palette-${chosen}`);
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

function find() {
  const typed = input.value.trim().toLowerCase();
  shown = actions.filter(({ name }) => typed.split(/\s+/).every((word) => name.toLowerCase().includes(word)));
  if (typed) {
    const address = at(`/expenses?search=${encodeURIComponent(input.value.trim())}`);
    shown = [...shown, { name: `Search expenses for “${input.value.trim()}”`, run: go(address) }];
  }
  list.replaceChildren(
    ...shown.map(({ name, keys }, index) => {
      const option = element("li", { role: "option", id: `palette-${index}` }, name);
      if (keys) option.append(element("kbd", {}, keys));
      option.addEventListener("click", () => run(index));
      return option;
    }),
  );
  choose(0);
}

function run(/** @type {number} */ at) {
  dialog.close();
  shown[at]?.run();
}

export function open() {
  if (!dialog.isConnected) {
    dialog.append(input, list);
    document.body.append(dialog);
    closable(dialog);
    input.addEventListener("input", find);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen - 1);
      else if (event.key === "Enter") run(chosen);
      else return;
      event.preventDefault();
    });
  }
  input.value = "";
  find();
  dialog.showModal();
}
