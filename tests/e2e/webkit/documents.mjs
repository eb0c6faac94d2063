// Puts a script in front of all others in a document, or takes all scripts out of it, on the document's way through
// the proxy. The document's content security policy stays as it is but for the one script.

import { randomUUID } from "node:crypto";
import { valueOf, without } from "../proxy.mjs";

const POLICY = "content-security-policy";

export const isDocument = ({ headers }) => /^text\/html\b/i.test(valueOf(headers, "content-type") ?? "");

/** The policy that allows scripts with `nonce` too. Without a directive for scripts, the one for everything holds. */
function allowing(policy, nonce) {
  const directives = policy.split(";").map((directive) => directive.trim()).filter(Boolean);
  const find = (name) => directives.findIndex((directive) => directive.split(/\s/)[0].toLowerCase() === name);
  const place = ["script-src-elem", "script-src"].map(find).find((found) => found >= 0) ?? -1;
  if (place >= 0) directives[place] = `${directives[place].replace(/\s'none'/, "")} 'nonce-${nonce}'`;
  else if (find("default-src") >= 0) directives.push(`${directives[find("default-src")].replace("default-src", "script-src").replace(/\s'none'/, "")} 'nonce-${nonce}'`);
  return directives.join("; ");
}

/** The response with `script` as its first script. */
export function withScript(response, script) {
  const policy = valueOf(response.headers, POLICY);
  const nonce = /'nonce-([^']+)'/.exec(policy ?? "")?.[1] ?? randomUUID();
  const headers = without(response.headers, POLICY);
  if (policy) headers.push({ name: POLICY, value: policy.includes(`'nonce-${nonce}'`) ? policy : allowing(policy, nonce) });
  const code = `document.currentScript.remove();${script}`.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  const tag = `<script nonce="${nonce}">${code}</script>`;
  const html = response.body.toString();
  const place = /<head(\s[^>]*)?>/i.exec(html) ?? /<html(\s[^>]*)?>/i.exec(html) ?? /<!doctype[^>]*>/i.exec(html);
  const at = place ? place.index + place[0].length : 0;
  return { ...response, headers, body: Buffer.from(html.slice(0, at) + tag + html.slice(at)) };
}

/** The response as a browser without scripts shows it. */
export function withoutScripts(response) {
  const html = response.body
    .toString()
    .replaceAll(/<script\b[\s\S]*?<\/script>/gi, "")
    .replaceAll(/<link\b[^>]*\bas="?script[^>]*>|<link\b[^>]*\brel="?modulepreload[^>]*>/gi, "")
    .replaceAll(/<\/?noscript\b[^>]*>/gi, "")
    .replaceAll(/\son[a-z]+="[^"]*"/gi, "");
  return { ...response, body: Buffer.from(html) };
}
