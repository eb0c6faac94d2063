// A storefront that is a server: it renders pages with the elements, and asks the store in the shoppers' names. Their tokens stay here
// and in a cookie that no script can read; docs/headless.md has the tokens.

import { readFile } from "node:fs/promises";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import { renderToString } from "react-dom/server";
import type {} from "storefront-account/react";
import { graphql } from "./graphql";
import { Page, type PageData } from "./pages";

const PUBLIC = fileURLToPath(new URL("./public", import.meta.url));
const tags = await readFile(new URL("./tags.html", import.meta.url), "utf8");
const query = await readFile(new URL(import.meta.resolve("storefront-account/queries/sign-up.graphql")), "utf8");

const TYPES: Record<string, string> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** JSON that no script ends within. */
const inScript = (value: unknown) => JSON.stringify(value).replaceAll("<", "\\u003c");

async function page(path: string): Promise<string> {
  const data: PageData = { path };
  if (path === "/") {
    const { body } = await graphql({ query, variables: { country: "US" } });
    data.answer = inScript(body);
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Server</title>
<link rel="icon" href="data:,">
${tags}<script type="application/json" id="page-data">${inScript(data)}</script>
<script type="module" src="/client.js"></script>
</head>
<body>
<div id="app">${renderToString(<Page {...data} />)}</div>
</body>
</html>
`;
}

async function file(path: string, response: ServerResponse) {
  const name = join(PUBLIC, normalize(path));
  const type = TYPES[extname(name)];
  try {
    if (!type || !name.startsWith(PUBLIC)) throw new Error("not a file of ours");
    const bytes = await readFile(name);
    response.writeHead(200, { "content-type": type }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

const COOKIE = "customer_token";

function tokenIn(request: IncomingMessage) {
  const pairs = (request.headers.cookie ?? "").split("; ").map((pair) => pair.split("="));
  return pairs.find(([name]) => name === COOKIE)?.[1];
}

/** Passes a query of the page on, with the server's token and the shopper's. */
async function proxy(request: IncomingMessage, response: ServerResponse) {
  // Only pages of this server: the cookie is the shopper's.
  if (request.method !== "POST" || request.headers["sec-fetch-site"] !== "same-origin") return response.writeHead(403).end();
  const { status, body, session } = await graphql(JSON.parse(await text(request)), tokenIn(request));
  if (session !== undefined) {
    const { value, expires } = session ?? { value: "", expires: new Date(0) };
    const cookie = `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Expires=${expires.toUTCString()}`;
    response.setHeader("set-cookie", process.env.HTTPS ? `${cookie}; Secure` : cookie);
  }
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  try {
    if (pathname === "/graphql") await proxy(request, response);
    else if (pathname === "/" || pathname === "/account") {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(await page(pathname));
    } else await file(pathname, response);
  } catch (error) {
    console.error(error);
    if (!response.headersSent) response.writeHead(502);
    response.end();
  }
});

server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => console.log("listening"));
