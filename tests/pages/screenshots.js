// Takes the README's pictures of a running ExpenseIQ: node tests/pages/screenshots.js ADDRESS USER PASSWORD FOLDER
// The same program and data on the same day give the same pictures.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { launch } from "puppeteer-core";
import { chromium, flags } from "./chromium.js";

/** @typedef {import("puppeteer-core").Page} Page */

/**
 * @typedef {object} Picture
 * @property {string} name
 * @property {string} path
 * @property {"light" | "dark"} scheme
 * @property {import("puppeteer-core").Viewport} viewport
 * @property {(page: Page) => Promise<void>} [act] what is done on the page before
 */

const desk = { width: 1280, height: 800, deviceScaleFactor: 1 };
const phone = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const most = 300_000; // bytes: a README is read over slow lines too

/** @type {Picture[]} */
const pictures = [
  { name: "dashboard.png", path: "/dashboard", scheme: "light", viewport: desk },
  { name: "list-dark.png", path: "/expenses", scheme: "dark", viewport: desk },
  { name: "phone-dashboard.png", path: "/dashboard", scheme: "light", viewport: phone },
  { name: "phone-add.png", path: "/dashboard", scheme: "light", viewport: phone, act: addQuickly },
];

const [address, username, password, folder] = process.argv.slice(2);
if (!folder) {
  console.error("node tests/pages/screenshots.js ADDRESS USER PASSWORD FOLDER");
  process.exit(2);
}

const browser = await launch({ executablePath: chromium, args: [...flags, "--hide-scrollbars", "--lang=en-US"] });
try {
  const page = await browser.newPage();
  await page.setBypassCSP(true); // it forbids the style that hides the caret
  await signIn(page);
  for (const picture of pictures) await take(page, picture);
} finally {
  await browser.close();
}

/** @param {Page} page */
async function signIn(page) {
  await page.goto(`${address}/login`);
  await page.type("input[name=email]", username);
  await page.type("input[name=password]", password);
  await Promise.all([page.waitForNavigation(), page.click("main button[type=submit]")]);
  if (new URL(page.url()).pathname === "/login") throw new Error(`${username} could not sign in`);
}

/** @param {Page} page @param {Picture} picture */
async function take(page, { name, path, scheme, viewport, act }) {
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.setViewport(viewport);
  await page.goto(address + path, { waitUntil: "networkidle0" });
  await act?.(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForFunction(chartsAreDrawn);
  // No caret, which blinks.
  await page.addStyleTag({ content: "* { caret-color: transparent !important }" });
  const file = join(folder, name);
  await page.screenshot({ path: /** @type {`${string}.png`} */ (file) });
  const { size } = await stat(file);
  console.log(`${file}: ${Math.ceil(size / 1000)} kB`);
  if (size > most) throw new Error(`${file} is larger than ${most / 1000} kB`);
}

/** The + of the bottom bar opens the dialog. @param {Page} page */
async function addQuickly(page) {
  await page.tap(".bottom-add");
  await page.waitForSelector(".quick-add form");
  await page.evaluate(() => document.fonts.ready);
}

/** In the page: is something painted on each chart that is to be seen? */
function chartsAreDrawn() {
  return [...document.querySelectorAll("canvas")].every((canvas) => {
    const { top, height } = canvas.getBoundingClientRect();
    if (height === 0 || top > innerHeight) return true;
    const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
    return pixels?.some((value) => value > 0) ?? false;
  });
}
