// The few words that the other modules have in common.

/** The path that the site lies below; nothing at the root of a host. This file is in the folder js of it. */
const site = new URL("..", import.meta.url).pathname.slice(0, -1);

/** The address of a page of this site. @param {string} path  with a slash before it */
export const at = (path) => site + path;

/** @param {ParentNode} root @param {string} selector @returns {HTMLElement[]} */
export const all = (root, selector) => [...root.querySelectorAll(selector)].filter((e) => e instanceof HTMLElement);

/** @param {string} name @param {Record<string, string>} [attributes] @param {(Node | string)[]} children @returns {HTMLElement} */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Whether what is pressed goes into a field. @param {Event} event */
export const isTyping = (event) =>
  event.target instanceof Element &&
  event.target.closest(
    "input:not([type=radio], [type=checkbox], [type=submit]), textarea, select, [contenteditable]",
  ) !== null;

/** Whether a dialog is open. */
export const hasDialog = () => document.querySelector("dialog[open]") !== null;

/** Closes a dialog by its buttons and by a click beside it. @param {HTMLDialogElement} dialog */
export function closable(dialog) {
  dialog.addEventListener("click", (event) => {
    const target = event.target;
    if (target === dialog || (target instanceof Element && target.closest("[data-close]"))) {
      event.preventDefault();
      dialog.close();
    }
  });
}
