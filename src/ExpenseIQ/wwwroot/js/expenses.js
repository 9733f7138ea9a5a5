// The list: filters act as they are set, more rows come without leaving the place.
import { at } from "./dom.js";
import { load, take } from "./pages.js";

const PAUSE = 250;

/** The address of the list that the filters ask for; empty fields stay out, so that it can be read and shared. @param {HTMLFormElement} form */
function addressOf(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value !== "" && !(name === "sort" && value === "date_desc")) query.append(name, String(value));
  }
  return query.size > 0 ? at(`/expenses?${query}`) : at("/expenses");
}

let waiting = 0;
let latest = 0;

/** @param {HTMLFormElement} form */
async function apply(form) {
  clearTimeout(waiting);
  const address = addressOf(form);
  const mine = ++latest;
  try {
    const { page, status } = await load(address);
    if (mine !== latest) return;
    // What can't be read is said on the page itself, beside the field.
    if (status >= 400 || !take(page, "results")) {
      location.assign(address);
      return;
    }
    history.replaceState(history.state, "", address);
    for (const part of [".presets", ".page-actions", ".filter-actions"]) {
      const [here, there] = [document.querySelector(part), page.querySelector(part)];
      here?.replaceChildren(...[...(there?.childNodes ?? [])].map((node) => document.importNode(node, true)));
    }
  } catch {
    location.assign(address);
  }
}

function filters() {
  /** @param {Event} event */
  const formOf = (event) => {
    const form = event.target instanceof Element ? event.target.closest("form[data-filters]") : null;
    return form instanceof HTMLFormElement ? form : null;
  };
  /** @param {Event} event */
  const isSearch = (event) => event.target instanceof HTMLInputElement && event.target.type === "search";
  document.addEventListener("submit", (event) => {
    const form = formOf(event);
    if (!form) return;
    event.preventDefault();
    apply(form);
  });
  document.addEventListener("input", (event) => {
    // Half a date or amount is not worth asking for; half a word is.
    const form = formOf(event);
    if (!form || !isSearch(event)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => apply(form), PAUSE);
  });
  document.addEventListener("change", (event) => {
    const form = formOf(event);
    if (form && !isSearch(event)) apply(form);
  });
}

/** The next rows under those that are there; a day that goes on takes them in. @param {Document} page */
function append(page) {
  const table = document.getElementById("expenses");
  const last = table?.querySelector("tbody:last-of-type");
  for (const body of page.querySelectorAll("#expenses > tbody")) {
    const rows = document.importNode(body, true);
    if (last && rows.getAttribute("data-day") === last.getAttribute("data-day")) {
      rows.querySelector("tr.day")?.remove();
      last.append(...rows.children);
    } else table?.append(rows);
  }
}

function more() {
  document.addEventListener("click", async (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-load-more]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    if (link.getAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    try {
      const { page } = await load(link.dataset.loadMore ?? "");
      const count = document.querySelectorAll("#expenses tr[data-id]").length;
      append(page);
      // Its way back leads to the rows above, which are here.
      page.querySelector(".pager [rel=prev]")?.remove();
      const pager = page.querySelector(".pager");
      if (pager?.firstElementChild) document.querySelector(".pager")?.replaceWith(document.importNode(pager, true));
      else document.querySelector(".pager")?.remove();
      history.replaceState(history.state, "", link.pathname + link.search);
      const first = document.querySelectorAll("#expenses tr[data-id] .description a")[count];
      if (first instanceof HTMLElement) first.focus({ preventScroll: true });
    } catch {
      location.assign(link.href);
    }
  });
}

filters();
more();
