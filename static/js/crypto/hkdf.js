import { concat } from './frame.js';
import { sodium } from './sodium.js';

const SALT = new Uint8Array(32);

/** HMAC-SHA256. @param {Uint8Array} key 32 bytes @param {Uint8Array} message @returns {Uint8Array} 32 bytes */
export function hmac(key, message) {
  return sodium.crypto_auth_hmacsha256(message, key);
}

/**
 * HKDF-SHA256 with a salt of zeros (RFC 5869); libsodium.js has no HKDF of its own.
 * @param {Uint8Array} ikm secret bytes @param {Uint8Array} info a whole frame
 * @param {number} [n] bytes wanted, 1 to 8160
 * @returns {Uint8Array}
 * @throws {RangeError}
 */
export function hkdf(ikm, info, n = 32) {
  if (!Number.isInteger(n) || n < 1 || n > 255 * 32) throw new RangeError('HKDF gives 1 to 8160 bytes');
  const prk = hmac(SALT, ikm);
  const out = new Uint8Array(n);
  /** @type {Uint8Array} */
  let block = new Uint8Array();
  for (let at = 0, i = 1; at < n; at += 32, i += 1) {
    block = hmac(prk, concat(block, info, Uint8Array.of(i)));
    out.set(block.subarray(0, Math.min(32, n - at)), at);
  }
  sodium.memzero(prk);
  sodium.memzero(block);
  return out;
}
