#!/usr/bin/env node
// WebKitGTK, as a program that Playwright can start: it takes the commands that Playwright has for its own Firefox
// ("Juggler": JSON over the pipes 3 and 4, a zero byte after each message) and carries them out by WebDriver and
// by a proxy. A command that WebKitGTK cannot carry out is answered with an error that says so.

import { createReadStream, createWriteStream } from "node:fs";
import { Context } from "./context.mjs";

const output = createWriteStream("", { fd: 4 });
const contexts = new Map();
let number = 0;

/** Sends a message; `sessionId` names the page that it is from. */
function send(message) {
  output.write(`${JSON.stringify(message)}\0`);
}

const ofContext = (name) => ({ browserContextId, ...params }) => contexts.get(browserContextId)[name](params);

/** Commands of the browser itself; those of a page are in `page.mjs`. */
const COMMANDS = {
  "Browser.enable": () => ({}),
  "Browser.getInfo": () => ({ version: "WebKitGTK/2", userAgent: "WebKitGTK" }),
  "Browser.createBrowserContext": () => {
    const browserContextId = `context-${++number}`;
    contexts.set(browserContextId, new Context(browserContextId, send));
    return { browserContextId };
  },
  "Browser.removeBrowserContext": async ({ browserContextId }) => {
    await contexts.get(browserContextId).close();
    contexts.delete(browserContextId);
  },
  "Browser.newPage": ofContext("newPage"),
  "Browser.setDefaultViewport": ofContext("setDefaultViewport"),
  "Browser.setInitScripts": ofContext("setInitScripts"),
  "Browser.addBinding": ofContext("addBinding"),
  "Browser.setRequestInterception": ofContext("setRequestInterception"),
  "Browser.setExtraHTTPHeaders": ofContext("setExtraHTTPHeaders"),
  "Browser.setOnlineOverride": ofContext("setOnlineOverride"),
  "Browser.setLocaleOverride": ofContext("setLocaleOverride"),
  "Browser.setTimezoneOverride": ofContext("setTimezoneOverride"),
  "Browser.setColorScheme": ofContext("setColorScheme"),
  "Browser.setReducedMotion": ofContext("setReducedMotion"),
  "Browser.setForcedColors": ofContext("setForcedColors"),
  "Browser.setContrast": ofContext("setContrast"),
  "Browser.setJavaScriptDisabled": ofContext("setJavaScriptDisabled"),
  "Browser.getCookies": ofContext("getCookies"),
  "Browser.setCookies": ofContext("setCookies"),
  "Browser.clearCookies": ofContext("clearCookies"),
  // Nothing is kept in a cache, and nothing is downloaded.
  "Browser.setCacheDisabled": () => ({}),
  "Browser.setDownloadOptions": () => ({}),
};

async function carryOut({ method, params, sessionId }) {
  if (method === "Browser.close") return end();
  if (!sessionId) {
    if (!COMMANDS[method]) throw new Error(`WebKitGTK: ${method} is not supported`);
    return COMMANDS[method](params);
  }
  for (const context of contexts.values()) {
    const page = context.pages.get(sessionId);
    if (page) return page.carryOut(method, params);
  }
  throw new Error(`there is no page ${sessionId}`);
}

async function receive(message) {
  const { id, sessionId } = message;
  try {
    send({ id, sessionId, result: (await carryOut(message)) ?? {} });
  } catch (error) {
    if (process.env.DEBUG_WEBKIT) console.error(message.method, error);
    send({ id, sessionId, error: { message: error.message } });
  }
}

/** Ends every process that was started, and this one. */
async function end() {
  await Promise.allSettled(Array.from(contexts.values(), (context) => context.close()));
  process.exit();
}

process.on("SIGTERM", end);
process.on("SIGINT", end);

let rest = "";
const input = createReadStream("", { fd: 3, encoding: "utf8" });
input.on("data", (chunk) => {
  const messages = (rest + chunk).split("\0");
  rest = messages.pop();
  for (const message of messages) void receive(JSON.parse(message));
});
// Playwright is gone.
input.on("close", end);

console.log("Juggler listening to the pipe");
