// The browser's Intl, made safe: a language tag or region that it does not take yields undefined.
const attempt = (read) => {
  try {
    return read() ?? undefined;
  } catch {
    return undefined;
  }
};

export const pluralCategory = (language, count) =>
  attempt(() => new Intl.PluralRules(language).select(count));

export const number = (language, value) =>
  attempt(() => new Intl.NumberFormat(language, { maximumFractionDigits: 20 }).format(value)) ??
  plainNumber(value);

/** A number as it is typed into a field. */
export const plainNumber = (value) => String(value);

export const date = (language, day) =>
  attempt(() =>
    new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day)),
  );

export const region = (language, code) =>
  attempt(() => new Intl.DisplayNames(language, { type: "region", fallback: "none" }).of(code));

/** The places of `texts` in the order in which the language sorts them. */
export const order = (language, texts) => {
  const compare = attempt(() => new Intl.Collator(language).compare);
  return texts.map((_, index) => index).sort((a, b) => compare?.(texts[a], texts[b]) ?? a - b);
};
