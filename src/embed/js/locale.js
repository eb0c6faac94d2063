// Which of the files in locales/ a page's language takes.

/** Language, script and region of a tag, what it leaves out as CLDR has it: `zh-Hans-CN` of `zh`. */
const likely = (tag) => new Intl.Locale(tag).maximize().baseName;

const withoutRegion = (tag) => /^\w+-\w+/.exec(likely(tag))[0];

/**
 * Of the tags `locales`, the one of `language` in the same script, best of the same region; undefined where there is
 * none. Throws where `language` is no BCP 47 tag.
 */
export const localeOf = (language, locales) =>
  locales.find((tag) => likely(tag) === likely(language)) ?? locales.find((tag) => withoutRegion(tag) === withoutRegion(language));
