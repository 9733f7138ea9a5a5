// The keys, in a table that ? opens.
import { closable, element } from "./dom.js";

const KEYS = [
  ["n", "Add an expense"],
  ["/", "Search"],
  ["Ctrl K", "Go to a page or an action"],
  ["g d, g e, g s", "Dashboard, expenses, settings"],
  ["j, k", "Next and previous row of a list"],
  ["e, Enter", "Edit the row"],
  ["x", "Delete the row"],
  ["b", "Blur amounts, or show them"],
  ["?", "This table"],
  ["Esc", "Close what is open"],
];

/** @type {HTMLDialogElement | null} */
let dialog = null;

export function open() {
  if (!dialog) {
    const rows = KEYS.map(([keys, what]) =>
      element(
        "tr",
        {},
        element(
          "th",
          { scope: "row" },
          ...keys.split(", ").flatMap((key, i) => [i ? " " : "", element("kbd", {}, key)]),
        ),
        element("td", {}, what),
      ),
    );
    dialog = /** @type {HTMLDialogElement} */ (
      element(
        "dialog",
        { class: "dialog shortcuts", "aria-labelledby": "shortcuts-title" },
        element("h2", { id: "shortcuts-title" }, "Keyboard shortcuts"),
        element("table", {}, element("tbody", {}, ...rows)),
        element(
          "div",
          { class: "button-row" },
          element("button", { class: "button", type: "button", "data-close": "" }, "Close"),
        ),
      )
    );
    document.body.append(dialog);
    closable(dialog);
  }
  if (!dialog.open) dialog.showModal();
}
