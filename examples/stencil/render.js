// Renders pages of the built theme with the platform's own renderer.

import { readFile } from "node:fs/promises";
import Paper from "@bigcommerce/stencil-paper";

const THEME = new URL("dist/theme/", import.meta.url);

/** How Stencil CLI finds the partials of a template: one that it does not find is not there. */
const PARTIAL = /\{\{>\s*([\w|\-@'"/]+)[^{]*?}}/g;

const FRONT_MATTER = /^---\n([^]*?)\n---\n/;

const read = (name) => readFile(new URL(name, THEME), "utf8");

/** A template without its front matter, with its partials, and theirs, beside those that are `found` already. */
async function assemble(name, found) {
  if (name in found) return found;
  found[name] = (await read(`templates/${name}.html`)).replace(FRONT_MATTER, "");
  for (const [, partial] of found[name].matchAll(PARTIAL)) await assemble(partial, found);
  return found;
}

/** The query in the front matter of a page. */
export async function queryOf(template) {
  const [, lines = ""] = FRONT_MATTER.exec(await read(`templates/${template}.html`)) ?? [];
  return /^gql: '(.*)'$/m.exec(lines)?.[1];
}

/** The HTML of a page. `partials` take the place of the theme's; `nonce` is that of the page's policy. */
export async function render(template, context, { nonce, partials = {} }) {
  const { settings } = JSON.parse(await read("config.json"));
  const assembler = {
    getTemplates: (name, process) => assemble(name, { ...partials }).then(process),
    getTranslations: async () => ({ en: JSON.parse(await read("lang/en.json")) }),
  };
  const paper = new Paper({}, settings, assembler, "handlebars-v4", console, "info", { security: { nonce } });
  await paper.loadTheme(template, "en");
  return paper.render(template, context);
}
