// Adds an expense from wherever one is: the form of /expenses/add in a dialog, taken from that page so that there is only one form.
import { all, at, closable, element } from "./dom.js";
import { prepare } from "./entry.js";
import { borrowStyles, load, refresh } from "./pages.js";
import { say, showFrom } from "./toast.js";

const PAGE = at("/expenses/add");
const dialog = /** @type {HTMLDialogElement} */ (
  element("dialog", { class: "dialog quick-add", "aria-labelledby": "quick-add-title" })
);
const title = element("h2", { id: "quick-add-title" }, "Add expense");
const place = element("div");
/** @type {URL | null} where the last saved form led to, while the page does not show it yet */
let saved = null;

/** Whether the answer is the list or the dashboard, and not the form again. @param {URL} address */
const isSaved = (address) => address.searchParams.has("done");

/** @param {Document} page */
async function fill(page) {
  const form = page.querySelector("form[data-entry]");
  if (!form) throw new Error("no form");
  const mine = document.importNode(form, true);
  if (!(mine instanceof HTMLFormElement)) throw new Error("no form");
  await borrowStyles(page);
  const alert = page.querySelector("main .alert");
  // The page that is open may have the same ids: those of the dialog get a prefix.
  for (const part of mine.querySelectorAll("[id]")) part.id = `quick-${part.id}`;
  for (const name of ["for", "aria-describedby"]) {
    for (const part of mine.querySelectorAll(`[${name}]`)) {
      part.setAttribute(name, (part.getAttribute(name) ?? "").replace(/\S+/g, "quick-$&"));
    }
  }
  place.replaceChildren(...(alert ? [document.importNode(alert, true)] : []), mine);
  prepare(mine);
  mine.addEventListener("submit", send);
  const first = mine.querySelector("[aria-invalid=true]") ?? mine.querySelector("input[name=amount]");
  if (first instanceof HTMLElement) first.focus();
}

/** @param {SubmitEvent} event */
async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  if (!(form instanceof HTMLFormElement) || form.dataset.sent) return;
  form.dataset.sent = "true";
  const typed = new FormData(form, event.submitter);
  const isMore = typed.has("again");
  try {
    const { page, address, status } = await load(form.action, typed);
    if (!isSaved(address) && !page.querySelector("form[data-entry]")) {
      // The session has ended: the browser's own sending carries what was typed through the sign-in. Or the server has failed.
      if (status < 500) form.submit();
      else again(form, "The server could not save it.");
      return;
    }
    if (isSaved(address)) {
      saved = address;
      showFrom(page);
      if (!isMore) {
        dialog.close();
        return;
      }
    }
    await fill(page);
  } catch {
    // It may have arrived all the same; the form's key sees to it that it acts once.
    again(form, "No answer came.");
  }
}

/** Lets the form be sent once more. @param {HTMLFormElement} form @param {string} reason */
function again(form, reason) {
  form.removeAttribute("data-sent");
  say(`${reason} What you typed is still here; sending it again adds it once.`);
}

/** Opens the dialog; where that fails, the page. */
export async function open() {
  if (dialog.open) return;
  place.replaceChildren(element("div", { class: "skeleton skeleton-form", "aria-hidden": "true" }));
  dialog.showModal();
  try {
    await fill((await load(PAGE)).page);
  } catch {
    location.assign(PAGE);
  }
}

/** Opens by every link to the form, unless it is that page. */
export function connect() {
  dialog.append(title, place);
  document.body.append(dialog);
  closable(dialog);
  dialog.addEventListener("close", () => {
    place.replaceChildren();
    if (saved) refresh(saved);
    saved = null;
  });
  if (location.pathname === PAGE) return;
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-quick-add]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    for (const sidebar of all(document, ".sidebar.is-open [data-sidebar-close]")) sidebar.click();
    open();
  });
}
