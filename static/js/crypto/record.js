import { box, fromJson, toJson, unbox } from './box.js';
import { Malformed, b64u, sodium } from './bytes.js';
import { readEntry } from './entry.js';
import { frame } from './frame.js';
import { readSaid, writeSaid } from './letter.js';

/** @typedef {import('./keys.js').Identity} Identity */

/**
 * Who may write a record of a kind. `self`: about its author alone. `erase`: by the author of what it names, or the owner.
 * @type {Record<string, 'owner' | 'self' | 'erase' | 'any'>}
 */
export const KINDS = {
  ...{ account: 'owner', consent: 'owner', card: 'owner', outtake: 'owner', followup: 'owner', exclude: 'owner', accept: 'owner' },
  ...{ leave: 'self', read: 'self', erase: 'erase' },
  ...{ message: 'any', statement: 'any', plan: 'any', step: 'any', meeting: 'any', navigator: 'any', note: 'any', file: 'any' },
};

/**
 * Whether a record of this kind counts from this author; an unknown kind never does and is shown as such.
 * @param {string} kind @param {boolean} isOwner @param {boolean} isAboutSelf it is about its author, or names the author's own record
 */
export function authorAllowed(kind, isOwner, isAboutSelf) {
  if (!Object.hasOwn(KINDS, kind)) return false;
  const who = KINDS[kind];
  return who === 'any' || (who === 'owner' ? isOwner : isAboutSelf || (who === 'erase' && isOwner));
}

/** @param {any} seen @returns {boolean} whether it is {size, root} of a checkpoint */
function isSeen(seen) {
  const names = seen && typeof seen === 'object' ? Object.keys(seen).sort().join() : '';
  return names === 'root,size' && Number.isSafeInteger(seen.size) && seen.size >= 0 && typeof seen.root === 'string' && /^[A-Za-z0-9_-]{43}$/.test(seen.root);
}

/** @param {Record<string, any>} payload @returns {boolean} */
function isPayload(payload) {
  return typeof payload.kind === 'string' && isSeen(payload.seen);
}

/**
 * One record, sealed for an epoch and signed by its author.
 * @param {Identity} author
 * @param {object} place
 * @param {Uint8Array} place.site @param {Uint8Array} place.case @param {number} place.seq @param {Uint8Array} place.prev
 * @param {number} place.e @param {Uint8Array} place.roster hash of the roster in force @param {number} place.author place among its members
 * @param {number} place.day never below the entry before @param {Uint8Array} place.epochKey
 * @param {Record<string, any>} place.payload {kind, seen?: {size, root}, ...}; `seen` is "nothing yet" unless given
 * @param {Uint8Array} [place.record16] the same again when resealed
 * @returns {Uint8Array} frame `entry`
 * @throws {RangeError|TypeError}
 */
export function sealRecord(author, { epochKey, payload, record16, ...place }) {
  const whole = { seen: { size: 0, root: b64u(new Uint8Array(32)) }, ...payload };
  if (!isPayload(whole)) throw new RangeError('a payload has a kind, and what its author has seen');
  const header = frame('record', { ...place, record: record16 ?? sodium.randombytes_buf(16) });
  const plaintext = writeSaid(author.ed_seed, header, toJson(whole));
  const body = box(epochKey, header, plaintext);
  sodium.memzero(plaintext);
  return frame('entry', { header, body });
}

/**
 * What a record says, once place, key and author are proven. Whether its kind counts is `authorAllowed`'s.
 * @param {Uint8Array} entry @param {Uint8Array} epochKey @param {Uint8Array} authorEdPk
 * @returns {Record<string, any>}
 * @throws {Malformed} @throws {CannotOpen} @throws {BadSignature}
 */
export function openRecord(entry, epochKey, authorEdPk) {
  const { kind, header, body } = readEntry(entry);
  if (kind !== 'record') throw new Malformed('not a record');
  const payload = fromJson(readSaid(unbox(epochKey, header, body), header, authorEdPk));
  if (!isPayload(payload)) throw new Malformed('a payload has a kind, and what its author has seen');
  return payload;
}

/**
 * A first submission; enrol empty where the enrolment stands already. Keep these bytes until the receipt is verified.
 * @param {{rekey: Uint8Array, record: Uint8Array, card: Uint8Array, enrol?: Uint8Array}} parts frames @returns {Uint8Array} frame
 */
export function makeSubmission({ rekey, record, card, enrol = new Uint8Array() }) {
  return frame('submission', { enrol, rekey, record, card });
}
