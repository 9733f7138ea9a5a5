// Every page in each state that it can be in: what is checked is this list, and nothing else.

/** @typedef {"stranger" | "newcomer" | "regular"} VisitorName signed out, with an empty account, with two years of expenses */

/**
 * @typedef {object} Page
 * @property {string} path             {expense} stands for the id of one of the visitor's expenses
 * @property {VisitorName[]} visitors  who looks at it
 * @property {number} [status]         what the answer has to be; 200 where nothing is said
 * @property {Record<string, string>} [form] what is sent to it; without a form the page is asked for
 * @property {Measured} [measured]     whether Lighthouse looks at it, as its last visitor sees it
 */

/**
 * @typedef {object} Measured
 * @property {string} name
 * @property {number} [kilobytes] what a first visit may transfer, compressed, less than this; 1 kB is 1000 bytes
 */

/** @type {VisitorName[]} */
const stranger = ["stranger"];
/** @type {VisitorName[]} */
const regular = ["regular"];
/** @type {VisitorName[]} */
const newcomer = ["newcomer"]; // who registered first: the administrator
/** @type {VisitorName[]} */
const signedIn = ["newcomer", "regular"];
/** @type {VisitorName[]} */
const everybody = ["stranger", "newcomer", "regular"];

/** @type {Page[]} */
export const pages = [
  { path: "/", visitors: stranger },
  { path: "/login", visitors: stranger, measured: { name: "sign-in" } },
  { path: "/login?next=/expenses", visitors: stranger },
  { path: "/login", visitors: stranger, status: 422, form: { email: "nobody", password: "not-the-password" } },
  { path: "/register", visitors: stranger },
  { path: "/register", visitors: stranger, status: 422, form: { username: "a b", email: "a", confirm: "b" } },
  {
    path: "/register",
    visitors: stranger,
    status: 422,
    form: { username: "abc", email: "a@example.org", password: "password", confirm: "b" },
  },
  { path: "/login?done=password", visitors: stranger },
  { path: "/forgot", visitors: everybody },
  { path: "/reset?token=none", visitors: everybody, status: 404 },
  { path: "/nothing-here", visitors: everybody, status: 404 },
  { path: "/dashboard", visitors: signedIn, measured: { name: "dashboard", kilobytes: 160 } },
  { path: "/expenses", visitors: signedIn, measured: { name: "list", kilobytes: 80 } },
  { path: "/expenses?sort=amount_desc&category_id=1", visitors: signedIn },
  { path: "/expenses?search=nothing+like+it", visitors: signedIn },
  { path: "/expenses?date_from=2026-02-30&amount_min=much", visitors: signedIn, status: 400 },
  { path: "/expenses/add", visitors: signedIn, measured: { name: "form" } },
  { path: "/expenses/add", visitors: signedIn, status: 422, form: {} },
  { path: "/expenses/{expense}/edit", visitors: regular },
  { path: "/expenses/{expense}/edit", visitors: regular, status: 422, form: { amount: "much", date: "2026-02-30" } },
  {
    path: "/expenses/{expense}/edit", // somebody else changed it meanwhile
    visitors: regular,
    status: 409,
    form: { amount: "1", category_id: "1", date: "2026-02-28", version: "1000" },
  },
  { path: "/expenses/{expense}/delete", visitors: regular },
  { path: "/expenses/999999999/edit", visitors: signedIn, status: 404 },
  { path: "/expenses/samples", visitors: signedIn },
  { path: "/expenses/samples/remove", visitors: signedIn },
  { path: "/settings", visitors: signedIn, measured: { name: "settings" } },
  { path: "/settings", visitors: regular, status: 422, form: { currency: "none" } },
  { path: "/settings/security/activity", visitors: signedIn },
  { path: "/settings/security/activity?before=1", visitors: regular },
  { path: "/settings/account", visitors: signedIn, measured: { name: "account" } },
  { path: "/settings/account?download=1&done=email", visitors: regular },
  { path: "/settings/account/email", visitors: regular },
  { path: "/settings/account/email", visitors: regular, status: 422, form: { email: "nobody" } },
  { path: "/settings/account/email/confirm?token=none", visitors: regular, status: 404 },
  { path: "/settings/account/delete", visitors: signedIn }, // one is the last administrator and has to stay
  { path: "/settings/account/delete", visitors: regular, status: 422, form: { username: "somebody_else" } },
  { path: "/goodbye", visitors: stranger },
  { path: "/goodbye?rest=1", visitors: stranger },
  { path: "/admin", visitors: regular, status: 403 },
  { path: "/admin", visitors: newcomer, measured: { name: "administration" } },
  { path: "/admin?search=nobody-of-that-name", visitors: newcomer },
  { path: "/admin?done=promote", visitors: newcomer },
  { path: "/admin/users/1/disable", visitors: newcomer }, // the regular's account was made first
  { path: "/admin/users/1/promote", visitors: newcomer },
  { path: "/offline", visitors: everybody },
  { path: "/logout", visitors: signedIn },
];
