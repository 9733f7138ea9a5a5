// What every page for someone signed in shares: the menu, quick add, messages, keys.
import { connect as deleteDialog } from "./delete-dialog.js";
import { all } from "./dom.js";
import { prepare } from "./entry.js";
import { connect as keyboard } from "./keyboard.js";
import { connect as quickAdd } from "./quick-add.js";
import { arrive } from "./toast.js";

/** The sidebar as an overlay: Escape, the scrim and its button close it; focus goes in and comes back. */
function sidebarOverlay() {
  const sidebar = document.getElementById("sidebar");
  const opener = document.querySelector("[data-sidebar-open]");
  if (!sidebar || !(opener instanceof HTMLElement)) return;
  const behind = all(document, "[data-behind-sidebar]");
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-expanded", "false");

  /** @param {boolean} open */
  const show = (open) => {
    sidebar.classList.toggle("is-open", open);
    opener.setAttribute("aria-expanded", String(open));
    for (const element of behind) element.inert = open;
    const target = open ? sidebar.querySelector("a, button") : opener;
    if (target instanceof HTMLElement) target.focus();
  };
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    show(true);
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    show(true);
  });
  for (const closer of all(document, "[data-sidebar-close]")) {
    closer.addEventListener("click", (event) => {
      event.preventDefault();
      show(false);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && sidebar.classList.contains("is-open")) show(false);
  });
  // Wide enough for the sidebar to stand beside the page: nothing may stay shut off.
  matchMedia("(min-width: 52.0625rem)").addEventListener("change", (wide) => {
    if (wide.matches && sidebar.classList.contains("is-open")) show(false);
  });
}

/** A choice that needs no button. */
function submitOnChange() {
  document.addEventListener("change", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form[data-submit-on-change]") : null;
    if (form instanceof HTMLFormElement && form.reportValidity()) form.submit();
  });
}

sidebarOverlay();
submitOnChange();
arrive();
for (const form of all(document, "main form[data-entry]")) prepare(form);
deleteDialog();
quickAdd();
keyboard();
