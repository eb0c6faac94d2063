// Whether what an element shows has room.

import { assert } from "./support.mjs";

/** Asserts that nothing of `root` makes the page wider than the window, and that no word of its buttons and labels is broken. */
export async function assertFits(root, what) {
  const { innerWidth, scrollWidth } = await root.evaluate(() => ({ innerWidth, scrollWidth: document.documentElement.scrollWidth }));
  assert.ok(scrollWidth <= innerWidth, `${what} is ${scrollWidth} wide`);
  const broken = await root.evaluate((root) => {
    const texts = Array.from(root.querySelectorAll("button, label, legend"), (node) => document.createTreeWalker(node, NodeFilter.SHOW_TEXT));
    const found = [];
    for (const walker of texts) {
      while (walker.nextNode()) {
        const node = walker.currentNode;
        // What is written without spaces may break anywhere, and a compound at its hyphen or slash.
        for (const { 0: word, index } of node.nodeValue.matchAll(/[\p{L}\p{M}’.]+/gu)) {
          if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word)) continue;
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          if (new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top))).size > 1) found.push(word);
        }
      }
    }
    return found;
  });
  assert.deepEqual(broken, [], `words of ${what} that are broken`);
}

/**
 * What can be seen in `root` and ends outside the window, except in a row that can be scrolled. What is in a line of text has the
 * space behind it in its box.
 */
export const outside = (root) =>
  root.evaluate((root) => {
    const { clientWidth } = document.documentElement;
    const isScrolled = (node) => node !== root && (/auto|scroll/.test(getComputedStyle(node).overflowX) || isScrolled(node.parentElement));
    const leavesWindow = (node) => {
      const { left, right, width } = node.getBoundingClientRect();
      return width > 1 && (left < -0.5 || right > clientWidth + 0.5);
    };
    const nodes = Array.from(root.querySelectorAll("*")).filter((node) => node.checkVisibility() && getComputedStyle(node).display !== "inline" && leavesWindow(node));
    return nodes.filter((node) => !isScrolled(node)).map((node) => `${node.localName}.${node.className}`);
  });
