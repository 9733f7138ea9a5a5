// Asks whether the server can be reached, without a cookie. Any answer says yes: a proxy may keep the health checks to itself.

/** @param {number} patience  milliseconds to wait for an answer */
export async function isReachable(patience) {
  if (!navigator.onLine) return false;
  try {
    await fetch("/health/live", {
      method: "HEAD",
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(patience),
    });
    return true;
  } catch {
    return false;
  }
}
