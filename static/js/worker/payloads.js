/**
 * What a record or a letter says, in the shapes that pages show: the one place where an opened payload is read. Whatever its kind does
 * not name here reaches no page. A crooked one is unreadable in its place, and closes nothing beside it.
 */
import { readCard, readProfile } from './card.js';
import { Crooked, answered, coded, flag, listOf, milliseconds, named, oneOf, seconds, text, texts, words } from './shapes.js';

/** @typedef {Record<string, (value: unknown) => unknown>} Shape */

/** A supporter's answers about conflicts. */
export const ANSWERS = ['none', 'possible', 'yes', 'cannot'];

/** @type {Record<string, Shape>} by kind; a kind without fields here is shown without words */
const RECORDS = {
  message: { text: words, at: seconds },
  note: { text: words, about: words, at: seconds },
  statement: { text: words, at: seconds },
  account: { answers: answered, consents: named, instrument: text, told: listOf('label', 'text'), text },
  consent: { consents: (value) => named(value ?? null), at: seconds },
  read: { about: words },
  erase: { record: words, entry: words },
};

const CASE = { case: coded, nonce: coded, identity: coded };

/** @type {Record<string, (payload: Record<string, any>) => Record<string, any>>} by kind */
const LETTERS = {
  card: (payload) => ({ ...read(CASE, payload), ...readCard(payload) }),
  profile: readProfile,
  answer: (payload) => read({ conflict: oneOf(ANSWERS), note: words, declines: flag }, payload),
  invite: (payload) => read({ ...CASE, summary: words, to: words }, payload),
  statement: (payload) => read({ text: words }, payload),
  offer: (payload) => read({ case: coded, people: listOf('fp', 'name', 'binding'), note: words }, payload),
  word: (payload) => read({ type: words, text: words, to: words, whom: words, identity: coded, invited: texts, proposed: texts }, payload),
};

/** @param {Shape} shape @param {Record<string, any>} payload */
function read(shape, payload) {
  return Object.fromEntries(Object.entries(shape).map(([field, as]) => [field, as(own(payload, field))]));
}

/** @param {Record<string, any>} payload @param {string} field */
const own = (payload, field) => (Object.hasOwn(payload, field) ? payload[field] : undefined);

/** @template T @param {() => T} reading @returns {T | null} */
function orUnreadable(reading) {
  try {
    return reading();
  } catch (error) {
    if (error instanceof Crooked) return null;
    throw error;
  }
}

/** A record's payload, opened and verified. @param {Record<string, any>} payload @returns {Record<string, any> | null} null: unreadable */
export function readRecord({ kind, ...payload }) {
  return orUnreadable(() => ({ kind, ...read(Object.hasOwn(RECORDS, kind) ? RECORDS[kind] : {}, payload) }));
}

/** A letter's. @param {string} kind by its header @param {Record<string, any>} payload @returns {Record<string, any> | null} null: unreadable, or no letter for a page */
export function readSaidIn(kind, payload) {
  if (!Object.hasOwn(LETTERS, kind)) return null;
  return orUnreadable(() => ({ at_ms: milliseconds(payload.at_ms), ...LETTERS[kind](payload) }));
}
