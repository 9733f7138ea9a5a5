// What every page shares. Each part makes something that works already a little nicer.

/** @param {Document | Element} root @param {string} selector @returns {HTMLElement[]} */
const all = (root, selector) => [...root.querySelectorAll(selector)].filter((e) => e instanceof HTMLElement);

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

/** A link to a confirmation page opens the same question as a dialog. */
function deleteDialog() {
  const dialog = document.getElementById("delete-dialog");
  if (!(dialog instanceof HTMLDialogElement)) return;
  const form = dialog.querySelector("form");
  if (!form) return;
  for (const link of all(document, "a[data-delete]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      form.action = link.href;
      // Another expense, another key: a deletion that is sent twice acts once. (Without HTTPS there is no randomUUID.)
      const submission = form.elements.namedItem("submission");
      if (submission instanceof HTMLInputElement) submission.value = crypto.randomUUID?.() ?? "";
      for (const part of all(dialog, "[data-part]")) {
        part.textContent = link.dataset[part.dataset.part ?? ""] ?? "";
      }
      dialog.showModal();
    });
  }
  for (const button of all(dialog, "[data-close]")) button.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
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

sidebarOverlay();
passwordToggles();
deleteDialog();
submitOnce();
firstError();
