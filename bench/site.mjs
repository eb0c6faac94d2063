// The pages of the bench behind one address: lean pages with one form, and everything else from the store.

import { createServer, request } from "node:http";
import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";

const at = (path) => new URL(path, import.meta.url);

/** The pages, with what each is. `answer` stands for a page that brings the first answer along. */
export const PAGES = {
  widget: { title: "this widget" },
  plain: { title: "plain script" },
  solid: { title: "Solid" },
  svelte: { title: "Svelte 5" },
  react: { title: "React 19, react-hook-form, zod" },
  "widget-answer": { title: "this widget, answer in the page", answer: true },
  "react-answer": { title: "React, answer in the page", answer: true },
};

const compress = (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });

/** What the store says to the sign-up's first query. */
async function firstAnswer(store, token) {
  const query = await readFile(at("../dist/embed/queries/sign-up.graphql"), "utf8");
  const response = await fetch(`${store}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { country: "US" } }),
  });
  return (await response.text()).replaceAll("<", "\\u003c");
}

async function html(store, name, token) {
  const { entry, files } = JSON.parse(await readFile(at("../dist/embed/manifest.json"), "utf8"));
  const style = `<link rel="stylesheet" href="/embed/${entry.style}">`;
  const bundle = entry.bundles["sign-up"];
  const module = (file) => `<link rel="modulepreload" href="/embed/${file}" integrity="${files[file].integrity}">`;
  const isWidget = name.startsWith("widget");
  const head = isWidget
    ? `${style}
<link rel="preload" as="fetch" type="application/wasm" crossorigin="anonymous" href="/embed/${bundle.wasm}">
${module(entry.widgets)}
${module(bundle.glue)}
<script type="module" src="/embed/${entry.script}"></script>`
    : `${style}
<script type="module" src="/bench/${name.split("-")[0]}/page.js"></script>`;
  const answer = PAGES[name].answer
    ? `<script type="application/json" data-account-answer="sign-up" data-variables='{"country":"US"}'>${await firstAnswer(store, token)}</script>`
    : "";
  const body = isWidget
    ? `<account-sign-up token="${token}" country="US"></account-sign-up>`
    : `<div id="app" class="sfa" data-token="${token}"></div>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Create an account</title>
${head}</head><body><main><h1>Create an account</h1>${body}${answer}</main></body></html>`;
}

/** Serves the pages, with what they need of the store at `store`; gives the address. */
export async function serve(store) {
  const token = /token="([^"]+)"/.exec(await (await fetch(`${store}/login.php`)).text())[1];
  const made = new Map();
  for (const name of Object.keys(PAGES)) made.set(`/${name}`, ["text/html; charset=utf-8", "no-cache", compress(await html(store, name, token))]);
  for (const name of ["plain", "solid", "svelte", "react"]) {
    const script = await readFile(at(`dist/${name}/page.js`));
    made.set(`/bench/${name}/page.js`, ["text/javascript", "public, max-age=31536000, immutable", compress(script)]);
  }
  const server = createServer((asked, answer) => {
    const found = made.get(asked.url);
    if (found) {
      const [type, cache, body] = found;
      answer.writeHead(200, { "content-type": type, "cache-control": cache, "content-encoding": "br" });
      return answer.end(body);
    }
    const headers = { ...asked.headers, host: new URL(store).host };
    if (headers.origin) headers.origin = store;
    const passed = request(store + asked.url, { method: asked.method, headers }, (response) => {
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
