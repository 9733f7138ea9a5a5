// Uses a running ExpenseIQ through the proxy in front of it: node tests/pages/through-proxy.js PROXY ADDRESS
// bin/check-deploy starts both.
import { hasFailures, judge } from "./findings.js";
import { Visitor } from "./visitor.js";

const [proxy, address] = process.argv.slice(2);
if (!address) {
  console.error("node tests/pages/through-proxy.js PROXY ADDRESS");
  process.exit(2);
}

const visitor = new Visitor(address);
const username = `visitor_${Date.now()}`;
await visitor.register(username, "through the proxy");
const again = new Visitor(address);
await again.signIn(username, "through the proxy");
judge(
  (await again.get("/dashboard")).status === 200,
  `${proxy}: registers and signs in over HTTPS, with secure cookies`,
);

/** @param {Record<string, string>} headers */
const encodingOf = async (headers) =>
  (await fetch(`${address}/login`, { headers: { "accept-encoding": "gzip, br", ...headers } })).headers.get(
    "content-encoding",
  );
const [own, others] = [
  await encodingOf({ "sec-fetch-site": "same-origin" }),
  await encodingOf({ "sec-fetch-site": "cross-site" }),
];
judge(
  own === "br" && others === null,
  `${proxy}: compression is the program's: ${own} for its own pages, ${others} for others`,
);

const body = new URLSearchParams({ email: "a".repeat(300 * 1024) });
const { status } = await fetch(`${address}/login`, { method: "POST", body });
judge(status === 413, `${proxy}: a body of 300 kB is refused (${status})`);
process.exitCode = hasFailures() ? 1 : 0;
