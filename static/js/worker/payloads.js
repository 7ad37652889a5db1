/**
 * What a record, a letter or a card says, in the shapes that pages show: the one place where an opened payload is read. Its author sits
 * at another browser and may be a stranger, and `String({toString: 1})` throws: what is not of the shape, or is not named here for its
 * kind, never reaches a page. A crooked one is unreadable in its place, and closes nothing beside it.
 */
import { b64u, equal, hex, unb64u, utf8 } from '../crypto/bytes.js';

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

/** An account's lines; field: '' where it does not say which. @param {unknown} value @returns {{field: string, label: string, text: string}[]} */
const told = (value) => listOf('field', 'label', 'text')((Array.isArray(value) ? value.map(parts) : []).map((one) => ({ ...one, field: text(one.field) })));

/** @param {unknown} value YYYY-MM-DD, or it is none @returns {string} */
export const date = (value) => (isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : '');

/** @param {unknown} value @returns {boolean} */
export const flag = (value) => value === true;

/** By an author's own clock. @param {unknown} value @returns {number} 0 when no calendar has it */
export const milliseconds = (value) => (Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= LAST_MS ? Number(value) : 0);

/** @param {unknown} value @returns {number} the same in seconds */
export const seconds = (value) => (Number.isSafeInteger(value) && milliseconds(Number(value) * 1000) ? Number(value) : 0);

const MOST_NAME = 60;
const MOST_KEPT = 24_000; // bytes of a notebook that holds 64 KiB, and pins besides

/** @typedef {{field: string, label: string, text: string}} Line */
/** @typedef {{lines: Line[], deadline: string, excluded: {people: string, employer: string, states: string[]}}} Shown */
/** @typedef {{deadline: string, name: string, heard: number}} Kept what the queue sorts by and shows; heard: how many letters there were at the last look */

/** @param {any} payload of a card @returns {Shown} */
export function readCard(payload) {
  const { people, employer, states } = parts(payload.excluded);
  return {
    lines: listOf('field', 'label', 'text')(payload.lines), deadline: date(payload.deadline),
    excluded: { people: text(people), employer: text(employer), states: texts(states) },
  };
}

/** A supporter's profile. @param {any} payload */
export function readProfile(payload) {
  const { specialty, state, stage, availability, languages, employers } = parts(payload);
  return { specialty: text(specialty), state: text(state), stage: text(stage), availability: text(availability), languages: text(languages), employers: texts(employers) };
}

/** The people named in an offer; whoever is not named properly is left out. @param {any} people @returns {{fp: string, name: string}[]} fp in hex */
export function readNamed(people) {
  if (!Array.isArray(people)) return [];
  return people.map(parts).flatMap(({ fp, name }) => {
    try {
      return [{ fp: hex(unb64u(fp)), name: text(name) }];
    } catch {
      return [];
    }
  });
}

/** What an opened card leaves in the notebook. @param {Shown} card @param {number} heard @returns {Kept} */
export function keptOf({ lines, deadline }, heard) {
  return { deadline, name: (lines.find((one) => one.field === 'name_use')?.text ?? '').slice(0, MOST_NAME), heard };
}

/** @param {unknown} value @returns {number} how many; 0 for what is no number of things */
export const many = (value) => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0);

/** The same as it stands in the notebook. @param {any} kept @returns {Kept} */
export function readKept(kept) {
  const { deadline, name, heard } = parts(kept);
  return { deadline: date(deadline), name: text(name).slice(0, MOST_NAME), heard: many(heard) };
}

/**
 * The notebook's list with one card more. When it grows too long, what was opened first goes: it is opened again by hand.
 * @param {Record<string, Kept> | undefined} desk @param {string} id hex @param {Kept} kept
 */
export function withCard(desk, id, kept) {
  const { [id]: _before, ...others } = parts(desk);
  const all = [...Object.entries(others).map(([other, was]) => [other, readKept(was)]), [id, kept]];
  while (all.length > 1 && utf8(JSON.stringify(Object.fromEntries(all))).length > MOST_KEPT) all.shift();
  return Object.fromEntries(all);
}

/** Whether a card's payload names this identity and this case. @param {any} payload @param {Uint8Array} identity frame @param {Uint8Array} id */
export function names(payload, identity, id) {
  return payload.case === b64u(id) && isText(payload.identity) && equal(unb64u(payload.identity), identity);
}

/** @typedef {Record<string, (value: unknown) => unknown>} Shape */

/** A supporter's answers about conflicts. */
export const ANSWERS = ['none', 'possible', 'yes', 'cannot'];

/** @type {Record<string, Shape>} by kind; a kind without fields here is shown without words */
const RECORDS = {
  message: { text: words, at: seconds },
  note: { text: words, about: words, at: seconds },
  statement: { text: words, at: seconds },
  plan: { text: words, at: seconds },
  account: { answers: answered, consents: named, instrument: text, told, text },
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
