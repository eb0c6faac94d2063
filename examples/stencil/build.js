// Follows docs/stencil.md with the theme in theme/, in a copy of it: dist/theme. The folder storefront-account in the copy is what goes to
// WebDAV.

import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const THEME = "dist/theme";
const PACKAGE = "node_modules/storefront-account";

/** Runs the package's command in the theme's folder. Its tags are not needed: head.html has them. */
const command = (...words) => execFileSync("npx", ["storefront-account", ...words], { cwd: THEME, stdio: ["ignore", "ignore", "inherit"] });

const partial = (name) => `{{> components/storefront-account/${name}}}`;

/** Puts what `change` makes of it in the place of what `found` finds in a template. */
function edit(template, found, change) {
  const file = `${THEME}/templates/${template}.html`;
  const text = readFileSync(file, "utf8");
  if (!found.test(text)) throw new Error(`${file} does not have ${found}`);
  writeFileSync(file, text.replace(found, change));
}

const FORM = /^ *<form[^]*<\/form>/m;

/** The lines of the element called `account-{name}`, before and after what is there. */
const around = (name) => (fallback) => `${partial(name)}\n${fallback}\n</account-${name}>`;

/** Has Stencil ask for the first answer of a page's element. */
function addFrontMatter(page) {
  const lines = readFileSync(`${PACKAGE}/stencil/front-matter/${page}.yml`, "utf8");
  edit(`pages/auth/${page}`, /^/, () => lines);
}

rmSync(THEME, { recursive: true, force: true });
cpSync("theme", THEME, { recursive: true });

const { version } = JSON.parse(readFileSync(`${PACKAGE}/package.json`, "utf8"));
command("copy", `storefront-account/${version}`);
command("stencil", ".");

edit("layout/base", /{{{head\.scripts}}}/, (scripts) => `${scripts}\n${partial("head")}`);
edit("layout/base", /<body>/, (body) => `${body}\n${partial("banner")}`);
edit("pages/auth/create-account", FORM, around("sign-up"));
edit("pages/auth/login", FORM, around("sign-in"));
edit("pages/account/edit", FORM, (form) => `${around("profile")(form)}\n${partial("password")}`);
edit("pages/account/addresses", /{{> components\/account\/address-list}}/, around("addresses"));
addFrontMatter("create-account");
addFrontMatter("login");
