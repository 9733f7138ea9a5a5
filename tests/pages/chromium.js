/** Debian's Chromium where no other is named. */
export const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const flags = [
  "--headless=new",
  "--disable-gpu",
  "--no-first-run",
  "--disable-component-update",
  "--disable-sync",
  // Chromium's sandbox does not start for root, and these pages are our own.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];
