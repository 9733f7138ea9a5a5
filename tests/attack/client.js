import http from "node:http";

/** @typedef {{ status: number, location: string, text: string, wait: number, ms: number }} Answer wait: Retry-After in seconds, 0 without */

/** Somebody who sends forms over one connection after the other, from whatever address, and keeps cookies. */
export class Client {
  /** @type {Map<string, string>} */
  cookies = new Map();
  #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  #address;

  /** @param {string} address where the site is, without a path */
  constructor(address) {
    this.#address = address;
  }

  get cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** @param {string} path */
  get(path) {
    return this.send("GET", path);
  }

  /** The token that the forms of a page need. @param {string} path */
  async token(path) {
    const { status, text } = await this.get(path);
    const token = text.match(/name="csrf_token"[^>]*value="([^"]+)"/)?.[1];
    if (!token) throw new Error(`${path} answered ${status} and has no form with a csrf_token`);
    return token;
  }

  /** @param {string} path @param {Record<string, string>} fields @param {string} [from] the visitor's address */
  post(path, fields, from) {
    return this.send("POST", path, new URLSearchParams(fields).toString(), from);
  }

  /** @param {string} path @param {Record<string, string>} fields */
  async fill(path, fields) {
    return this.post(path, { csrf_token: await this.token(path), ...fields });
  }

  /** @param {string} username @param {string} password */
  async register(username, password) {
    const fields = { username, email: `${username}@example.com`, password, confirm: password };
    const { status } = await this.fill("/register", fields);
    if (status !== 302) throw new Error(`/register answered ${status}`);
  }

  /** @param {string} method @param {string} path @param {string} [body] @param {string} [from] @returns {Promise<Answer>} */
  send(method, path, body, from) {
    /** @type {Record<string, string>} */
    const headers = { accept: "text/html", cookie: this.cookie };
    if (body !== undefined) {
      headers["content-type"] = "application/x-www-form-urlencoded";
      headers["content-length"] = String(Buffer.byteLength(body));
    }
    if (from) headers["x-forwarded-for"] = from;
    return new Promise((resolve, reject) => {
      const began = process.hrtime.bigint();
      const request = http.request(
        this.#address + path,
        { method, headers, agent: this.#agent, timeout: 30_000 },
        (response) => {
          /** @type {Buffer[]} */
          const parts = [];
          response.on("data", (part) => parts.push(part));
          response.on("error", reject);
          response.on("end", () => {
            const ms = Number(process.hrtime.bigint() - began) / 1e6;
            for (const line of response.headers["set-cookie"] ?? []) this.#keep(line);
            resolve({
              status: response.statusCode ?? 0,
              location: response.headers.location ?? "",
              text: Buffer.concat(parts).toString(),
              wait: Number(response.headers["retry-after"] ?? 0),
              ms,
            });
          });
        },
      );
      request.on("timeout", () => request.destroy(new Error(`${path} did not answer in time`)));
      request.on("error", reject);
      request.end(body);
    });
  }

  /** @param {string} line */
  #keep(line) {
    const [, name, value] = line.match(/^([^=]+)=([^;]*)/) ?? [];
    if (value) this.cookies.set(name, value);
    else this.cookies.delete(name);
  }
}
