// A page in the place of another, offline or while the database is away, goes back to the one that was wanted as soon as it can be had.
import { at } from "./dom.js";
import { isReachable } from "./server.js";

const first = 2000; // milliseconds until the first question; each next one waits half as long again
const longest = 30000;

/**
 * Whoever sent the browser here from another site does not get an address of theirs opened again in this site's name: they
 * could measure how well the answer compresses beside words of theirs (docs/decisions/0010).
 */
function goOn() {
  const isOurs = document.referrer.startsWith(location.origin + at("/"));
  if (location.pathname === at("/offline")) location.replace(at("/"));
  else if (isOurs || !location.search) location.reload();
  else location.replace(location.pathname);
}

let wait = first;
/** @type {ReturnType<typeof setTimeout>} */
let next;

async function ask() {
  clearTimeout(next);
  if (!document.hidden && (await isReachable(wait, "ready"))) {
    goOn();
    return;
  }
  next = setTimeout(ask, wait);
  wait = Math.min(wait * 1.5, longest);
}

addEventListener("online", ask);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) ask();
});
next = setTimeout(ask, first);
