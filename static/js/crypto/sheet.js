import { Malformed } from './errors.js';
import { H, concat, equal, frame } from './frame.js';
import { hkdf } from './hkdf.js';
import { sodium } from './sodium.js';
import { squeeze } from './words.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 (RFC 4648) of 25 bytes in eight groups of five. @param {Uint8Array} code @param {Uint8Array} checksum @returns {string} */
function spell(code, checksum) {
  let bits = 0n;
  for (const byte of concat(code, checksum.subarray(0, 5))) bits = (bits << 8n) | BigInt(byte);
  const letters = Array.from({ length: 40 }, (_, i) => LETTERS[Number((bits >> BigInt(195 - 5 * i)) & 31n)]).join('');
  return /** @type {string[]} */ (letters.match(/.{5}/g)).join(' ');
}

/** @param {string} text as typed @param {(code: Uint8Array) => Uint8Array} checksum @returns {Uint8Array} 20 bytes */
function read(text, checksum) {
  const typed = squeeze(text).replaceAll('-', '').replace(/[a-z]/g, (letter) => letter.toUpperCase());
  const letters = typed.replaceAll('0', 'O').replaceAll('1', 'I').replaceAll('8', 'B');
  if (!/^[A-Z2-7]{40}$/.test(letters)) throw new Malformed('a sheet has forty letters and digits');
  let bits = 0n;
  for (const letter of letters) bits = (bits << 5n) | BigInt(LETTERS.indexOf(letter));
  const both = Uint8Array.from({ length: 25 }, (_, i) => Number((bits >> BigInt(192 - 8 * i)) & 255n));
  const code = both.slice(0, 20);
  if (!equal(both.subarray(20), checksum(code).subarray(0, 5))) throw new Malformed('a letter of the sheet is wrong');
  return code;
}

/** The secret of a new recovery sheet. @returns {Uint8Array} 20 bytes */
export function newSheet() {
  return sodium.randombytes_buf(20);
}

/** What is printed on a sheet. @param {Uint8Array} code 20 bytes @param {Uint8Array} site @returns {string} eight groups of five */
export function sheetText(code, site) {
  return spell(code, H(frame('sheet', { site, code })));
}

/**
 * The secret of a sheet as typed: any case and spacing; 0, 1, 8 stand for O, I, B.
 * @param {string} text @param {Uint8Array} site @throws {Malformed}
 */
export function readSheet(text, site) {
  return read(text, (code) => H(frame('sheet', { site, code })));
}

/**
 * The Ed25519 seed of root key `index`, from the code on the root sheet.
 * @param {Uint8Array} code 20 bytes @param {number} index @returns {Uint8Array}
 */
export function rootSeed(code, index) {
  if (code.length !== 20) throw new RangeError('20 bytes wanted');
  return hkdf(code, frame('root-key', { index }), 32);
}

/** What is printed on the root sheet; a site has no id yet then. @param {Uint8Array} code 20 bytes @returns {string} */
export function rootSheetText(code) {
  return spell(code, H(frame('root-sheet', { code })));
}

/** @param {string} text as typed @returns {Uint8Array} 20 bytes @throws {Malformed} */
export function readRootSheet(text) {
  return read(text, (code) => H(frame('root-sheet', { code })));
}
