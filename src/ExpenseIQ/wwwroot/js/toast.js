// What was done last: says so, lets it be undone in place, and leaves by itself.
import { all, element } from "./dom.js";
import { load, refresh } from "./pages.js";

const SHOWN_FOR = 8000;

// A region that is always there: what is put into it is read out.
const region = element("div", { class: "toasts", role: "status" });
document.body.append(region);

/** @param {Element} toast */
function show(toast) {
  region.replaceChildren(toast);
  toast.removeAttribute("role");
  let rest = setTimeout(() => toast.remove(), SHOWN_FOR);
  for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, () => clearTimeout(rest));
  for (const event of ["pointerleave", "focusout"]) {
    toast.addEventListener(event, () => {
      clearTimeout(rest);
      rest = setTimeout(() => toast.remove(), SHOWN_FOR);
    });
  }
  const form = toast.querySelector("form");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { page, status, address } = await load(form.action, new FormData(form));
      if (status >= 400) throw new Error(String(status));
      const main = document.getElementById("main");
      showFrom(page);
      await refresh(address);
      main?.focus();
    } catch {
      form.submit();
    }
  });
}

/** Takes the message out of a page and shows it. @param {Document} page */
export function showFrom(page) {
  const toast = page.querySelector("[data-toast]");
  if (toast) show(document.importNode(toast, true));
}

/** @param {string} text */
export const say = (text) => show(element("div", { class: "toast" }, element("p", {}, text)));

/** The page's own message moves into the region; the address is again one that can be shared. */
export function arrive() {
  for (const toast of all(document, "main [data-toast]")) show(toast);
  const address = new URL(location.href);
  const done = ["done", "saved"].filter((name) => address.searchParams.has(name));
  if (done.length === 0) return;
  for (const name of done) address.searchParams.delete(name);
  history.replaceState(history.state, "", address);
}
