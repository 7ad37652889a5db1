/** Letters between people, and those that come from nobody: rows and comments for research, each of one length. */
import { box, checkBox, fromJson, toJson, unbox } from './box.js';
import { H, BadSignature, CannotOpen, Malformed, NotAllowed, WrongPlace, compare, concat, equal, hex, sodium } from './bytes.js';
import { frame, unframe } from './frame.js';
import { isZero, sign, verify } from './keys.js';
import { ROLES } from './people.js';
import { openSeal, seal } from './seal.js';

/** @typedef {import('./frame.js').Fields} Fields */

export const LETTERS = ['card', 'profile', 'invite', 'answer', 'statement', 'offer', 'word', 'comment', 'row'];
/** From nobody, about nothing, of one length. */
export const ANONYMOUS = ['comment', 'row'];

/**
 * Where a letter goes that is for all who hold a role; the desk is `coordinator`.
 * @param {Uint8Array} site @param {string} role @returns {Uint8Array}
 */
export function roleAddress(site, role) {
  if (!ROLES.includes(role)) throw new RangeError('no such role');
  return H(frame('role', { site, role }));
}

/**
 * The header's fields, `header`, `body`, `stanzas` (sealed keys by fp in hex), `hash`.
 * @param {Uint8Array} data frame `mail` @returns {Fields}
 * @throws {Malformed} an unknown kind, no stanza, two for one person, a body that can't be a box
 */
export function readMail(data) {
  const { header, body, stanzas } = unframe('mail', data);
  const fields = unframe('letter', header);
  const byPerson = new Map(stanzas.map((/** @type {Uint8Array} */ item) => [hex(item.subarray(0, 32)), item.slice(32)]));
  if (!LETTERS.includes(fields.kind) || !stanzas.length || byPerson.size !== stanzas.length) throw new Malformed('no letter of this kind');
  const anonymous = ANONYMOUS.includes(fields.kind);
  if (anonymous !== isZero(fields.from) || (anonymous && !isZero(fields.about))) throw new Malformed('rows and comments, and they alone, come from nobody');
  checkBox(body);
  return { ...fields, header, body, stanzas: byPerson, hash: H(concat(header, body)) };
}

/** The same letter whoever it is delivered to. @param {Uint8Array} mail @returns {Uint8Array} H(header || body) @throws {Malformed} */
export function letterHash(mail) {
  const { header, body } = unframe('mail', mail);
  return H(concat(header, body));
}

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

/** @param {Uint8Array} header frame @param {Uint8Array} payload @returns {Uint8Array} what an author signs: these words, in this place */
function said(header, payload) {
  return frame('said', { header: H(header), payload: H(payload) });
}

/**
 * The plaintext of a record or letter.
 * @param {Uint8Array | null} edSeed null for nobody @param {Uint8Array} header @param {Uint8Array} payload
 * @returns {Uint8Array}
 */
export function writeSaid(edSeed, header, payload) {
  return concat(edSeed ? sign(edSeed, said(header, payload)) : new Uint8Array(64), payload);
}

/**
 * @param {Uint8Array} plaintext @param {Uint8Array} header @param {Uint8Array | null} edPk of the author, null for nobody
 * @returns {Uint8Array} payload
 * @throws {CannotOpen} @throws {BadSignature}
 */
export function readSaid(plaintext, header, edPk) {
  if (plaintext.length < 64) throw new CannotOpen('nothing said in there');
  const sig = plaintext.subarray(0, 64);
  const payload = plaintext.slice(64);
  if (edPk) verify(edPk, said(header, payload), sig);
  else if (!equal(sig, new Uint8Array(64))) throw new BadSignature('nobody does not sign');
  return payload;
}

/** @typedef {import('./keys.js').Identity} Identity */
/** @typedef {{fp: Uint8Array, xwing_pk: Uint8Array}} Recipient */

/** @param {Uint8Array} payload @returns {Uint8Array} with spaces to 8192 bytes, so that rows can't be told apart by size @throws {RangeError} */
function fill(payload) {
  if (payload.length > ROW_LENGTH) throw new RangeError('too long for a row');
  const out = new Uint8Array(ROW_LENGTH).fill(0x20);
  out.set(payload);
  return out;
}

