import { judge } from "./findings.js";
import { markupProblems } from "./markup.js";
import { pages } from "./pages.js";

/** @typedef {Record<import("./pages.js").VisitorName, import("./visitor.js").Visitor>} Visitors */

/** Is each page, in each state, HTML as it should be? @param {Visitors} visitors */
export async function checkMarkup(visitors) {
  const expense = await anExpense(visitors.regular);
  for (const { path, visitors: names, status: expected = 200, form } of pages) {
    for (const name of names) {
      const actual = path.replace("{expense}", expense);
      const { status, text } = await (form ? visitors[name].post(actual, form) : visitors[name].get(actual));
      const problems = await markupProblems(text);
      if (status !== expected) problems.unshift(`the status is ${status}, not ${expected}`);
      const what = form ? `POST ${path}` : path;
      judge(problems.length === 0, `HTML of ${what} (${expected}) for a ${name}`, problems);
    }
  }
}

/** The id of an expense that the list shows. @param {import("./visitor.js").Visitor} visitor */
async function anExpense(visitor) {
  const { text } = await visitor.get("/expenses");
  const id = text.match(/\/expenses\/(\d+)\/edit/)?.[1];
  if (!id) throw new Error("the list shows no expense that can be edited");
  return id;
}
