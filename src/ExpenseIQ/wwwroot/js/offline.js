// A form is not sent into nothing: the browser would put an error in the page's place, and what was typed might be gone.
import { isReachable } from "./server.js";

const patience = 8000; // milliseconds
const found = new WeakSet();

/** @param {HTMLFormElement} form @param {string} reason */
function say(form, reason) {
  take(form);
  const message = document.createElement("div");
  message.className = "alert alert-warning";
  message.dataset.offline = "";
  message.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.className = "alert-body";
  words.textContent = `${reason} Nothing was sent; what you typed is still here.`;
  message.append(words);
  form.prepend(message);
  message.scrollIntoView({ block: "nearest" });
}

/** @param {ParentNode} where */
function take(where) {
  for (const message of where.querySelectorAll("[data-offline]")) message.remove();
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} button */
async function sendIfReachable(form, button) {
  form.setAttribute("aria-busy", "true");
  const reachable = await isReachable(patience);
  form.removeAttribute("aria-busy");
  if (!reachable) {
    say(form, navigator.onLine ? "ExpenseIQ’s server can’t be reached." : "You are offline.");
    return;
  }
  take(form);
  found.add(form);
  form.requestSubmit(button?.isConnected ? button : null);
  found.delete(form);
}

// Before every other listener: for them a form that is held back was never sent.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || found.has(form)) return;
    // What is sent in the background leaves its page where it is, whatever comes.
    if (form.closest("dialog, .toasts")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!form.hasAttribute("aria-busy")) sendIfReachable(form, event.submitter);
  },
  true,
);

addEventListener("online", () => take(document));
