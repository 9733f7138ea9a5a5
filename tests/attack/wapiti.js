// What wapiti reports, as findings: node wapiti.js NAME REPORT
import { readFileSync } from "node:fs";

const [, , name, file] = process.argv;
const report = JSON.parse(readFileSync(file, "utf8"));
/** @type {[string, { method: string, path: string, info: string }[]][]} */
const kinds = Object.entries({ ...report.vulnerabilities, ...report.anomalies });
const found = kinds.filter(([, list]) => list.length > 0);
for (const [kind, list] of found) {
  const [{ method, path, info }] = list;
  console.log(
    `FAILED wapiti, ${name}: ${list.length} of ${kind}, such as ${method} ${path}: ${info}`.replaceAll("\n", " "),
  );
}
if (found.length === 0) console.log(`ok wapiti, ${name}: nothing found`);
