// Asks whether the server can be reached, without a cookie. An answer of any kind says yes, since a proxy may keep the health checks to
// itself; but one that says that nobody is there to answer does not.

import { at } from "./dom.js";

/** @param {number} patience  milliseconds to wait for an answer @param {"live" | "ready"} [what]  that it runs, or that its database does too */
export async function isReachable(patience, what = "live") {
  if (!navigator.onLine) return false;
  try {
    const { status } = await fetch(at(`/health/${what}`), {
      method: "HEAD",
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(patience),
    });
    return status < 500;
  } catch {
    return false;
  }
}
