// What the search looks through. Thousands of texts are folded and searched by the browser's own
// code, and stay on this side.

/** Letters that Unicode does not take apart into a base and a mark. */
const WHOLE = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i", þ: "th", ð: "d" };

/** `text` without case and accents. */
const fold = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøđłıþð]/g, (letter) => WHOLE[letter]);

export class Index {
  constructor() {
    this.texts = [];
  }

  put(key, text) {
    this.texts[key] = fold(text);
  }

  /** The keys of the texts that have every word of `query`. */
  find(query) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    const found = [];
    this.texts.forEach((text, key) => {
      if (words.every((word) => text.includes(word))) found.push(key);
    });
    return Uint32Array.from(found);
  }
}
