// Does the time of an answer tell which accounts exist? node timing.js ADDRESS DATABASE-FILE [TRIES]
// Wrong passwords for names and addresses that somebody has and that nobody has, in random order, one after the other. Each name is
// tried seldom, and what was counted is deleted beside the measuring, so that no limit is met. The times of both kinds are compared by
// their ranks (Mann-Whitney): p is how often two samples of one kind would differ as much. One line a comparison.
import { execFileSync } from "node:child_process";
import { Client } from "./client.js";

const [, , address, database, tries = "400"] = process.argv;
const each = Number(tries);
const accounts = 40;
const password = "correct horse battery";
const batch = 80;

const kinds = [
  { kind: "known name", of: (/** @type {number} */ i) => `timed_${i}` },
  { kind: "unknown name", of: (/** @type {number} */ i) => `nobod_${i}` },
  { kind: "known address", of: (/** @type {number} */ i) => `timed_${i}@example.com` },
  { kind: "unknown address", of: (/** @type {number} */ i) => `nobod_${i}@example.com` },
];

/** @template T @param {T[]} list */
function shuffle(list) {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** The probability beyond a distance from the middle of a normal distribution (Abramowitz and Stegun 7.1.26). @param {number} z */
function beyond(z) {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return series * Math.exp(-x * x);
}

/** Two-sided. @param {number[]} left @param {number[]} right */
function mannWhitney(left, right) {
  const all = [
    ...left.map((value) => ({ value, isLeft: true })),
    ...right.map((value) => ({ value, isLeft: false })),
  ].sort((a, b) => a.value - b.value);
  const rankSum = all.reduce((sum, { isLeft }, index) => sum + (isLeft ? index + 1 : 0), 0); // nanoseconds: hardly any are equal
  const u = rankSum - (left.length * (left.length + 1)) / 2;
  const mean = (left.length * right.length) / 2;
  const deviation = Math.sqrt((left.length * right.length * (left.length + right.length + 1)) / 12);
  return { p: beyond((u - mean) / deviation), larger: u / (left.length * right.length) };
}

for (let i = 0; i < accounts; i++) await new Client(address).register(`timed_${i}`, password);

const client = new Client(address);
const csrf_token = await client.token("/login");
const plan = shuffle(
  kinds.flatMap(({ kind, of }) => Array.from({ length: each }, (_, i) => ({ kind, name: of(i % accounts) }))),
);
/** @type {Record<string, number[]>} */
const times = Object.fromEntries(kinds.map(({ kind }) => [kind, []]));
for (const [index, { kind, name }] of plan.entries()) {
  if (index % batch === 0) {
    execFileSync("sqlite3", ["-cmd", ".timeout 5000", database, "delete from guesses"]);
    for (let i = 0; i < 3; i++) await client.post("/login", { csrf_token, email: `warm_${i}`, password: "wrong" });
  }
  const { status, ms } = await client.post("/login", { csrf_token, email: name, password: "not the password" });
  if (status !== 422) throw new Error(`a wrong password for a ${kind} was answered ${status}`);
  times[kind].push(ms);
}

let failed = false;
for (const [left, right] of [
  ["known name", "unknown name"],
  ["known address", "unknown address"],
]) {
  const { p, larger } = mannWhitney(times[left], times[right]);
  const good = p >= 0.01;
  failed ||= !good;
  console.log(
    `${good ? "ok" : "FAILED"} ${left} against ${right}: ${each} tries each, median ${median(times[left]).toFixed(3)} and ${median(times[right]).toFixed(3)} ms, ` +
      `the first takes longer in ${(larger * 100).toFixed(1)} % of pairs, p = ${p.toFixed(4)} (at least 0.01)`,
  );
}
process.exit(failed ? 1 : 0);
