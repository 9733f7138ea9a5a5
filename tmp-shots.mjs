import puppeteer from "puppeteer-core";
const base = process.argv[2], paths = process.argv.slice(3);
const browser = await puppeteer.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.createBrowserContext();
const page = await context.newPage();
const login = async () => {
  await page.goto(base + "/login");
  await page.type("input[name=email]", "demo"); await page.type("input[name=password]", "demo-of-expenseiq");
  await Promise.all([page.waitForNavigation(), page.click("form[action='/login'] button[type=submit]")]);
};
let signed = false;
for (const p of paths) {
  const anonymous = p.startsWith("!"); const path = p.replace("!", "");
  if (!anonymous && !signed) { await login(); signed = true; }
  for (const [width, height] of [[1280, 800], [390, 844]]) for (const scheme of ["light", "dark"]) {
    if (scheme === "dark" && width === 1280 && !process.env.ALL) continue;
    await page.setViewport({ width, height });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(base + path, { waitUntil: "networkidle0" });
    await page.screenshot({ path: `/work/shots/${path.replace(/[^a-z]+/g, "-")}-${width}-${scheme}.png`, fullPage: true });
  }
}
await browser.close();
