/** Words for people, in the language of the page. English is the key; a page of another language brings its catalogue first. */

/** @type {Record<string, string | string[]>} */
let catalogue = {};

/** Use these translations from now on. @param {Record<string, string | string[]>} translations English: translation, or [one, many] */
export function speak(translations) {
  catalogue = translations;
}

/** The words in the page's language, with `%(name)s` filled in. @param {string} words @param {Record<string, string | number>} [values] */
export function _(words, values = {}) {
  const said = catalogue[words] ?? words;
  return fill(typeof said === 'string' ? said : said[0], values);
}

/** One or many, by the language's own rule for `n`. @param {string} one @param {string} many @param {number} n @param {Record<string, string | number>} [values] `num` is always there */
export function ngettext(one, many, n, values = {}) {
  const said = catalogue[one];
  const [first, other] = Array.isArray(said) ? said : [one, many];
  const rule = new Intl.PluralRules(language()).select(n);
  return fill(rule === 'one' ? first : other, {num: n, ...values});
}

/** Mon, day and year of a date without a clock. @param {string} day YYYY-MM-DD @param {{year?: boolean}} [with_] */
export function dayWords(day, {year = false} = {}) {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(language(), {
    timeZone: 'UTC', weekday: 'long', month: 'long', day: 'numeric', ...(year ? {year: 'numeric'} : {}),
  }).format(date);
}

function language() {
  return document.documentElement.lang === 'en' ? 'en-US' : document.documentElement.lang;
}

/** @param {string} words @param {Record<string, string | number>} values */
function fill(words, values) {
  return words.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