/** @param {Uint8Array} key @param {Uint8Array} header @param {Recipient} recipient @returns {Uint8Array} 1200 bytes */
function stanza(key, header, { fp, xwing_pk }) {
  return concat(fp, seal(xwing_pk, frame('stanza', { header: H(header), fp }), key));
}

/**
 * @param {Identity | null} sender null for nobody (rows and comments)
 * @param {object} letter
 * @param {Uint8Array} letter.site @param {string} letter.kind
 * @param {Uint8Array} letter.to a fingerprint, or `roleAddress` @param {Uint8Array} letter.about case or zeros @param {number} letter.day
 * @param {Record<string, any>} letter.payload @param {Recipient[]} letter.recipients add the sender to read one's own
 * @param {Uint8Array} [letter.letter16] @returns {Uint8Array} frame `mail`
 * @throws {RangeError|TypeError} @throws {Malformed} a recipient's key that can't be used
 */
export function sealLetter(sender, { site, kind, to, about, day, payload, recipients, letter16 }) {
  const anonymous = ANONYMOUS.includes(kind);
  if (!LETTERS.includes(kind) || !recipients.length) throw new RangeError('no such letter, or nobody to read it');
  if (anonymous !== (sender === null) || (anonymous && !isZero(about))) throw new RangeError('rows and comments, and they alone, come from nobody');
  const from = sender ? sender.fp : new Uint8Array(32);
  const header = frame('letter', { site, kind, letter: letter16 ?? sodium.randombytes_buf(16), to, from, about, day });
  const said = anonymous ? fill(toJson(payload)) : toJson(payload);
  const key = sodium.randombytes_buf(32);
  const readers = new Map(recipients.map((one) => [hex(one.fp), one]));
  const mail = frame('mail', {
    header,
    body: box(key, header, writeSaid(sender && sender.ed_seed, header, said)),
    stanzas: [...readers.values()].map((one) => stanza(key, header, one)),
  });
  sodium.memzero(key);
  return mail;
}

/**
 * @param {import('./frame.js').Fields} mail read @param {Identity} reader
 * @returns {Uint8Array} the letter's key @throws {NotAllowed} @throws {CannotOpen}
 */
function openStanza({ header, stanzas }, reader) {
  const sealed = stanzas.get(hex(reader.fp));
  if (!sealed) throw new NotAllowed('a letter that was not sealed to you');
  return openSeal(reader.xwing_seed, frame('stanza', { header: H(header), fp: reader.fp }), sealed);
}

/**
 * What a letter says, to whom it is for: its `to`, a holder of that role, or its sender.
 * @param {Uint8Array} mail frame @param {Identity} reader @param {Uint8Array | null} senderEdPk null for nobody
 * @param {{site: Uint8Array, roles?: string[]}} here the reader's roles in the directory
 * @returns {Record<string, any>} payload
 * @throws {Malformed} @throws {WrongPlace} @throws {NotAllowed} @throws {CannotOpen} @throws {BadSignature}
 */
export function openLetter(mail, reader, senderEdPk, { site, roles = [] }) {
  const read = readMail(mail);
  if (!equal(read.site, site)) throw new WrongPlace('a letter of another site');
  const mine = [reader.fp, ...roles.map((role) => roleAddress(site, role))];
  if (!equal(read.from, reader.fp) && !mine.some((address) => equal(address, read.to))) throw new NotAllowed('a letter to someone else');
  if (isZero(read.from) !== (senderEdPk === null)) throw new BadSignature('a letter from nobody has no author, any other has one');
  const key = openStanza(read, reader);
  return fromJson(readSaid(unbox(key, read.header, read.body), read.header, senderEdPk));
}

/**
 * The same letter for one more reader, who must be one that it is for.
 * @param {Uint8Array} mail @param {Identity} reader @param {Recipient} recipient
 * @returns {Uint8Array} frame `mail` @throws {RangeError} already there
 */
export function addStanza(mail, reader, recipient) {
  const read = readMail(mail);
  const key = openStanza(read, reader);
  unbox(key, read.header, read.body);
  if (read.stanzas.has(hex(recipient.fp))) throw new RangeError('already delivered there');
  const { header, body, stanzas } = unframe('mail', mail);
  return frame('mail', { header, body, stanzas: [...stanzas, stanza(key, header, recipient)] });
}
