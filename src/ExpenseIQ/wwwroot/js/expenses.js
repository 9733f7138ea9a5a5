// The list: filters act as they are set, more rows come without leaving the place.
import { load, take } from "./pages.js";

const PAUSE = 250;

/** The address of the list that the filters ask for; empty fields stay out, so that it can be read and shared. @param {HTMLFormElement} form */
function addressOf(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value !== "" && !(name === "sort" && value === "date_desc")) query.append(name, String(value));
  }
  return query.size > 0 ? `/expenses?${query}` : "/expenses";
}

function filters() {
  const form = document.querySelector("form[data-filters]");
  if (!(form instanceof HTMLFormElement)) return;
  form.classList.add("is-live");
  let waiting = 0;
  let latest = 0;

  const apply = async () => {
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
      for (const part of ["presets", "page-actions"]) {
        const [here, there] = [document.querySelector(`.${part}`), page.querySelector(`.${part}`)];
        if (here && there)
          here.replaceChildren(...[...there.childNodes].map((node) => document.importNode(node, true)));
      }
    } catch {
      location.assign(address);
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  form.addEventListener("input", (event) => {
    // Half a date or amount is not worth asking for.
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "search") return;
    clearTimeout(waiting);
    waiting = setTimeout(apply, PAUSE);
  });
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "search") return;
    apply();
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
      // The page as it will be is asked for its links, the page after this one for its rows.
      const [longer, next] = await Promise.all([load(link.href), load(link.dataset.loadMore ?? "")]);
      const count = document.querySelectorAll("#expenses tr[data-id]").length;
      append(next.page);
      const pager = document.querySelector(".pager");
      const pagerThen = longer.page.querySelector(".pager");
      if (pager && pagerThen) pager.replaceWith(document.importNode(pagerThen, true));
      else pager?.remove();
      history.replaceState(history.state, "", longer.address.pathname + longer.address.search);
      const first = document.querySelectorAll("#expenses tr[data-id] .description a")[count];
      if (first instanceof HTMLElement) first.focus({ preventScroll: true });
    } catch {
      location.assign(link.href);
    }
  });
}

filters();
more();
