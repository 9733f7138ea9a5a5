import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/bin/", "**/obj/", "**/wwwroot/lib/", "artifacts/"] },
  js.configs.recommended,
  {
    rules: {
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["tests/pages/*.js"],
    languageOptions: { globals: globals.node },
  },
  {
    // What it hands to page.evaluate and the like runs in the page.
    files: ["tests/pages/screenshots.js"],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ["src/ExpenseIQ/wwwroot/js/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Text from people goes into textContent." },
        { property: "outerHTML", message: "Text from people goes into textContent." },
        { property: "insertAdjacentHTML", message: "Text from people goes into textContent." },
      ],
    },
  },
];
