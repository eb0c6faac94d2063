// Other people's style sheets, and what must hold for every element under each of them.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { ROOT } from "./support.mjs";

const NODE_MODULES = path.join(ROOT, "node_modules");

/** A ground as dark themes have it, without `color-scheme`. */
const DARK = "body { background: #14161a; color: #e8e8ea }";

/** Style sheets of npm packages, with rules of the page's own. `light` and `dark` say what makes the page so. */
export const HOSTS = {
  plain: { files: [], dark: { css: DARK } },
  bootstrap: { files: ["bootstrap/dist/css/bootstrap.min.css"], dark: { attributes: { "data-bs-theme": "dark" } } },
  pico: { files: ["@picocss/pico/css/pico.min.css"], light: { attributes: { "data-theme": "light" } }, dark: { attributes: { "data-theme": "dark" } } },
  bulma: { files: ["bulma/css/bulma.min.css"], light: { attributes: { "data-theme": "light" } }, dark: { attributes: { "data-theme": "dark" } } },
  tailwind: { files: ["tailwindcss/preflight.css"], dark: { css: DARK } },
  foundation: { files: ["foundation-sites/css/normalize.css", "foundation-sites/css/foundation.min.css"], dark: { css: DARK } },
  materialize: { files: ["materialize-css/dist/css/materialize.min.css"], dark: { css: DARK } },
  normalize: { files: ["normalize.css/normalize.css"], css: "input { font: inherit; color: inherit }", dark: { css: DARK } },
  unset: {
    files: [],
    css: `* { all: unset } head, style, script, link, title, meta, [hidden] { display: none }
      html, body, div, main, header, nav, section, article, form, fieldset, p, ul, ol, dl, dt, dd, h1, h2, h3, legend, label { display: block } li { display: list-item }`,
    dark: { css: DARK },
  },
  "root-62.5%": { files: [], css: "html { font-size: 62.5% } body { font-size: 1.6rem }", dark: { css: `${DARK} body { color-scheme: dark }` } },
};

