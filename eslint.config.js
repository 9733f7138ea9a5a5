import js from "@eslint/js";
import globals from "globals";

const rules = {
  "no-var": "error",
  "prefer-const": "error",
  eqeqeq: "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-restricted-properties": [
    "error",
    { property: "innerHTML", message: "Text from people goes into textContent." },
    { property: "outerHTML", message: "Text from people goes into textContent." },
    { property: "insertAdjacentHTML", message: "Text from people goes into textContent." },
  ],
};

export default [
  { ignores: ["**/bin/", "**/obj/", "**/wwwroot/lib/", "artifacts/"] },
  js.configs.recommended,
  {
    files: ["src/ExpenseIQ/wwwroot/js/*.js"],
    languageOptions: { globals: globals.browser },
    rules,
  },
  {
    files: ["src/ExpenseIQ/wwwroot/sw.js"],
    languageOptions: { globals: globals.serviceworker },
    rules,
  },
  {
    files: ["tests/pages/*.js", "tests/attack/*.js", "src/ExpenseIQ/*.js"],
    languageOptions: { globals: globals.node },
    rules,
  },
  {
    // What it hands to page.evaluate and the like runs in the page.
    files: ["tests/pages/screenshots.js"],
    languageOptions: { globals: globals.browser },
  },
];
