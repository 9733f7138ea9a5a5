// Says how good a new password is, while it is typed. What finds out is large and comes with the first letter.
import { all } from "./dom.js";

/**
 * Up to how many guesses (as a power of ten) a password is what. Somebody with the database and a graphics card tries about a thousand a
 * second (bcrypt, cost 12): that is a minute, hours, days, years, and more than a lifetime from there.
 */
const words = /** @type {[number, string][]} */ ([
  [5, "Very weak"],
  [7, "Weak"],
  [9, "Fair"],
  [11, "Good"],
  [Infinity, "Strong"],
]);

const counting = new Intl.NumberFormat("en", {
  notation: "compact",
  compactDisplay: "long",
  maximumSignificantDigits: 1,
});

/** @param {number} guesses */
const told = (guesses) => (guesses >= 1e15 ? "more than a quadrillion" : `about ${counting.format(guesses)}`);

/** What the account is called: its name, its address, the parts of that. @param {HTMLElement} place @param {HTMLFormElement | null} form */
function own(place, form) {
  const typed = ["username", "email"]
    .map((name) => form?.elements.namedItem(name))
    .filter((field) => field instanceof HTMLInputElement);
  const texts = [...(place.dataset.own ?? "").split(" "), ...typed.map((field) => field.value)];
  return [...texts, ...texts.flatMap((text) => text.split(/[@._-]+/)), "ExpenseIQ", location.hostname].filter(
    (text) => text.length > 2,
  );
}

/** @param {HTMLElement} place */
function show(place) {
  const input = place.parentElement?.querySelector("input");
  const meter = place.querySelector("meter");
  const line = place.querySelector("p");
  if (!input || !meter || !line) return;
  /** @type {Promise<any> | undefined} */
  let judge;
  let wait = 0;

  async function look() {
    if (!input || !meter || !line) return;
    const password = input.value;
    place.hidden = password.length === 0;
    if (place.hidden) line.textContent = "";
    if (place.hidden) return;
    judge ??= import(place.dataset.strength ?? "").then(({ ZxcvbnFactory, options }) => new ZxcvbnFactory(options));
    const { guesses, guessesLog10 } = (await judge).check(password, own(place, input.form));
    if (password !== input.value) return;
    const rank = words.findIndex(([most]) => guessesLog10 < most);
    meter.value = rank + 1;
    place.dataset.rank = String(rank);
    line.textContent = `${words[rank][1]}: ${told(guesses)} guesses would find it.`;
  }

  input.addEventListener("input", () => {
    clearTimeout(wait);
    // Without the packages there is nothing to say; the server judges in any case.
    wait = setTimeout(() => look().catch(() => (place.hidden = true)), 250);
  });
}

for (const place of all(document, "[data-strength]")) show(place);
