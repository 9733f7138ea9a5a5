// 200 guesses, each as soon as the one before is answered: node guesses.js ADDRESS
// The site must believe X-Forwarded-For from here (TRUSTED_PROXIES). One line a kind of guess, "ok …" or "FAILED …".
import { createHmac } from "node:crypto";
import { Client } from "./client.js";

const address = process.argv[2];
const password = "correct horse battery";
const count = 200;
let failed = false;

/** @param {boolean} good @param {string} line */
function tell(good, line) {
  console.log(`${good ? "ok" : "FAILED"} ${line}`);
  failed ||= !good;
}

/**
 * @param {(guess: number) => Promise<import("./client.js").Answer>} guess
 * @param {(guess: number) => Promise<void>} [meanwhile]
 */
async function count200(guess, meanwhile) {
  const began = Date.now();
  let looked = 0;
  let refused = 0;
  let other = 0;
  let longest = 0;
  for (let number = 0; number < count; number++) {
    const { status, wait } = await guess(number);
    if (status === 422) looked++;
    else if (status === 429) refused++;
    else other++;
    longest = Math.max(longest, wait);
    await meanwhile?.(number);
  }
  const seconds = (Date.now() - began) / 1000;
  return { looked, refused, other, longest, seconds };
}

/** More are looked at the longer it takes: each wait is twice as long as the one before. @param {number} seconds */
const allowed = (seconds) => 6 + Math.ceil(Math.log2(seconds + 2));

/** @param {string} kind @param {Awaited<ReturnType<typeof count200>>} result @param {string} [more] @param {boolean} [good] */
function judge(kind, { looked, refused, other, longest, seconds }, more = "", good = true) {
  tell(
    good && looked <= allowed(seconds) && other === 0,
    `${kind}: ${count} guesses in ${seconds.toFixed(1)} s, ${looked} looked at, ${refused} refused, ${other} otherwise; longest wait ${longest} s${more}`,
  );
}

/** A code of an authenticator app, RFC 6238. @param {string} key Base32 */
function codeOf(key) {
  const bits = [...key]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const bytes = Buffer.from(bits.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? []);
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", bytes).update(step).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** @param {string} name */
async function open(name) {
  const owner = new Client(address);
  await owner.register(name, password);
  return owner;
}

await open("guessed_once");
{
  const thief = new Client(address);
  const csrf_token = await thief.token("/login");
  const result = await count200((guess) =>
    thief.post("/login", { csrf_token, email: "guessed_once", password: `guess ${guess}` }, "203.0.113.9"),
  );
  judge("password, from one address", result);
}

const owner = await open("guessed_everywhere");
{
  const thief = new Client(address);
  const csrf_token = await thief.token("/login");
  let signedIn = 0;
  let tried = 0;
  let slowest = 0;
  const result = await count200(
    (guess) =>
      thief.post(
        "/login",
        { csrf_token, email: "guessed_everywhere", password: `guess ${guess}` },
        `198.51.${guess}.7`,
      ),
    async (guess) => {
      if (guess % 40 !== 39) return;
      tried++;
      // The browser is known by another cookie than the session's.
      owner.cookies.delete("expenseiq");
      const { status, ms } = await owner.fill("/login", { email: "guessed_everywhere", password });
      if (status === 302) signedIn++;
      slowest = Math.max(slowest, ms);
    },
  );
  judge(
    "password, from 200 addresses",
    result,
    `; the owner signed in meanwhile ${signedIn} of ${tried} times, at most ${slowest.toFixed(0)} ms`,
    signedIn === tried,
  );
}

{
  const careful = await open("guessed_codes");
  const page = await careful.get("/settings/security/codes");
  const sealed = page.text.match(/name="key" value="([^"]+)"/)?.[1] ?? "";
  const key = page.text.match(/class="key">([A-Z2-7 ]+)</)?.[1].replaceAll(" ", "") ?? "";
  const on = await careful.fill("/settings/security/codes", { act: "on", key: sealed, code: codeOf(key) });
  const thief = new Client(address);
  const step = await thief.fill("/login", { email: "guessed_codes", password });
  if (on.status !== 200 || step.location !== "/login/code")
    throw new Error(`codes are not on: ${on.status}, ${step.status} ${step.location}`);
  const csrf_token = await thief.token("/login/code");
  const result = await count200((guess) =>
    thief.post("/login/code", { csrf_token, code: String(guess).padStart(6, "0") }, `198.51.${guess}.8`),
  );
  judge("codes, from 200 addresses, with the password known", result);
  const passkeys = new Client(address);
  const token = await passkeys.token("/login");
  const recovery = await count200((guess) =>
    thief.post(
      "/login/code",
      { csrf_token, code: `aaaaaa-bbbbbb-cccccc-${String(guess).padStart(6, "0")}` },
      `198.51.${guess}.9`,
    ),
  );
  judge("recovery codes, after that", recovery);
  const { status } = await passkeys.post("/login/passkey", { csrf_token: token, credential: "{}", state: "guess" });
  tell(status === 422, `a made-up passkey is answered ${status}`);
}

process.exit(failed ? 1 : 0);
