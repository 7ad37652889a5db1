import { CannotOpen } from './errors.js';
import { box, unbox } from './box.js';
import { H, b64u, concat, frame, utf8 } from './frame.js';
import { hkdf } from './hkdf.js';
import { publicKey, sign } from './keys.js';
import { sodium } from './sodium.js';
import { lower, readWords, trim } from './words.js';

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