/** The sheet of a host, as one text. */
export async function styleOf({ files, css = "" }) {
  const sheets = await Promise.all(files.map((file) => readFile(path.join(NODE_MODULES, file), "utf8")));
  // No font or picture of theirs is fetched.
  return [...sheets, css].join("\n").replaceAll(/@charset[^;]*;/g, "").replaceAll(/url\((?!["']?data:)[^)]*\)/g, "none");
}

/** Puts the page into a host: its sheet before ours, or behind it. */
export async function dress(page, { sheet, host, scheme, isBehind }) {
  const look = { attributes: {}, css: "", ...host[scheme] };
  await page.evaluate(
    ({ css, attributes, isBehind }) => {
      document.querySelector("#host")?.remove();
      document.querySelector("link[href$='specimen.css']")?.remove();
      const root = document.documentElement;
      for (const name of ["data-bs-theme", "data-theme"]) root.removeAttribute(name);
      for (const [name, value] of Object.entries(attributes)) root.setAttribute(name, value);
      const style = Object.assign(document.createElement("style"), { id: "host", textContent: css });
      document.head[isBehind ? "append" : "prepend"](style);
    },
    { css: `${sheet}\nmain { display: block; margin: 0 auto; max-width: 60rem; padding: 16px }\n${look.css ?? ""}`, attributes: look.attributes ?? {}, isBehind },
  );
}

/** What is wrong with the look of the elements on the page: sentences, each with a part. Runs in the page. */
export function faults() {
  const FLOATING = ".sfa-suggestions, .sfa-toast, .sfa-form > .sfa-status, .sfa-addresses-more, .sfa-consent, dialog";
  const found = [];
  const isSeen = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !node.closest(".sfa-hidden, .sfa-alt-text, .sfa-addresses-beyond");
  const all = (selector) => Array.from(document.querySelectorAll(selector)).filter(isSeen);
  const name = (node) => `${node.localName}.${node.className || node.type || ""} “${(node.textContent || node.name || "").trim().slice(0, 30)}”`;
  const wrong = (node, words) => found.push(`${name(node)}: ${words}`);

  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  /** The colours painted over each other, as the screen shows them. */
  const over = (...colors) => {
    paint.clearRect(0, 0, 1, 1);
    for (const color of colors) {
      paint.fillStyle = color;
      paint.fillRect(0, 0, 1, 1);
    }
    return Array.from(paint.getImageData(0, 0, 1, 1).data).slice(0, 3);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  /** What is behind a node: the grounds of all around it. */
  const groundsAround = (node) => {
    const grounds = [];
    for (let around = node; around; around = around.parentElement) grounds.unshift(getComputedStyle(around).backgroundColor);
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches && /dark/.test(getComputedStyle(document.documentElement).colorScheme);
    return [isDark ? "#121212" : "#fff", ...grounds];
  };
  const ground = (node) => groundsAround(node.parentElement);

  for (const button of all(".sfa button, .sfa .sfa-link-button")) {
    const style = getComputedStyle(button);
    const box = button.getBoundingClientRect();
    const isEye = button.matches(".sfa-password-toggle, .sfa-dialog-close");
    // The eye lies on the control beside it.
    const ground = (node) => (button.matches(".sfa-password-toggle") ? [...groundsAround(node.parentElement), getComputedStyle(node.parentElement.querySelector("input")).backgroundColor] : groundsAround(node.parentElement));
    const around = over(...ground(button));
    const own = over(...ground(button), style.backgroundColor);
    const text = over(...ground(button), style.backgroundColor, style.color);
    const hasGround = contrast(own, around) >= 3;
    const hasBorder = parseFloat(style.borderTopWidth) >= 1 && contrast(over(...ground(button), style.borderTopColor), around) >= 3;
    const hasUnderline = style.textDecorationLine.includes("underline") && contrast(text, own) >= 3;
    if (!isEye && !hasGround && !hasBorder && !hasUnderline) wrong(button, "neither box nor underline stands out");
    if (contrast(text, own) < (isEye ? 3 : 4.5) && style.color !== "rgba(0, 0, 0, 0)") wrong(button, `contrast of the words ${contrast(text, own).toFixed(2)}`);
    if (box.height < 24 || box.width < 24) wrong(button, `too small: ${box.width} × ${box.height}`);
  }
  for (const control of all(".sfa input, .sfa select, .sfa textarea")) {
    const style = getComputedStyle(control);
    const box = control.getBoundingClientRect();
    if (control.matches("[role=switch]")) {
      if (box.height < 24 || box.width < 24) wrong(control, "switch too small");
      continue;
    }
    if (control.matches("[type=checkbox], [type=radio]")) {
      if (style.appearance !== "auto" || style.opacity !== "1" || box.width < 24 || box.left < 0) wrong(control, "cannot be seen as a box");
      continue;
    }
    const around = over(...ground(control));
    const border = over(...ground(control), style.borderTopColor);
    for (const side of ["Top", "Right", "Bottom", "Left"]) {
      if (parseFloat(style[`border${side}Width`]) < 1) wrong(control, `no border at its ${side}`);
    }
    const own = over(...ground(control), style.backgroundColor);
    if (contrast(border, around) < 3 && contrast(own, around) < 3) wrong(control, `border of ${contrast(border, around).toFixed(2)}`);
    if (contrast(over(...ground(control), style.backgroundColor, style.color), own) < 4.5) wrong(control, "what is typed cannot be read");
    if (parseFloat(style.fontSize) < 16) wrong(control, `letters of ${style.fontSize}`);
    if (box.height < 44) wrong(control, `${box.height} high`);
  }
  for (const error of all(".sfa .sfa-error:not(:empty)")) {
    const around = over(...ground(error));
    const color = over(...ground(error), getComputedStyle(error).color);
    if (contrast(color, around) < 4.5) wrong(error, `contrast ${contrast(color, around).toFixed(2)}`);
    const [red, green, blue] = color;
    if (red < Math.max(green, blue) + 30) wrong(error, `is not red: ${color}`);
  }
  const text = all(".sfa .sfa-text, .sfa .sfa-label, .sfa label")[0];
  for (const title of all(".sfa h2")) {
    const size = (node) => parseFloat(getComputedStyle(node).fontSize);
    if (text && size(title) < size(text) * 1.1) wrong(title, `as small as text: ${size(title)}`);
  }
  const edges = (document.querySelector("#stage") ?? document.body).getBoundingClientRect();
  for (const node of all(".sfa *")) {
    if (node.closest("dialog, .sfa-consent, .sfa-navigation-list, .sfa-captcha, option, br")) continue;
    const box = node.getBoundingClientRect();
    if (box.width && (box.right > edges.right + 1 || box.left < edges.left - 9)) wrong(node, `wider than its column: ${box.left} to ${box.right} of ${edges.left} to ${edges.right}`);
  }
  for (const dialog of all(".sfa dialog")) {
    const box = dialog.getBoundingClientRect();
    if (box.left < 0 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1) wrong(dialog, "does not fit into the window");
    if (dialog.scrollWidth > dialog.clientWidth + 1) wrong(dialog, "scrolls sideways");
  }
  for (const list of all(".sfa ul")) {
    const style = getComputedStyle(list);
    if (style.listStyleType !== "none" && parseFloat(style.paddingInlineStart) < 14) wrong(list, "markers outside");
    if (style.listStyleType === "none" && list.matches(".sfa-list")) wrong(list, "no markers");
  }
  for (const item of all(".sfa .sfa-checklist-item")) {
    if (parseFloat(getComputedStyle(item).paddingInlineStart) < 14) wrong(item, "its mark lies on its words");
  }
  for (const fields of all(".sfa .sfa-fields")) {
    const rows = Array.from(fields.querySelectorAll(".sfa-field")).filter(isSeen).map((field) => field.getBoundingClientRect());
    rows.sort((a, b) => a.top - b.top);
    const gaps = [];
    for (const row of rows) {
      const above = rows.filter((other) => other.bottom <= row.top + 1);
      if (above.length) gaps.push(row.top - Math.max(...above.map((other) => other.bottom)));
    }
    if (gaps.some((gap) => gap < 12)) found.push(`gaps between fields: ${gaps.map(Math.round)}`);
  }
  const things = all(".sfa label, .sfa legend, .sfa input, .sfa select, .sfa textarea, .sfa button, .sfa a, .sfa p, .sfa h2, .sfa li").filter((node) => node.getBoundingClientRect().width > 2);
  // Of text that runs over several lines, one for each.
  const boxes = new Map(things.map((node) => [node, Array.from(node.getClientRects())]));
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  for (const [place, one] of things.entries()) {
    for (const other of things.slice(place + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      if (one.parentElement?.matches(".sfa-password") && one.parentElement === other.parentElement) continue;
      // What is fixed or sticks to the window is meant to lie over the rest.
      if (one.closest(FLOATING) !== other.closest(FLOATING)) continue;
      if (one.closest(".sfa-consent-buttons") || other.closest(".sfa-consent-buttons")) continue;
      if (boxes.get(one).some((a) => boxes.get(other).some((b) => overlap(a, b)))) wrong(one, `lies over ${name(other)}`);
    }
  }
  return found;
}
