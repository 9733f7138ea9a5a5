// A link to the page that asks whether to delete opens the same question as a dialog; what was deleted can be undone.
import { closable } from "./dom.js";
import { load, refresh } from "./pages.js";
import { showFrom } from "./toast.js";

/** Where a row has the parts of the question. @type {Record<string, string>} */
const PARTS = { description: ".description", amount: ".amount", categoryName: ".category", date: ".date" };

/** The day above the row. @param {HTMLTableRowElement | null} row */
const dateOf = (row) => row?.closest("tbody")?.querySelector("tr.day time")?.textContent ?? "";

/** @param {HTMLDialogElement} dialog @param {HTMLAnchorElement} link */
function ask(dialog, link) {
  const form = dialog.querySelector("form");
  if (!form) return;
  form.action = link.href;
  form.removeAttribute("data-sent");
  for (const button of form.querySelectorAll("button")) button.disabled = false;
  const fields = { submission: crypto.randomUUID(), back: location.pathname + location.search };
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
  const row = link.closest("tr");
  for (const part of dialog.querySelectorAll("[data-part]")) {
    if (!(part instanceof HTMLElement)) continue;
    // The row says what it is; a link elsewhere does so itself.
    const name = part.dataset.part ?? "";
    part.textContent = link.dataset[name] ?? row?.querySelector(PARTS[name])?.textContent ?? dateOf(row);
  }
  dialog.showModal();
}

/** Where the focus goes when a row is gone: the row that took its place. @param {HTMLAnchorElement | null} link */
function neighbour(link) {
  const rows = [...document.querySelectorAll("#expenses tr[data-id]")];
  const row = link?.closest("tr");
  const at = row ? rows.indexOf(row) : -1;
  return () => {
    const after = document.querySelectorAll("#expenses tr[data-id] .description a");
    const next = after[Math.min(Math.max(at, 0), after.length - 1)] ?? document.getElementById("main");
    if (next instanceof HTMLElement) next.focus();
  };
}

export function connect() {
  const dialog = document.getElementById("delete-dialog");
  if (!(dialog instanceof HTMLDialogElement)) return;
  /** @type {HTMLAnchorElement | null} */
  let asked = null;
  closable(dialog);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-delete]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    asked = link;
    ask(dialog, link);
  });
  const form = dialog.querySelector("form");
  form?.addEventListener("submit", async (event) => {
    // On the list it happens in place; from the form of an expense the browser goes on to the list.
    if (!document.getElementById("expenses")) return;
    event.preventDefault();
    const focus = neighbour(asked);
    try {
      const { page, status, address } = await load(form.action, new FormData(form));
      if (status >= 400) throw new Error(String(status));
      dialog.close();
      showFrom(page);
      await refresh(address);
      focus();
    } catch {
      form.submit();
    }
  });
}
