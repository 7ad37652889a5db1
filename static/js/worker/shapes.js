/**
 * Shapes that a payload's fields are read in. Its author sits at another browser and may be a stranger, and `String({toString: 1})`
 * throws: what is not of the shape never reaches a page.
 */
import { unb64u } from '../crypto/bytes.js';

/** A field of another shape than its kind has: the record or letter is shown as unreadable. */
export class Crooked extends Error {}

const MOST_PARTS = 200; // an intake has fewer answers
const LAST_MS = 253_402_300_799_999; // the end of 9999: later ones throw in a calendar

/** @param {unknown} value @returns {value is string} */
export const isText = (value) => typeof value === 'string';

// What is of another shape makes the whole unreadable.

/** @param {unknown} value @returns {string} '' when it is not there */
export function words(value) {
  if (value === undefined) return '';
  if (!isText(value)) throw new Crooked();
  return value;
}

/** Bytes in base64url. @param {unknown} value @returns {string | undefined} */
export function coded(value) {
  if (value === undefined) return undefined;
  try {
    unb64u(/** @type {string} */ (value));
  } catch {
    throw new Crooked();
  }
  return /** @type {string} */ (value);
}

/** @param {readonly string[]} all @returns {(value: unknown) => string} */
export const oneOf = (all) => (value) => {
  if (!isText(value) || !all.includes(value)) throw new Crooked();
  return value;
};

/** Texts by name, such as answers: whatever is no text in it is left out. @param {unknown} value @returns {Record<string, string>} */
export function named(value) {
  if (value !== undefined && parts(value) !== value) throw new Crooked();
  return Object.fromEntries(Object.entries(parts(value)).flatMap(([name, one]) => (isText(one) ? [[name, one]] : [])));
}

/** Answers as a questionnaire keeps them: a text, the codes that were ticked, or `{skip: true}`. @param {unknown} value @returns {Record<string, string | string[] | {skip: true}>} */
export function answered(value) {
  if (value !== undefined && parts(value) !== value) throw new Crooked();
  /** @type {Record<string, string | string[] | {skip: true}>} */
  const kept = {};
  for (const [name, one] of Object.entries(parts(value))) {
    if (isText(one)) kept[name] = one;
    else if (Array.isArray(one) && one.every(isText)) kept[name] = texts(one);
    else if (parts(one).skip === true) kept[name] = { skip: true };
  }
  return kept;
}

// What is of another shape is left out, and the rest is read.

/** @param {unknown} value @returns {string} */
export const text = (value) => (isText(value) ? value : '');

/** @param {unknown} value @returns {string[]} */
export const texts = (value) => (Array.isArray(value) ? value.filter(isText).slice(0, MOST_PARTS) : []);

/** @param {any} value @returns {Record<string, any>} */
export const parts = (value) => (value && typeof value === 'object' && !Array.isArray(value) ? value : {});

/** Parts that have each of these fields as a text, and nothing else of them. @param {...string} fields @returns {(value: unknown) => any[]} */
export const listOf = (...fields) => (value) => (Array.isArray(value) ? value.map(parts) : [])
  .filter((one) => fields.every((field) => isText(one[field]))).slice(0, MOST_PARTS)
  .map((one) => Object.fromEntries(fields.map((field) => [field, one[field]])));

/** @param {unknown} value YYYY-MM-DD, or it is none @returns {string} */
export const date = (value) => (isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : '');

/** @param {unknown} value @returns {boolean} */
export const flag = (value) => value === true;

/** By an author's own clock. @param {unknown} value @returns {number} 0 when no calendar has it */
export const milliseconds = (value) => (Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= LAST_MS ? Number(value) : 0);

/** @param {unknown} value @returns {number} the same in seconds */
export const seconds = (value) => (Number.isSafeInteger(value) && milliseconds(Number(value) * 1000) ? Number(value) : 0);
