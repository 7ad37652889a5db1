/** What the peer has agreed to, read from their own records: the account, and every change after it. */

/** The version of the texts in templates/intake/steps/consents.html, which case_agreed.js repeats. */
export const CONSENT_VERSION = 1;

/** A consent by its short name, and its field in the instrument. */
export const CONSENTS = { service: 'consent_service', research: 'consent_research', quotes: 'consent_quotes', followup: 'consent_followup' };

/**
 * The answers in force, and since when. Each `consent` record holds all answers: the newest that counts stands alone.
 * @param {any} seen a case as case.open gives it
 * @returns {{consents: Record<string, string>, since: Record<string, string>}} by field; since: YYYY-MM-DD of the answer
 */
export function consentsInForce({ account, entries }) {
  const changes = entries.filter((/** @type {any} */ one) => one.kind === 'consent' && isObject(one.said?.consents))
    .map((/** @type {any} */ one) => ({ date: one.date, given: answers(one.said.consents) }));
  /** @type {Record<string, string>} */
  let consents = answers(account?.consents);
  /** @type {Record<string, string>} */
  const since = Object.fromEntries(Object.keys(consents).map((field) => [field, account?.date ?? '']));
  for (const { date, given } of changes) {
    for (const [field, answer] of Object.entries(given)) if (consents[field] !== answer) since[field] = date;
    consents = given;
  }
  return { consents, since };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Anything but one of the three answers is none. @param {unknown} given @returns {Record<string, string>} */
function answers(given) {
  if (!isObject(given)) return {};
  return Object.fromEntries(Object.entries(given).filter((pair) => ['yes', 'no', 'later'].includes(String(pair[1]))).map(([field, answer]) => [field, String(answer)]));
}
