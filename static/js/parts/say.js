/**
 * Words for people, in the language of the page. English is the key; a page of another language fetches its catalogue, the
 * same bytes for everyone. Whatever imports this waits for it, so that words of a module's constants are translated as well.
 */

/** @typedef {string | Record<string, string>} Said a translation, or one by each category of Intl.PluralRules */

/** @type {Record<string, Said>} */
let catalogue = {};

/** Use these translations from now on. @param {Record<string, Said>} translations by the English, of two the first */
export function speak(translations) {
  catalogue = translations;
}

/** The words in the page's language, with `%(name)s` filled in. @param {string} words @param {Record<string, string | number>} [values] */
export function _(words, values = {}) {
  const said = catalogue[words] ?? words;
  return fill(typeof said === 'string' ? said : said.other, values);
}

/** Words that another line gives to `_`, marked so that translators get them. @param {string} words */
export const N_ = (words) => words;

/** One or many, by the language's own rule for `n`. @param {string} one @param {string} many @param {number} n @param {Record<string, string | number>} [values] `num` is always there */
export function ngettext(one, many, n, values = {}) {
  const said = catalogue[one];
  const forms = typeof said === 'object' ? said : { one, other: many };
  return fill(forms[new Intl.PluralRules(locale()).select(n)] ?? forms.other, { num: n, ...values });
}

/** A number as people write it. @param {number} n */
export function count(n) {
  return new Intl.NumberFormat(locale()).format(n);
}

/** Mon, day and year of a date without a clock. @param {string} day YYYY-MM-DD @param {{year?: boolean}} [with_] */
export function dayWords(day, { year = false } = {}) {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(locale(), {
    timeZone: 'UTC', weekday: 'long', month: 'long', day: 'numeric', ...(year ? { year: 'numeric' } : {}),
  }).format(date);
}

/** A day of a year, for what lasts for years. @param {string} day YYYY-MM-DD */
export function dateWords(day) {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? day : new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' }).format(date);
}

/** A month of a year. @param {string} month YYYY-MM */
export function monthWords(month) {
  const date = new Date(`${month}-01T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? month : new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(date);
}

/** Hour and minute on this device's clock, in the page's language. @param {Date} at @param {{weekday?: boolean}} [with_] */
export function timeWords(at, { weekday = false } = {}) {
  return new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit', ...(weekday ? { weekday: 'long' } : {}) }).format(at);
}

/** How dates, numbers and lists are written here. Vectors are run where there is no page. */
export function locale() {
  const lang = globalThis.document?.documentElement.lang || 'en';
  return lang === 'en' ? 'en-US' : lang;
}

/** A name or words where a line begins. @param {string} words */
export const atStart = (words) => words.charAt(0).toLocaleUpperCase(locale()) + words.slice(1);

/** @param {string} words @param {Record<string, string | number>} values */
function fill(words, values) {
  return words.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** @returns {Promise<Record<string, Said>>} */
async function fetched() {
  try {
    const answer = await fetch(`/static/catalogue/${encodeURIComponent(locale())}.json`, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    return answer.ok ? await answer.json() : {};
  } catch {
    return {}; // English is better than a page that does not start
  }
}

if (!locale().startsWith('en')) speak(await fetched());
