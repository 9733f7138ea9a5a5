// Pages fetched in the background. XMLHttpRequest parses a page into a document of its own, in which no script runs, so that no text
// of ours has to become HTML by hand (Trusted Types stay closed).

/**
 * @param {string} address
 * @param {FormData} [form]   sent by POST
 * @returns {Promise<{ page: Document, address: URL, status: number }>}   the page, and the address that it came from in the end
 */
export function load(address, form) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(form ? "POST" : "GET", address);
    request.responseType = "document";
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.timeout = 20_000;
    request.addEventListener("load", () => {
      const page = request.responseXML;
      if (page) resolve({ page, address: new URL(request.responseURL), status: request.status });
      else reject(new Error(`No page came: ${request.status}`));
    });
    for (const event of ["error", "timeout", "abort"]) request.addEventListener(event, () => reject(new Error(event)));
    request.send(form && new URLSearchParams([...form].map(([name, value]) => [name, String(value)])));
  });
}

/** The present page's own part, told that it has new content. @param {Element} root */
const renewed = (root) => root.dispatchEvent(new CustomEvent("renewed", { bubbles: true }));

/**
 * Puts the part of another page in the place of the part with the same id.
 * @param {Document} page
 * @param {string} id
 */
export function take(page, id) {
  const [there, here] = [page.getElementById(id), document.getElementById(id)];
  if (!there || !here) return false;
  here.replaceChildren(...[...there.childNodes].map((node) => document.importNode(node, true)));
  renewed(here);
  return true;
}

/** @param {Element} part */
const sourceOf = (part) => part.getAttribute("href") ?? part.getAttribute("src");

/** What a page needs beside its text and this one has not. @param {Document} page @param {string} selector */
const missing = (page, selector) => {
  const here = new Set([...document.head.querySelectorAll(selector)].map(sourceOf));
  return [...page.head.querySelectorAll(selector)].filter((part) => !here.has(sourceOf(part)));
};

/** Brings in the styles of another page, a part of which is to be shown here. @param {Document} page */
export const borrowStyles = (page) =>
  Promise.all(
    missing(page, "link[rel=stylesheet]").map((part) => {
      const link = document.importNode(part, true);
      const loaded = new Promise((resolve) => link.addEventListener("load", resolve, { once: true }));
      document.head.append(link);
      return loaded;
    }),
  );

/**
 * Shows the present page as it is now, by a new start where it has become another kind of page. A page with a form of its own stays as
 * it is: it shows no figures, and what was typed there must not go.
 * @param {URL} [came]   where a form led to: it names what was done, so that a new start can say it
 */
export async function refresh(came) {
  if (document.querySelector("main form[method=post]")) return;
  const { page } = await load(location.href);
  if (missing(page, "link[rel=stylesheet], script[src]").length === 0 && take(page, "main")) return;
  const address = new URL(location.href);
  const done = came?.searchParams.get("done");
  if (done) address.searchParams.set("done", done);
  location.replace(address);
}
