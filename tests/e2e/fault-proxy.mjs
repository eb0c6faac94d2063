// The wire between the browser and the store, and what can go wrong on it. It stands before the real store and not in it, as a
// layer of the store's own server would: only the owner of a socket can reset it in mid-answer.

import { Agent, createServer, request as send } from "node:http";

/** Faults, by what they do to a request that they meet. */
export const WIRE = {
  /** None. */
  async pass({ forward, answer }) {
    const { status, headers, body } = await forward();
    answer(status, headers, body);
  },
  /** The request never reaches the store. */
  resetBefore: ({ socket }) => socket.resetAndDestroy(),
  /** The store has written, and its answer is lost. */
  async resetAfter({ socket, forward }) {
    await forward();
    socket.resetAndDestroy();
  },
  /** The connection breaks in the middle of the answer. */
  async halfBody({ socket, forward, response }) {
    const { status, headers, body } = await forward();
    response.writeHead(status, { ...headers, "content-length": body.length });
    response.write(body.subarray(0, body.length / 2), () => socket.resetAndDestroy());
  },
  /** Something between the two answers with a page of its own. */
  page: ({ answer }) => answer(200, { "content-type": "text/html" }, "<h1>Please wait</h1>"),
  status: (status, headers = () => ({})) => ({ answer }) => answer(status, { "content-type": "text/html", ...headers() }, `<h1>${status}</h1>`),
  /** The answer waits until `release` is called, and then is called something that it is not. */
  async held({ held, forward, answer }) {
    await held;
    const { status, headers, body } = await forward();
    answer(status, { ...headers, "content-type": "text/html" }, body);
  },
  /** No answer, for as long as the browser waits. */
  never: () => {},
};

/** A proxy before `proxy.target`. Requests that `proxy.fault.matches` meet that fault, `times` of them. */
export async function startProxy() {
  const agent = new Agent({ keepAlive: true });
  const proxy = { url: "", target: "", fault: undefined, close: () => server.close() };
  const server = createServer(async (request, response) => {
    const sent = Buffer.concat(await request.toArray());
    const forward = () => forwardTo(proxy.target, request, sent, agent);
    const answer = (status, headers, body) => response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
    const { fault } = proxy;
    const isMet = fault?.times > 0 && fault.matches.test(`${request.method} ${request.url} ${sent}`);
    const exchange = { socket: request.socket, response, forward, answer, held: undefined };
    if (isMet) {
      exchange.held = new Promise((resolve) => (fault.release = resolve));
      fault.times -= 1;
      fault.met += 1;
    }
    try {
      await (isMet ? fault.run : WIRE.pass)(exchange);
    } catch {
      // The store is gone.
      request.socket.destroy();
    }
  });
  // Longer than a test: a connection that the browser uses again is one of the cases.
  server.keepAliveTimeout = 120_000;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  server.unref();
  proxy.url = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  return proxy;
}

/** The store's answer to the request, whole. */
async function forwardTo(target, /** @type {import("node:http").IncomingMessage} */ { method, url, headers }, body, agent) {
  const answer = await new Promise((resolve, reject) => {
    send(new URL(url, target), { method, headers, agent }, resolve).on("error", reject).end(body);
  });
  const { "transfer-encoding": _, connection: __, ...rest } = answer.headers;
  return { status: answer.statusCode, headers: rest, body: Buffer.concat(await answer.toArray()) };
}
