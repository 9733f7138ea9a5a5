// What every page shares. Each part makes something that works already a little nicer.
import { all } from "./dom.js";

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

passwordToggles();
submitOnce();
firstError();
