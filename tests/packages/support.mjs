// What the tests of the npm package stand on: the packed tarball, copies of the examples with it installed, and a server for their files.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { createServer, request as httpRequest } from "node:http";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createServer as createNetServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../e2e/support.mjs";

export const TARBALL = path.join(ROOT, "dist/storefront-account.tgz");

const execute = promisify(execFile);

/** Runs a command, in words or as one text, in `folder`; fails with what it said. */
export async function run(folder, command, env = {}) {
  const { code, stdout, output } = await outcome(folder, command, env);
  assert.equal(code, 0, `${command}: ${output}`);
  return stdout;
}

/** Runs a command that is to fail; gives its exit code and what it said. */
export const failure = (folder, command) => outcome(folder, command, {});

async function outcome(folder, command, env) {
  const [program, ...args] = Array.isArray(command) ? command : command.split(" ");
  const options = { cwd: folder, env: { ...process.env, ...env }, maxBuffer: 1 << 26 };
  const done = await execute(program, args, options).catch((error) => error);
  const { code = 0, stdout, stderr } = done;
  return { code, stdout, output: `${stdout}\n${stderr}` };
}

/** A folder outside the repository, laid out as the repository is: `dist/` with the tarball, `examples/`. */
export async function workplace() {
  assert.ok(existsSync(TARBALL), `there is no ${TARBALL}; run: cargo xtask package`);
  const folder = await mkdtemp(path.join(tmpdir(), "storefront-packages-"));
  await mkdir(path.join(folder, "dist"));
  await cp(TARBALL, path.join(folder, "dist", path.basename(TARBALL)));
  const copies = new Map();
  const built = /\/(node_modules|dist|public)(\/|$)/;
  async function copy(name) {
    const [from, to] = [path.join(ROOT, "examples", name), path.join(folder, "examples", name)];
    await cp(from, to, { recursive: true, filter: (file) => !built.test(file.slice(from.length)) });
    await run(to, "npm ci --no-audit --no-fund --prefer-offline");
    return to;
  }
  return {
    folder,
    /** The copy of the example of this name, with its packages. */
    example(name) {
      if (!copies.has(name)) copies.set(name, copy(name));
      return copies.get(name);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A port that nobody listens on. */
export async function freePort() {
  const server = createNetServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a server by a command in `folder`, and waits until it answers; `PORT` in the command is its port. */
export async function start(folder, command, env = {}) {
  const port = await freePort();
  const [program, ...args] = command.replace("PORT", port).split(" ");
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...env, PORT: port }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const url = `http://127.0.0.1:${port}`;
  const end = Date.now() + 60_000;
  while (!(await fetch(url).then((response) => response.ok, () => false))) {
    assert.ok(child.exitCode === null && Date.now() < end, `${command} does not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, stop: () => child.kill("SIGKILL") };
}

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/**
 * Serves the files of `folder`, with `headers`, and passes what is not there on to the store, as a shop's own server does; without a
 * store, as a CDN, nothing else is there.
 */
export async function serve(folder, store, headers = {}) {
  const server = createServer(async (incoming, outgoing) => {
    const { pathname } = new URL(incoming.url, "http://localhost");
    const file = path.join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    try {
      const bytes = await readFile(file);
      outgoing.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream", ...headers }).end(bytes);
    } catch {
      if (!store) return outgoing.writeHead(404).end();
      const { method, headers } = incoming;
      const own = { ...headers, host: new URL(store).host, ...(headers.origin && { origin: store }) };
      const passed = httpRequest(new URL(incoming.url, store), { method, headers: own }, (answer) => {
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      });
      passed.on("error", () => outgoing.destroy());
      incoming.pipe(passed);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
