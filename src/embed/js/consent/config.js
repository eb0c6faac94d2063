// What a theme configures of consent.

import { NO_TOKEN, isOwn } from "../page.js";
import { CATEGORIES } from "./reducer.js";

/** By these numbers the storefront's endpoint knows the categories, unless the theme says otherwise. */
const NUMBERS = "functional=2 analytics=1 targeting=3";

/** Shortest life of a decision, whether it grants or denies, in days. */
const DAYS = 182;

export const words = (text) => String(text).match(/[^\s,]+/g) ?? [];

/** FNV-1a, in hexadecimal digits. It tells wordings apart; it protects nothing. */
function hash(text) {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0), 0x01000193);
  return (value >>> 0).toString(16);
}

/**
 * Checks the configuration of an element and fills in what is left out. A decision holds for one
 * `revision`: for these categories in this wording. Throws what is wrong, as text or as the URL's own error.
 */
export function parseConfig(config) {
  const categories = words(config.categories ?? CATEGORIES);
  if (!categories.every((category) => CATEGORIES.includes(category))) throw `categories must be of ${CATEGORIES}`;
  const numbers = Object.fromEntries(words(config.numbers ?? NUMBERS).map((pair) => pair.split("=")));
  const whole = CATEGORIES.map((category) => numbers[category]).filter((number) => number > 0 && number % 1 === 0);
  if (new Set(whole).size < 3) throw `numbers must be like "${NUMBERS}"`;
  const days = config.days ?? DAYS;
  if (!(days >= DAYS)) throw `days must be ${DAYS} or more`;
  if (!config.token) throw NO_TOKEN;
  if (!isOwn(config)) throw "attribute endpoint leads to another origin";
  const revision = hash([[...categories].sort(), config["text-id"], config["policy-id"]].join());
  return { ...config, categories, numbers, days, revision };
}
