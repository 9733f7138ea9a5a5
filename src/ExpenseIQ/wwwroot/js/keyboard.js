// The keys of the whole program. None of them works while something is typed or a dialog is open, but Ctrl+K.
import { at, hasDialog, isTyping } from "./dom.js";
import { open as quickAdd } from "./quick-add.js";

// Most visits need neither of them.
const palette = async () => (await import("./palette.js")).open();
const shortcuts = async () => (await import("./shortcuts.js")).open();

const BLURRED = "expenseiq-blurred";
const PAGES = /** @type {Record<string, string>} */ ({ d: at("/dashboard"), e: at("/expenses"), s: at("/settings") });
let isGoing = false;

/** The rows that j and k walk through. */
const rows = () => [...document.querySelectorAll("tr[data-id] .description a")].filter((e) => e instanceof HTMLElement);

/** @param {number} step */
function walk(step) {
  const links = rows();
  if (links.length === 0) return;
  const row = document.activeElement?.closest("tr[data-id]");
  const at = links.findIndex((link) => link.closest("tr") === row);
  const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1)];
  next.focus();
  next.closest("tr")?.scrollIntoView({ block: "nearest" });
}

/** @param {string} selector of what is clicked in the present row */
function act(selector) {
  const target = document.activeElement?.closest("tr[data-id]")?.querySelector(selector);
  if (target instanceof HTMLElement) target.click();
}

function search() {
  const field = ["main input[type=search]", ".topbar-search input"]
    .map((selector) => document.querySelector(selector))
    .find((input) => input?.checkVisibility());
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  } else location.assign(at("/expenses"));
}

/** Somebody looks over the shoulder: amounts are blurred until the window is closed. */
function blur() {
  const blurred = document.documentElement.toggleAttribute("data-blurred");
  sessionStorage.setItem(BLURRED, blurred ? "1" : "");
}

/** @type {Record<string, () => void>} */
const keys = {
  n: quickAdd,
  "+": quickAdd,
  "?": shortcuts,
  "/": search,
  j: () => walk(1),
  k: () => walk(-1),
  e: () => act(".description a"),
  x: () => act("a[data-delete]"),
  b: blur,
};

export function connect() {
  if (sessionStorage.getItem(BLURRED)) document.documentElement.toggleAttribute("data-blurred", true);
  const button = document.querySelector("[data-shortcuts]");
  if (button instanceof HTMLElement && matchMedia("(hover: hover)").matches) {
    button.hidden = false;
    button.addEventListener("click", shortcuts);
  }
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (!hasDialog()) palette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event) || hasDialog()) return;
    if (isGoing && PAGES[event.key]) {
      location.assign(PAGES[event.key]);
      return;
    }
    isGoing = event.key === "g";
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
