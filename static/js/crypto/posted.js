import { Malformed, NotAllowed, WrongPlace } from './errors.js';
import { H, compare, concat, equal, frame, hex, unframe } from './frame.js';
import { ANONYMOUS, readMail, roleAddress } from './mail.js';
import { checkBox } from './outer.js';

/** @typedef {import('./frame.js').Fields} Fields */

/** What stands for an instrument beside a comment. */
export const COMMENT = 'comment';
/** Length of every anonymous payload. */
export const ROW_LENGTH = 8192;
export const INSTRUMENT = /^[a-z][a-z0-9_]{0,24}\.v[1-9][0-9]{0,3}$/;
const SIGNATURE = 64;
const DAY_MS = 86_400_000;
/** The last day that Python's calendar has: 9999-12-31. */
const LAST_DAY = 2_932_896;

/**
 * A row as a server sees it: what `readPosted` gives, `mail`, `instrument`, `withdraw`.
 * @param {Uint8Array} data frame `row` @param {Uint8Array} site @param {Uint8Array[]} stewards fingerprints of those in force
 * @returns {Fields} @throws {Malformed} @throws {WrongPlace} another site
 * @throws {NotAllowed} sealed to others than exactly these: one more would be a reader whom nobody chose
 */
export function readRow(data, site, stewards) {
  const fields = unframe('row', data);
  const posted = readPosted(fields.mail, site);
  if ((posted.kind === COMMENT) !== (fields.instrument === COMMENT)) throw new Malformed('a comment stands beside a comment, a row beside its instrument');
  if (fields.instrument !== COMMENT && !INSTRUMENT.test(fields.instrument)) throw new Malformed('no instrument is called so');
  const wanted = new Set(stewards.map(hex));
  if (!wanted.size || posted.stanzas.size !== wanted.size || ![...wanted].every((fp) => posted.stanzas.has(fp))) {
    throw new NotAllowed('a row is sealed to each steward in force, and to nobody else');
  }
  return { ...posted, ...fields };
}

/**
 * The letter inside a row, with `month` as "2026-11".
 * @param {Uint8Array} mail frame `mail` @param {Uint8Array} site @returns {Fields}
 * @throws {Malformed} another kind, length or day than all have @throws {WrongPlace} another site, or not to the stewards
 */
export function readPosted(mail, site) {
  const fields = readMail(mail);
  if (!ANONYMOUS.includes(fields.kind)) throw new Malformed('not a row');
  if (!equal(fields.site, site) || !equal(fields.to, roleAddress(site, 'steward'))) throw new WrongPlace('a row of another site, or not for the stewards');
  checkBox(fields.body, SIGNATURE + ROW_LENGTH);
  return { ...fields, month: monthOf(fields.day) };
}

/**
 * What the row to be taken back was posted with.
 * @param {Uint8Array} data frame `withdraw` @param {Uint8Array} site @returns {Uint8Array} 32 bytes @throws {Malformed} @throws {WrongPlace}
 */
export function readWithdrawal(data, site) {
  if (!equal(unframe('withdraw', data).site, site)) throw new WrongPlace('a withdrawal at another site');
  return H(data);
}

/** What is posted to take back the row that `secret` goes with. @param {Uint8Array} site @param {Uint8Array} secret @returns {Uint8Array} frame `withdraw` */
export function makeWithdrawal(site, secret) {
  return frame('withdraw', { site, secret });
}

/** What stands beside a row; whoever knows `secret` takes the row back. @param {Uint8Array} site @param {Uint8Array} secret 32 bytes */
export function withdrawHash(site, secret) {
  return H(makeWithdrawal(site, secret));
}

/** What the log keeps of a batch of letters. @param {Uint8Array[]} hashes @returns {Uint8Array} */
export function batchHash(hashes) {
  return H(concat(...[...hashes].sort(compare)));
}

/** The month that begins on `day`, as "2026-11". @param {number} day since 1970 @throws {Malformed} no month begins on it */
export function monthOf(day) {
  const text = day >= 0 && day <= LAST_DAY ? new Date(day * DAY_MS).toISOString() : '';
  if (!text.slice(0, 10).endsWith('-01')) throw new Malformed('a row is dated with the first of its month');
  return text.slice(0, 7);
}

/** The day on which the month of `day` begins. @param {number} day since 1970 @throws {RangeError} */
export function firstOfMonth(day) {
  if (!Number.isSafeInteger(day) || day < 0 || day > LAST_DAY) throw new RangeError('no such day');
  return day - new Date(day * DAY_MS).getUTCDate() + 1;
}
