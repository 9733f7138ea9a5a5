// Registers the one script that runs beside the pages. The content security policy lets a text become a script's address
// through this policy only, and the policy lets pass only that script's own.
import { at } from "./dom.js";

const build = document.querySelector("meta[name=build]")?.getAttribute("content") ?? "";
const address = at(`/sw.js?${build}`);

/** @param {string} text */
const onlyOurs = (text) => {
  if (text !== address || !/^[0-9a-f]+$/.test(build)) throw new TypeError(`${text} is no script of this site.`);
  return text;
};

// Only over HTTPS and on this machine itself do browsers have service workers.
if ("serviceWorker" in navigator) {
  const policy = /** @type {any} */ (window).trustedTypes?.createPolicy("service-worker", {
    createScriptURL: onlyOurs,
  });
  const script = policy ? policy.createScriptURL(address) : onlyOurs(address);
  // Without it everything works but the offline page.
  navigator.serviceWorker.register(script, { scope: at("/"), updateViaCache: "none" }).catch(() => {});
}
