import { randomUUID } from "node:crypto";

/** Somebody who looks at the site as a browser does, and keeps its cookies. */
export class Visitor {
  /** @type {Map<string, string>} */
  #cookies = new Map();
  #address;

  /** @param {string} address where the site is, without a path */
  constructor(address) {
    this.#address = address;
  }

  /** The header that carries the session. */
  get cookie() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** @param {string} path @returns {Promise<Answer>} */
  get(path) {
    return this.#send(path, { method: "GET" });
  }

  /** Sends a form with the token that its page has. @param {string} path @param {Record<string, string>} fields */
  async post(path, fields) {
    const { text } = await this.get(path);
    const token = text.match(/name="csrf_token"[^>]*value="([^"]+)"/)?.[1];
    if (!token) throw new Error(`${path} has no form with a csrf_token`);
    const body = new URLSearchParams({ csrf_token: token, submission: randomUUID(), ...fields });
    return this.#send(path, { method: "POST", body });
  }

  /** @param {string} username @param {string} password */
  async register(username, password) {
    const email = `${username}@example.com`;
    await this.#enter("/register", { username, email, password, confirm: password });
  }

  /** @param {string} username @param {string} password */
  async signIn(username, password) {
    await this.#enter("/login", { email: username, password });
  }

  /** @param {string} path @param {Record<string, string>} fields */
  async #enter(path, fields) {
    const { status } = await this.post(path, fields);
    if (status !== 302) throw new Error(`${path} answered ${status}, not with the way in`);
  }

  /** @param {string} path @param {RequestInit} request @returns {Promise<Answer>} */
  async #send(path, request) {
    const headers = { accept: "text/html", cookie: this.cookie };
    const response = await fetch(this.#address + path, {
      ...request,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(30_000),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/) ?? [];
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
    return { status: response.status, text: await response.text() };
  }
}

/** @typedef {{ status: number, text: string }} Answer */
