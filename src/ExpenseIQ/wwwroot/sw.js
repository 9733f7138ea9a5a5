// Keeps the static files and the page that says that the server can't be reached. Never another page and no answer of
// /api: what they show is private and must not stay in a browser that somebody signs out of.
// The address that this is registered with ends in the build of the program, so a new build is a new worker with a new cache.
const build = self.location.search.slice(1);
// The path that the site lies below; nothing at the root of a host.
const site = new URL(".", self.location.href).pathname.slice(0, -1);
// Other sites of this host have caches beside ours.
const cacheNames = `expenseiq${site}-`;
const cacheName = cacheNames + build;
const offlinePage = `${site}/offline`;
const addressesOfPage = /(?:href|src)=["']([^"'#]+)/g;
const file = /^\/(?:css|js|img|lib)\//;

/** @param {string} path */
const isFile = (path) => path.startsWith(site) && file.test(path.slice(site.length));

/** The offline page as a stranger gets it, and the files that it names. */
async function keepOfflinePage() {
  const page = await fetch(offlinePage, { credentials: "omit", cache: "no-store", redirect: "error" });
  if (!page.ok) throw new Error(`${offlinePage} answered ${page.status}`);
  const html = await page.clone().text();
  const cache = await caches.open(cacheName);
  await cache.addAll([...new Set([...html.matchAll(addressesOfPage)].map((match) => match[1]).filter(isFile))]);
  await cache.put(offlinePage, page);
}

async function dropOlderCaches() {
  for (const name of await caches.keys()) {
    const isOurs = name.startsWith(cacheNames) && /^[0-9a-f]*$/.test(name.slice(cacheNames.length));
    if (isOurs && name !== cacheName) await caches.delete(name);
  }
}

/** A file whose address has its fingerprint in it never changes. @param {Response} response */
const isImmutable = (response) => response.headers.get("Cache-Control")?.includes("immutable") ?? false;

/** @param {Request} request */
async function answerFile(request) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request);
  if (kept && isImmutable(kept)) return kept;
  try {
    const response = await fetch(request);
    if (response.ok && isImmutable(response)) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/** @param {any} event */
async function answerPage(event) {
  try {
    // The browser's own request says which site caused it; the server counts on that (docs/decisions/0010).
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    const kept = await caches.match(offlinePage);
    return kept ? new Response(kept.body, { status: 503, headers: kept.headers }) : Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepOfflinePage().then(() => self.skipWaiting())));

self.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      await self.registration.navigationPreload?.enable();
      await dropOlderCaches();
      await self.clients.claim();
    })(),
  ),
);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    // Not a download, which this page must not be saved as; and not a frame, which no page has.
    if (request.destination === "document") event.respondWith(answerPage(event));
  } else if (isFile(pathname)) {
    event.respondWith(answerFile(request));
  }
});
