// What every page shares: each part looks for its own elements and does nothing where there are none.

/** The overlay that the sidebar is on a phone. */
function sidebar() {
  const bar = document.getElementById("sidebar");
  const opener = document.querySelector("[data-open-sidebar]");
  const veil = document.querySelector("[data-close-sidebar]");
  if (!bar || !opener || !veil) return;

  const show = (open) => {
    bar.classList.toggle("open", open);
    veil.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) bar.querySelector("a")?.focus();
    else opener.focus();
  };
  opener.addEventListener("click", () => show(true));
  veil.addEventListener("click", () => show(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && bar.classList.contains("open")) show(false);
  });
}

/** A button in each password field that shows what was typed. */
function reveal() {
  const icons = "http://www.w3.org/2000/svg";
  for (const input of document.querySelectorAll("input[data-reveal]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.setAttribute("aria-label", "Show password");
    button.setAttribute("aria-pressed", "false");
    const icon = document.createElementNS(icons, "svg");
    icon.setAttribute("class", "icon");
    const use = document.createElementNS(icons, "use");
    use.setAttribute("href", "/img/icons.svg#eye");
    icon.append(use);
    button.append(icon);
    button.addEventListener("click", () => {
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
    });

    const frame = document.createElement("div");
    frame.className = "reveal";
    input.replaceWith(frame);
    frame.append(input, button);
    input.form?.addEventListener("submit", () => {
      input.type = "password";
    });
  }
}

/** The deletion is confirmed in a dialog; without scripts its link leads to a page that asks the same. */
function deletion() {
  const dialog = document.getElementById("delete-dialog");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  for (const link of document.querySelectorAll("a[data-delete]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const row = link.closest("tr");
      const text = (name) => row.querySelector(name).textContent.trim();
      dialog.querySelector("[data-what]").textContent = `${text(".description")}, ${text(".amount")}, ${text(".date")}`;
      form.action = link.href;
      form.elements.submission.value = crypto.randomUUID?.() ?? "";
      dialog.showModal();
    });
  }
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
}

/** A form is sent once; coming back to the page, it can be sent again. */
function once() {
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", () => {
      for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = true;
    });
  }
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form[data-once] button[type=submit]")) button.disabled = false;
  });
}

/** Where the newcomer is, for what "today" means. */
function timeZone() {
  for (const input of document.querySelectorAll("input[data-time-zone]")) {
    input.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  }
}

/** The first field with a message takes the focus. */
function firstError() {
  document.querySelector("[aria-invalid=true]")?.focus();
}

sidebar();
reveal();
deletion();
once();
timeZone();
firstError();
