// What every page shares. Each part makes something that works already a little nicer.
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

/** The button in a password field. It is hidden in the page, since without scripts it could do nothing. */
function passwordToggles() {
  for (const button of all(document, "[data-show-password]")) {
    const input = button.parentElement?.querySelector("input");
    const use = button.querySelector("use");
    if (!input) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
      use?.setAttribute("href", use.getAttribute("href")?.replace(/#.*/, shown ? "#eye-off" : "#eye") ?? "");
    });
    // A password in clear is not for the browser's list of remembered texts.
    input.form?.addEventListener("submit", () => {
      input.type = "password";
    });
  }
}

/** A form is sent once. The button is shut off after the browser has read the form, its own name included. */
function submitOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "true";
    setTimeout(() => {
      for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("disabled", "");
    });
  });
  // Back from the browser's memory: the form may be sent again.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sent]")) {
      form.removeAttribute("data-sent");
      for (const button of form.querySelectorAll("button[type=submit]")) button.removeAttribute("disabled");
    }
  });
}

/** After an answer with messages at fields, the first such field has the focus. */
function firstError() {
  const field = document.querySelector("main [aria-invalid='true']");
  if (field instanceof HTMLElement) field.focus();
}

/** A choice that needs no button. */
function submitOnChange() {
  document.addEventListener("change", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form[data-submit-on-change]") : null;
    if (form instanceof HTMLFormElement && form.reportValidity()) form.submit();
  });
}

sidebarOverlay();
passwordToggles();
submitOnce();
firstError();
arrive();
submitOnChange();
for (const form of all(document, "main form[data-entry]")) prepare(form);
if (document.querySelector(".shell")) {
  deleteDialog();
  quickAdd();
  keyboard();
}
