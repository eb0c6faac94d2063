// Processes: for each context an X screen, and a WebKitWebDriver with its MiniBrowser. Each can be started and
// ended; none outlives the process group of `browser.mjs`, which Playwright ends as a whole.
// The protocol is JSON over HTTP; a library for it weighs more than `Session.send`.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../free-port.mjs";

/** Where Debian and Ubuntu put it; `MINI_BROWSER` names another place. */
export const MINI_BROWSER =
  process.env.MINI_BROWSER ?? `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;

/** Longest wait for a process to be ready. */
const START = 20_000;

/** Larger than any window of the journeys. */
const SIZE = "1600x3200x24";

/** Lets a window be as narrow as a page asks: MiniBrowser's toolbar would keep it from it. */
const NARROW = "* { min-width: 0; min-height: 0; margin: 0; padding: 0; border-width: 0; font-size: 1px }\n";

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const isInstalled = (program) => (process.env.PATH ?? "").split(":").some((folder) => existsSync(path.join(folder, program)));

/** An X server of its own. Without a window manager, the focus goes where `focus` puts it. */
export class Screen {
  display = "";
  #server;
  #windows = new Set();

  static async open() {
    const screen = new Screen();
    screen.#server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", SIZE, "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    const [line] = await once(screen.#server.stdio[3], "data", { signal: AbortSignal.timeout(START) });
    screen.display = `:${String(line).trim()}`;
    return screen;
  }

  async #xdotool(...args) {
    const child = spawn("xdotool", args, { env: { ...process.env, DISPLAY: this.display }, stdio: ["ignore", "pipe", "ignore"] });
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk));
    await once(child, "close");
    return said.split("\n").filter(Boolean);
  }

  /** The window that has come since this was asked last. */
  async newWindow() {
    for (const end = Date.now() + START; Date.now() < end; await pause(20)) {
      const windows = await this.#xdotool("search", "--onlyvisible", "--class", "MiniBrowser");
      const found = windows.find((window) => !this.#windows.has(window));
      this.#windows = new Set(windows);
      if (found) return found;
    }
    throw new Error("MiniBrowser opened no window");
  }

  async focus(window) {
    await this.#xdotool("windowfocus", window);
  }

  close() {
    this.#server.kill("SIGKILL");
  }
}

/**
 * The locale as the C library has it, and where that is: a browser takes its languages, the order of a date's parts
 * and the words of its own messages from it. Builds the locale where the machine does not have it.
 */
async function localeEnvironment(locale) {
  const name = `${locale.replace("-", "_")}.UTF-8`;
  const installed = spawnSync("locale", ["-a"], { encoding: "utf8" }).stdout ?? "";
  if (installed.toLowerCase().includes(name.toLowerCase().replace("utf-8", "utf8"))) return { LC_ALL: name, LANGUAGE: "" };
  const folder = path.join(tmpdir(), "storefront-e2e-locales");
  if (!existsSync(path.join(folder, name))) {
    await mkdir(folder, { recursive: true });
    const { status } = spawnSync("localedef", ["-i", locale.replace("-", "_"), "-f", "UTF-8", path.join(folder, name)]);
    if (status !== 0) throw new Error(`the machine has no locale ${name}, nor what makes it; run: apt-get install locales`);
  }
  return { LC_ALL: name, LANGUAGE: "", LOCPATH: folder };
}

async function environment({ locale = "en-US", timezone, isDark, isReducedMotion, display, home }) {
  const config = path.join(home, "config");
  await mkdir(path.join(config, "gtk-3.0"), { recursive: true });
  await writeFile(path.join(config, "gtk-3.0/settings.ini"), `[Settings]\ngtk-enable-animations=${isReducedMotion ? 0 : 1}\n`);
  await writeFile(path.join(config, "gtk-3.0/gtk.css"), NARROW);
  return {
    ...process.env,
    ...(await localeEnvironment(locale)),
    ...(timezone ? { TZ: timezone } : {}),
    ...(isDark ? { GTK_THEME: "Adwaita:dark" } : {}),
    DISPLAY: display,
    HOME: home,
    XDG_CONFIG_HOME: config,
    XDG_CACHE_HOME: path.join(home, "cache"),
    XDG_DATA_HOME: path.join(home, "data"),
    GSETTINGS_BACKEND: "memory",
    NO_AT_BRIDGE: "1",
    // There is no graphics card.
    LIBGL_ALWAYS_SOFTWARE: "1",
  };
}

/** What WebDriver answered in place of a value. */
export class DriverError extends Error {
  constructor({ error, message }) {
    super(`${error}: ${message}`);
    this.code = error;
  }
}

/** One browser, driven by WebDriver. */
export class Session {
  #agent = new http.Agent({ keepAlive: true });
  #child;
  #home;
  #id;
  #port;
  #window;
  #last = Promise.resolve();

  /** Starts a browser that sends all requests to `proxy`, a port, and that looks as `options` say. */
  static async open(/** @type {any} */ { display, proxy, ...options }) {
    const session = new Session();
    session.#home = await mkdtemp(path.join(tmpdir(), "storefront-webkit-"));
    session.#port = await freePort();
    const env = await environment({ ...options, display, home: session.#home });
    const stdio = process.env.DEBUG_WEBKIT ? "inherit" : "ignore";
    session.#child = spawn("WebKitWebDriver", [`--port=${session.#port}`], { env, stdio });
    for (const end = Date.now() + START; ; await pause(20)) {
      const isUp = await session.#send("GET", "/status").then(() => true, () => false);
      if (isUp) break;
      if (Date.now() > end) throw new Error("WebKitWebDriver does not start");
    }
    const { sessionId } = await session.#send("POST", "/session", {
      capabilities: {
        alwaysMatch: {
          pageLoadStrategy: "none",
          unhandledPromptBehavior: "dismiss",
          proxy: { proxyType: "manual", httpProxy: `127.0.0.1:${proxy}`, sslProxy: `127.0.0.1:${proxy}` },
          "webkitgtk:browserOptions": { binary: MINI_BROWSER, args: ["--automation", "--enable-page-cache=false"] },
        },
      },
    });
    session.#id = sessionId;
    return session;
  }

  #send(method, at, body) {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? "" : JSON.stringify(body);
      const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
      const request = http.request({ host: "127.0.0.1", port: this.#port, method, path: at, headers, agent: this.#agent }, async (response) => {
        let said = "";
        response.setEncoding("utf8");
        for await (const chunk of response) said += chunk;
        const { value } = JSON.parse(said);
        if (value?.error) reject(new DriverError(value));
        else resolve(value);
      });
      request.on("error", reject);
      request.end(text);
    });
  }

  /** Sends a command to `window`. One after the other: WebDriver has one current window. */
  command(window, method, at, body) {
    const run = async () => {
      if (window && window !== this.#window) {
        await this.#send("POST", `/session/${this.#id}/window`, { handle: window });
        this.#window = window;
      }
      return this.#send(method, `/session/${this.#id}${at}`, body);
    };
    const done = this.#last.then(run, run);
    this.#last = done.catch(() => {});
    return done;
  }

  async close() {
    await Promise.race([this.#send("DELETE", `/session/${this.#id}`), pause(2_000)]).catch(() => {});
    this.#child.kill("SIGKILL");
    this.#agent.destroy();
    await rm(this.#home, { recursive: true, force: true, maxRetries: 3 });
  }
}
