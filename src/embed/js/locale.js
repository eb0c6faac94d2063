// Which of the files in locales/ a page's language takes.

/**
 * Of the languages `locales`, that of `language` in the same script, best of the same region; undefined where there is
 * none, and where `language` is no BCP 47 tag.
 */
export function localeOf(language = "en", locales) {
  try {
    const wanted = new Intl.Locale(language).maximize();
    const likely = locales.map((tag) => [tag, new Intl.Locale(tag).maximize()]);
    const same = likely.filter(([, known]) => known.language === wanted.language && known.script === wanted.script);
    const [locale] = same.find(([, known]) => known.region === wanted.region) ?? same[0] ?? [];
    return locale;
  } catch {
    return undefined;
  }
}
