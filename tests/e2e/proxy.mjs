// The proxy that all requests of a browser go through. It reads a request as a whole, asks `answer` what to do with
// it, and writes what that gives: a response, or nothing, which ends the connection as a broken network does.

import { once } from "node:events";
import http from "node:http";
import net from "node:net";

/** Headers about one connection, and those that no longer hold for a body that was read as a whole. */
const OF_THE_CONNECTION = new Set([
  "connection", "keep-alive", "proxy-connection", "transfer-encoding", "content-length", "content-encoding", "accept-encoding", "upgrade",
]);

/** `["Name", "value", …]` as `[{ name, value }, …]`. */
function pairs(raw) {
  const headers = [];
  for (let place = 0; place < raw.length; place += 2) headers.push({ name: raw[place].toLowerCase(), value: raw[place + 1] });
  return headers;
}

async function bodyOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export const valueOf = (headers, name) => headers.find((header) => header.name.toLowerCase() === name)?.value;

/** The headers without those in `names`. */
export const without = (headers, ...names) => headers.filter(({ name }) => !names.includes(name.toLowerCase()));

/** As Node takes them: a list where a name is there more than once. */
function grouped(headers) {
  const all = {};
  for (const { name, value } of headers) {
    if (!OF_THE_CONNECTION.has(name.toLowerCase())) (all[name] ??= []).push(value);
  }
  return all;
}

/** Asks the server that `url` names; the body comes as it is, without compression. */
export function forward({ url, method, headers, body }) {
  const { host } = new URL(url);
  const sent = { ...grouped(without(headers, "host")), host, "accept-encoding": "identity", connection: "close" };
  if (body.length) sent["content-length"] = body.length;
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers: sent, agent: false }, async (response) => {
      try {
        const { statusCode: status, statusMessage: statusText } = response;
        resolve({ status, statusText, headers: pairs(response.rawHeaders), body: await bodyOf(response) });
      } catch (error) {
        reject(error);
      }
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** Starts a proxy; gives its port, and `close`. */
export async function startProxy(answer) {
  const server = http.createServer(async (incoming, outgoing) => {
    const { method, url } = incoming;
    try {
      const isGone = new AbortController();
      outgoing.on("close", () => isGone.abort());
      const request = { method, url, headers: pairs(incoming.rawHeaders), body: await bodyOf(incoming), gone: isGone.signal };
      const response = await answer(request);
      if (!response) return void incoming.socket.destroy();
      // A connection of its own for each request: on one that was used before, WebKit would ask again after a failure.
      const headers = { ...grouped(response.headers), "content-length": response.body.length, connection: "close" };
      outgoing.writeHead(response.status, response.statusText, headers);
      outgoing.end(method === "HEAD" ? undefined : response.body);
    } catch (error) {
      if (process.env.DEBUG_WEBKIT) console.error(method, url, error);
      incoming.socket.destroy();
    }
  });
  server.keepAliveTimeout = 0;
  // What a journey asks by itself, past the page, comes so: Playwright's own client has a tunnel for each request.
  server.on("connect", ({ url }, socket) => {
    const { hostname, port } = new URL(`http://${url}`);
    const tunnel = net.connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      tunnel.pipe(socket).pipe(tunnel);
    });
    const end = () => {
      tunnel.destroy();
      socket.destroy();
    };
    for (const side of [tunnel, socket]) side.on("error", end);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: /** @type {import("node:net").AddressInfo} */ (server.address()).port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
