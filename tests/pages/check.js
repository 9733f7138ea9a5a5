// Looks at every page of a running ExpenseIQ: node tests/pages/check.js ADDRESS USER PASSWORD
// USER has two years of expenses. bin/check-pages starts such a site; CONTRIBUTING.md says what is expected of a page.
import { hasFailures } from "./findings.js";
import { checkMarkup } from "./check-markup.js";
import { checkMeasures } from "./check-measures.js";
import { Visitor } from "./visitor.js";

const [address, username, password] = process.argv.slice(2);
if (!password) {
  console.error("node tests/pages/check.js ADDRESS USER PASSWORD");
  process.exit(2);
}

const visitors = { stranger: new Visitor(address), newcomer: new Visitor(address), regular: new Visitor(address) };
await visitors.newcomer.register(`newcomer_${Date.now()}`, password);
await visitors.regular.signIn(username, password);

await checkMarkup(visitors);
await checkMeasures(address, visitors);
process.exitCode = hasFailures() ? 1 : 0;
