let failures = 0;

/** One line a check, as bin/test counts them. @param {boolean} passes @param {string} what @param {string[]} [details] */
export function judge(passes, what, details = []) {
  if (!passes) failures++;
  console.log(`${passes ? "ok    " : "FAILED"} ${what}`);
  for (const detail of details) console.log(`         ${detail}`);
}

export const hasFailures = () => failures > 0;

/** One line, and not a long one. @param {string} text */
export function brief(text, length = 160) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

/** @param {string[][]} rows the first names the columns; all but the two first columns are numbers */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const cell = (/** @type {string} */ text, /** @type {number} */ column) =>
    column < 2 ? text.padEnd(widths[column]) : text.padStart(widths[column]);
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}
