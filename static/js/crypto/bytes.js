/** Bytes: libsodium, what bytes can be refused for, how they are compared, written down, hashed, and made into keys. */
import wrappers from '../../vendor/libsodium/libsodium-wrappers.mjs';

/** libsodium, once `ready()` has resolved. @type {typeof wrappers} */
export let sodium;

/** Load libsodium. Call once before anything else here. @throws {Error} where WebAssembly is switched off */
export async function ready() {
  await wrappers.ready;
  sodium = wrappers;
}

/** What sealed bytes, a chain or a directory can be refused for. A caller's own mistake is a RangeError or TypeError. */
export class SealError extends Error {
  /** @param {string} words what is wrong, without ids and values */
  constructor(words) {
    super(words);
    this.name = new.target.name;
  }
}

/** The bytes are not of the form that SPEC.md gives them. */
export class Malformed extends SealError {}
/** The bytes are well formed and belong to another site, case, epoch or place. */
export class WrongPlace extends SealError {}
/** Wrong key or changed bytes, told apart for nobody. */
export class CannotOpen extends SealError {}
/** A signature does not verify, or its key is one that fits every message. */
export class BadSignature extends SealError {}
/** A rule about who may do what is broken. */
export class NotAllowed extends SealError {}
/** A directory whose time is over. */
export class Expired extends SealError {}

/** Words that are not in the list. */
export class UnknownWords extends SealError {
  /**
   * @param {number[]} positions from 0
   * @param {string[]} words as typed, in lower case
   */
  constructor(positions, words) {
    super('some words are not in the list');
    this.positions = positions;
    this.words = words;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param {...Uint8Array} parts @returns {Uint8Array} */
export function concat(...parts) {
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Whether two byte strings are the same, in a time that depends on their length only. @param {Uint8Array} a @param {Uint8Array} b */
export function equal(a, b) {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= a[i] ^ b[i];
  return difference === 0;
}

/** Byte order, for sorting. @param {Uint8Array} a @param {Uint8Array} b @returns {number} */
export function compare(a, b) {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i += 1) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

/** @param {Uint8Array} data @returns {string} lower case */
export function hex(data) {
  return sodium.to_hex(data);
}

/** @param {string} text lower-case hex @throws {Malformed} */
export function unhex(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Malformed('not hex');
  return text ? sodium.from_hex(text) : new Uint8Array();
}

/** @param {Uint8Array} data @returns {string} RFC 4648 section 5, no padding */
export function b64u(data) {
  return sodium.to_base64(data, sodium.base64_variants.URLSAFE_NO_PADDING);
}

/** @param {string} text the one spelling that `b64u` gives @throws {Malformed} */
export function unb64u(text) {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new Malformed('not base64url');
  if (!text) return new Uint8Array();
  let data;
  try {
    data = sodium.from_base64(text, sodium.base64_variants.URLSAFE_NO_PADDING);
  } catch {
    throw new Malformed('not base64url');
  }
  if (b64u(data) !== text) throw new Malformed('not base64url');
  return data;
}

/** @param {string} text @throws {RangeError} on a surrogate without its other half */
export function utf8(text) {
  if (typeof text !== 'string') throw new TypeError('text wanted');
  if (/\p{Surrogate}/u.test(text)) throw new RangeError('half a surrogate pair');
  return encoder.encode(text);
}

/** @param {Uint8Array} data @throws {Malformed} on anything but strict UTF-8; a BOM is kept, as a character */
export function unutf8(data) {
  try {
    return decoder.decode(data);
  } catch {
    throw new Malformed('not UTF-8');
  }
}

/** SHA-256. @param {Uint8Array} data @returns {Uint8Array} 32 bytes */
export function H(data) {
  return sodium.crypto_hash_sha256(data);
}

/** @param {number} n 0 to 2^53-1 @returns {Uint8Array} 8 bytes, big-endian @throws {RangeError} */
export function u64(n) {
  if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 0) throw new RangeError('not a whole number from 0 to 2^53-1');
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(n));
  return out;
}

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
