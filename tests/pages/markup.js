import { HtmlValidate, StaticConfigLoader } from "html-validate";
import config from "../../.htmlvalidate.mjs";
import { brief } from "./findings.js";

const htmlValidate = new HtmlValidate(new StaticConfigLoader(config));
const most = 12; // a mistake in a row of a table is there once a row

/** What is wrong with a page's HTML, a line each: the same mistake once, with where it is first. @param {string} html */
export async function markupProblems(html) {
  const report = await htmlValidate.validateString(html);
  const lines = html.split("\n");
  /** @type {Map<string, { times: number, line: number }>} */
  const found = new Map();
  for (const { ruleId, message, line } of report.results.flatMap((result) => result.messages)) {
    const text = `${ruleId}: ${message}`;
    const known = found.get(text);
    if (known) known.times++;
    else found.set(text, { times: 1, line });
  }
  const problems = [...found].map(([text, { times, line }]) => {
    const often = times > 1 ? ` (${times} times)` : "";
    return `${text}${often}, line ${line}: ${brief(lines[line - 1] ?? "", 120)}`;
  });
  return problems.length > most ? [...problems.slice(0, most), `and ${problems.length - most} more`] : problems;
}
