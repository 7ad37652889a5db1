/** Ways into an account: words, a sheet of paper, a passkey; and the sheet of a root key. */
import { box, unbox } from './box.js';
import { H, CannotOpen, Malformed, b64u, concat, equal, hkdf, sodium, utf8 } from './bytes.js';
import { frame } from './frame.js';
import { publicKey, sign } from './keys.js';
import { lower, readWords, squeeze, trim } from './words.js';

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

/** Argon2id's cost: 64 MiB, three passes. In code, never read from a server that could lower it. */
const MEMORY = 64 * 1024 * 1024;
const PASSES = 3;

/**
 * One way to unlock an account.
 * @typedef {object} Method
 * @property {string} kind words, sheet or passkey @property {Uint8Array} locator 16 bytes, what the server finds it by
 * @property {Uint8Array} login_seed @property {Uint8Array} login_pk @property {Uint8Array} kek 32 bytes
 */

/** @param {string} role @throws {RangeError} */
function checkRole(role) {
  if (role !== 'peer' && role !== 'staff') throw new RangeError('an account is a peer or staff');
}

/**
 * The 32 bytes that words stand for (Argon2id, RFC 9106). The site is in the salt, so under other roots nothing unlocks.
 * @param {string} words @param {Uint8Array} site @param {string} role @param {string} email of staff, '' of a peer
 * @returns {Uint8Array}
 * @throws {UnknownWords} @throws {RangeError}
 */
export function wordsSecret(words, site, role, email) {
  checkRole(role);
  const address = lower(trim(email));
  if ((role === 'peer') !== (address === '') || !/^[\x00-\x7f]*$/.test(address)) throw new RangeError('staff have an ASCII e-mail, peers none');
  const salt = H(frame('kdf-salt', { site, role, email: address })).subarray(0, 16);
  const typed = utf8(readWords(words));
  const secret = sodium.crypto_pwhash(32, typed, salt, PASSES, MEMORY, sodium.crypto_pwhash_ALG_ARGON2ID13);
  sodium.memzero(typed);
  return secret;
}

/** What a passkey's PRF is evaluated at. @param {Uint8Array} site @param {string} role @returns {Uint8Array} 32 bytes */
export function passkeyInput(site, role) {
  return H(frame('passkey', { site, role }));
}

/**
 * A secret's three parts.
 * @param {Uint8Array} secret 32 bytes of words or a passkey, 20 of a sheet
 * @param {Uint8Array} site @param {string} role @param {string} kind
 * @returns {Method}
 * @throws {RangeError}
 */
export function method(secret, site, role, kind) {
  checkRole(role);
  if (!['words', 'sheet', 'passkey'].includes(kind)) throw new RangeError('no such method');
  if (secret.length !== (kind === 'sheet' ? 20 : 32)) throw new RangeError('a secret of another length');
  const derived = hkdf(secret, frame('method', { site, role, kind }), 80);
  const login_seed = derived.slice(16, 48);
  const made = { kind, locator: derived.slice(0, 16), login_seed, login_pk: publicKey(login_seed), kek: derived.slice(48) };
  sodium.memzero(derived);
  return made;
}

/**
 * The header that signs in, or that confirms one request.
 * @param {Method} by @param {Uint8Array} site @param {Uint8Array} nonce 32 bytes from the server
 * @param {Uint8Array} act 32 zeros to sign in, else H(request body)
 * @returns {string}
 */
export function authorization(by, site, nonce, act) {
  const sig = sign(by.login_seed, frame('login', { site, locator: by.locator, nonce, act }));
  return `AL1 ${b64u(concat(by.locator, nonce, act, sig))}`;
}

/** @param {Method} by @param {Uint8Array} site @param {string} role @param {Uint8Array} fp */
function place(by, site, role, fp) {
  return frame('wrap', { site, role, kind: by.kind, locator: by.locator, fp });
}

/**
 * The account key under a method.
 * @param {Method} by @param {Uint8Array} site @param {string} role @param {Uint8Array} fp
 * @param {Uint8Array} accountKey @returns {Uint8Array} 328 bytes
 */
export function wrap(by, site, role, fp, accountKey) {
  if (accountKey.length !== 32) throw new RangeError('an account key is 32 bytes');
  return box(by.kek, place(by, site, role, fp), accountKey);
}

/**
 * @param {Method} by @param {Uint8Array} site @param {string} role @param {Uint8Array} fp
 * @param {Uint8Array} sealed @returns {Uint8Array} the account key @throws {CannotOpen}
 */
export function unwrap(by, site, role, fp, sealed) {
  const accountKey = unbox(by.kek, place(by, site, role, fp), sealed);
  if (accountKey.length !== 32) throw new CannotOpen('not an account key');
  return accountKey;
}
