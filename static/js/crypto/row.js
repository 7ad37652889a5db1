import { toJson } from './box.js';
import { Malformed, b64u, unb64u } from './bytes.js';
import { frame } from './frame.js';
import { COMMENT, INSTRUMENT, monthOf, openLetter, readPosted, roleAddress, sealLetter, withdrawHash } from './letter.js';

/** @typedef {import('./keys.js').Identity} Identity */
/** @typedef {import('./letter.js').Recipient} Recipient */
/** @typedef {{site: Uint8Array, stewards: Recipient[], secret: Uint8Array, letter16?: Uint8Array}} Post
 *    `stewards`: each in force; `secret`: 32 random bytes, another for each row: who knows them takes the row back */
/** @typedef {{wave: string, day: number}} When `wave`: intake, outtake, followup-3, ...; `day`: the first of the month, since 1970 */
/** @typedef {{instrument: string, thread: Uint8Array, answers: Record<string, string>}} Row
 *    `instrument`: "intake.v1"; `thread`: 16 random bytes, one a person; `answers`: column and code */

const WAVE = /^[a-z][a-z0-9-]{0,31}$/;
const COLUMN = /^[a-z][a-z0-9_.]{0,219}$/;
const CODE = /^[ -~]{1,100}$/;
const THREAD = 16;
const NAMES = { row: ['answers', 'instrument', 'kind', 'month', 'thread', 'wave'], comment: ['kind', 'month', 'text', 'wave'] };

/**
 * A row of research, ready to be posted.
 * @param {Post & When & Row} row @returns {Uint8Array} frame `row`
 * @throws {RangeError|TypeError} no such instrument, wave, day, thread or answer; no steward; more than a row holds
 */
export function makeRow({ site, instrument, wave, day, thread, answers, stewards, secret, letter16 }) {
  return posted('row', instrument, day, rowPayload({ instrument, wave, day, thread, answers }), { site, stewards, secret, letter16 });
}

/**
 * Words that may be coded by theme; nothing but the wave ties them to a row.
 * @param {Post & When & {text: string}} comment @returns {Uint8Array} frame `row` @throws {RangeError|TypeError}
 */
export function makeComment({ site, wave, day, text, stewards, secret, letter16 }) {
  return posted('comment', COMMENT, day, commentPayload({ wave, day, text }), { site, stewards, secret, letter16 });
}

/** What is sealed of a row: answers in order of their columns, without the empty ones. @param {When & Row} row @throws {RangeError|TypeError} */
export function rowPayload({ instrument, wave, day, thread, answers }) {
  const kept = Object.entries(answers).filter(([, code]) => code !== '').sort(([one], [other]) => (one < other ? -1 : 1));
  return sound({ kind: 'row', instrument, wave, month: month(day), thread: b64u(thread), answers: Object.fromEntries(kept) });
}

/** What is sealed of a comment. @param {When & {text: string}} comment @throws {RangeError|TypeError} */
export function commentPayload({ wave, day, text }) {
  return sound({ kind: 'comment', wave, month: month(day), text });
}

/**
 * What a row or comment says, as its payload function gave it.
 * @param {Uint8Array} mail frame `mail` @param {Identity} steward @param {{site: Uint8Array}} here @returns {Record<string, any>}
 * @throws {NotAllowed} not sealed to this steward @throws {Malformed} not what a row is @throws {WrongPlace} @throws {CannotOpen} @throws {BadSignature}
 */
export function openPosted(mail, steward, { site }) {
  const fields = readPosted(mail, site);
  const payload = openLetter(mail, steward, null, { site, roles: ['steward'] });
  if (payload.kind !== fields.kind || payload.month !== fields.month) throw new Malformed('another kind or month inside than outside');
  return check(payload);
}

/** @param {string} kind @param {string} instrument @param {number} day @param {Record<string, any>} payload @param {Post} post */
function posted(kind, instrument, day, payload, { site, stewards, secret, letter16 }) {
  const to = roleAddress(site, 'steward');
  if (new Set(stewards.map(({ fp }) => b64u(fp))).size !== stewards.length) throw new RangeError('each steward is named once');
  const mail = sealLetter(null, { site, kind, to, about: new Uint8Array(16), day, payload, recipients: stewards, letter16 });
  return frame('row', { mail, instrument, withdraw: withdrawHash(site, secret) });
}

/** @param {number} day */
function month(day) {
  try {
    return monthOf(day);
  } catch {
    throw new RangeError('a row is dated with the first of its month');
  }
}

/** @template {Record<string, any>} T @param {T} payload @returns {T} @throws {RangeError|TypeError} */
function sound(payload) {
  try {
    check(payload);
  } catch (wrong) {
    throw wrong instanceof Malformed ? new RangeError(wrong.message) : wrong;
  }
  toJson(payload);
  return payload;
}

/** @param {Record<string, any>} payload @returns {Record<string, any>} the same @throws {Malformed} */
function check(payload) {
  const names = payload.kind === 'row' ? NAMES.row : NAMES.comment;
  if (Object.keys(payload).sort().join() !== names.join()) throw new Malformed('other names than a row has');
  if (!matches(WAVE, payload.wave)) throw new Malformed('no wave is called so');
  if (payload.kind === 'comment') {
    if (typeof payload.text !== 'string' || !payload.text) throw new Malformed('a comment without words');
    return payload;
  }
  if (!matches(INSTRUMENT, payload.instrument) || !isThread(payload.thread)) throw new Malformed('no such instrument or thread');
  const { answers } = payload;
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers) || !Object.entries(answers).every(isAnswer)) throw new Malformed('answers are codes by column');
  return payload;
}

/** @param {RegExp} pattern @param {unknown} value */
function matches(pattern, value) {
  return typeof value === 'string' && pattern.test(value);
}

/** Sixteen bytes in base64url, in the one way in which they are written. @param {unknown} value */
function isThread(value) {
  return matches(/^[A-Za-z0-9_-]{22}$/, value) && unb64u(/** @type {string} */ (value)).length === THREAD;
}

/** @param {[string, unknown]} answer */
function isAnswer([column, code]) {
  return matches(COLUMN, column) && matches(CODE, code);
}
