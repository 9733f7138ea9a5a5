// Forms that a passkey fills: the server asks, the browser answers with the lock of the device, the form carries the answer.
import { all, at } from "./dom.js";

/** @param {string} address @returns {Promise<{ options: any, state: string }>} */
async function ask(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.json();
}

/** @param {HTMLFormElement} form */
async function fill(form) {
  const isNew = form.dataset.passkey === "new";
  const { options, state } = await ask(isNew ? at("/api/passkeys/question-for-new") : at("/api/passkeys/question"));
  const credential = isNew
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  if (!(credential instanceof PublicKeyCredential)) throw new Error("no passkey");
  set(form, "credential", JSON.stringify(credential));
  set(form, "state", state);
  const remember = document.querySelector("input[type=checkbox][name=remember]");
  if (remember instanceof HTMLInputElement) set(form, "remember", remember.checked ? "true" : "");
}

/** @param {HTMLFormElement} form @param {string} name @param {string} value */
function set(form, name, value) {
  const input = form.elements.namedItem(name);
  if (input instanceof HTMLInputElement) input.value = value;
}

/** @param {HTMLFormElement} form */
function prepare(form) {
  const [button] = all(form, "[data-passkey-button]");
  const [message] = all(form, "[data-passkey-error]");
  if (!(button instanceof HTMLButtonElement)) return;
  form.dataset.ready = "";
  button.addEventListener("click", async (event) => {
    if (!form.reportValidity()) return;
    event.preventDefault();
    button.disabled = true;
    try {
      await fill(form);
      form.requestSubmit();
    } catch {
      // Cancelled, no such key here, or the time was up: browsers do not say which, so that no site can tell.
      button.disabled = false;
      if (!message) return;
      message.textContent = "That did not work. Nothing was changed; you can try again.";
      message.hidden = false;
    }
  });
}

if ("PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential) {
  for (const form of all(document, "form[data-passkey]")) if (form instanceof HTMLFormElement) prepare(form);
}
