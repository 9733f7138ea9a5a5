import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import { chromium, flags } from "./chromium.js";
import { brief } from "./findings.js";

/** @typedef {"mobile" | "desktop"} Profile */
/** @typedef {import("lighthouse").Result} Result */
/** @typedef {Result["audits"][string]} Audit */

/** @type {Profile[]} */
export const profiles = ["mobile", "desktop"];

/**
 * @template T
 * @param {(look: (url: string, profile: Profile, cookie: string) => Promise<Result>) => Promise<T>} work
 */
export async function withLighthouse(work) {
  const chrome = await launch({ chromePath: chromium, chromeFlags: flags, logLevel: "silent" });
  // Chromium is in a process group of its own: whoever ends ours does not reach it.
  const end = () => {
    chrome.kill();
    process.exit(1);
  };
  process.once("SIGTERM", end).once("SIGHUP", end);
  try {
    return await work(async (url, profile, cookie) => {
      const answer = await lighthouse(
        url,
        {
          port: chrome.port,
          logLevel: "silent",
          onlyCategories: ["performance", "accessibility", "best-practices"],
          extraHeaders: cookie ? { cookie } : {},
          disableFullPageScreenshot: true,
        },
        profile === "desktop" ? desktopConfig : undefined,
      );
      if (!answer) throw new Error(`Lighthouse did not look at ${url}`);
      return answer.lhr;
    });
  } finally {
    process.off("SIGTERM", end).off("SIGHUP", end);
    chrome.kill();
  }
}

/** 0 to 100. @param {Result} result @param {string} category */
export const score = (result, category) => Math.round((result.categories[category].score ?? 0) * 100);

/** @param {Result} result @param {string} audit */
export const figure = (result, audit) => result.audits[audit].numericValue ?? NaN;

/** What came over the wire, in kB. @param {Result} result */
export function transferred(result) {
  const { details } = result.audits["network-requests"];
  if (details?.type !== "table") return NaN;
  return details.items.reduce((sum, item) => sum + Number(item.transferSize), 0) / 1000;
}

/** Which audits cost a category points, and where. @param {Result} result @param {string} category */
export function reasons(result, category) {
  return result.categories[category].auditRefs
    .filter(({ weight }) => weight > 0)
    .map(({ id }) => result.audits[id])
    .filter((audit) => audit.score !== null && audit.score < 1)
    .flatMap((audit) => explain(audit));
}

/** What could be quicker, and what it would save. @param {Result} result */
export function savings(result) {
  return Object.values(result.audits)
    .filter((audit) => Object.values(audit.metricSavings ?? {}).some((saving) => Number(saving) > 0))
    .filter((audit) => audit.score !== null && audit.score < 1)
    .flatMap((audit) => explain(audit));
}

/** An audit, and the first places that it names. @param {Audit} audit @returns {string[]} */
export function explain(audit) {
  const value = audit.displayValue ? ` (${audit.displayValue})` : "";
  const places = itemsOf(audit).map((item) => `  ${brief(placeOf(item))}`);
  const rest = places.length > 5 ? [`  and ${places.length - 5} more`] : [];
  return [`${audit.id}: ${brief(audit.title)}${value}`, ...places.slice(0, 5), ...rest];
}

/** @param {Audit} audit @returns {Record<string, any>[]} */
function itemsOf({ details }) {
  if (!details || !("items" in details) || !Array.isArray(details.items)) return [];
  // An insight is a list of tables.
  return details.items.flatMap((/** @type {Record<string, any>} */ item) =>
    item?.type === "table" && Array.isArray(item.items) ? item.items : [item],
  );
}

/** A node, an address, a message, or whatever the audit tells. @param {Record<string, any>} item @returns {string} */
function placeOf(item) {
  const node = item.node ?? (item.type === "node" ? item : undefined);
  if (node)
    return [node.snippet, node.explanation]
      .filter(Boolean)
      .join(" – ")
      .replace(/^(.{90}).*? – /s, "$1… – ");
  return (
    [item.url, item.description, item.issueType, item.source, item.label]
      .filter((part) => typeof part === "string")
      .join(" – ") || JSON.stringify(item)
  );
}
