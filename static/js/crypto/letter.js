import { box, unbox } from './box.js';
import { BadSignature, NotAllowed, WrongPlace } from './errors.js';
import { H, concat, equal, frame, hex, unframe } from './frame.js';
import { ANONYMOUS, LETTERS, letterHash, readMail, roleAddress } from './mail.js';
import { fromJson, toJson } from './payload.js';
import { ROW_LENGTH } from './posted.js';
import { readSaid, writeSaid } from './said.js';
import { openSeal, seal } from './seal.js';
import { isZero } from './signing.js';
import { sodium } from './sodium.js';

export { letterHash, readMail, roleAddress };

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
