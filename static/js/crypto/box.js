/** Sealed boxes: the JSON inside, what can be told of a box from outside, and the sealing. */
import { H, CannotOpen, Malformed, concat, equal, hkdf, sodium, unutf8, utf8 } from './bytes.js';
import { frame } from './frame.js';

const DEPTH = 8;
const NUMBER = /-?(?:0|[1-9][0-9]*)/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\n\r]*/y;
const WORD = /true|false|null/y;

/** @param {unknown} value @param {number} depth how many objects and lists stand around it */
function checkValue(value, depth) {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') utf8(value);
  else if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new RangeError('not a whole number');
  } else if (typeof value === 'object') {
    if (depth >= DEPTH) throw new RangeError('too deep');
    if (!Array.isArray(value) && ![Object.prototype, null].includes(Object.getPrototypeOf(value))) throw new TypeError('a plain object wanted');
    for (const [name, inner] of Object.entries(value)) {
      utf8(name);
      checkValue(inner, depth + 1);
    }
  } else throw new TypeError('a value of JSON wanted');
}

/**
 * The bytes of a payload: JSON, no spaces, UTF-8.
 * @param {Record<string, any>} payload plain objects, lists, text, whole numbers, true, false, null; depth 8
 * @returns {Uint8Array}
 * @throws {RangeError|TypeError}
 */
export function toJson(payload) {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) throw new TypeError('an object wanted');
  checkValue(payload, 0);
  return utf8(JSON.stringify(payload));
}

/**
 * A payload read by one strict reader: JSON.parse takes a name twice, and twins part on which counts.
 * @param {Uint8Array} data
 * @returns {Record<string, any>}
 * @throws {Malformed} not UTF-8, no object, a name twice, a fraction, an unsafe integer, half a surrogate, deeper than 8
 */
export function fromJson(data) {
  const text = unutf8(data);
  let at = 0;

  /** @param {RegExp} pattern @returns {string | null} */
  function take(pattern) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return null;
    at += match[0].length;
    return match[0];
  }

  /** @param {string} mark @returns {boolean} */
  function mark(mark) {
    take(SPACE);
    if (text[at] !== mark) return false;
    at += 1;
    take(SPACE);
    return true;
  }

  /** @returns {string} */
  function string() {
    const raw = take(STRING);
    const value = raw === null ? null : JSON.parse(raw);
    if (value === null || /\p{Surrogate}/u.test(value)) throw new Malformed('not strict JSON');
    return value;
  }

  /** @returns {number} */
  function number() {
    const value = Number(take(NUMBER) ?? NaN);
    if (!Number.isSafeInteger(value) || Object.is(value, -0) || /[.eE0-9]/.test(text[at] ?? '')) throw new Malformed('not a whole number');
    return value;
  }

  /** @param {number} depth @returns {any} */
  function value(depth) {
    if (depth >= DEPTH && (text[at] === '{' || text[at] === '[')) throw new Malformed('too deep');
    if (mark('{')) return object(depth + 1);
    if (mark('[')) return list(depth + 1);
    if (text[at] === '"') return string();
    const word = take(WORD);
    return word === null ? number() : JSON.parse(word);
  }

  /** @param {number} depth @returns {Record<string, any>} */
  function object(depth) {
    /** @type {Map<string, any>} */
    const entries = new Map();
    if (mark('}')) return {};
    do {
      const name = string();
      if (entries.has(name) || !mark(':')) throw new Malformed('a name twice, or no value');
      entries.set(name, value(depth));
    } while (mark(','));
    if (!mark('}')) throw new Malformed('not strict JSON');
    return Object.fromEntries(entries);
  }

  /** @param {number} depth @returns {any[]} */
  function list(depth) {
    /** @type {any[]} */
    const items = [];
    if (mark(']')) return items;
    do items.push(value(depth));
    while (mark(','));
    if (!mark(']')) throw new Malformed('not strict JSON');
    return items;
  }

  take(SPACE);
  if (text[at] !== '{') throw new Malformed('an object wanted');
  const read = value(0);
  take(SPACE);
  if (at !== text.length) throw new Malformed('text after the object');
  return read;
}

/** Bytes that a box adds: commitment 32, nonce 24, tag 16. */
export const OVERHEAD = 72;
const FLOOR = 256;
const TAG = 16;
/** Bytes of a file in one chunk. */
export const CHUNK = 1024 * 1024;

/**
 * The Padme length that `n` bytes are padded to, 256 or more (Nikitin et al., PURBs, 2019).
 * @param {number} n
 * @returns {number}
 * @throws {RangeError}
 */
export function padme(n) {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError('not a length');
  const length = Math.max(n, FLOOR);
  const exponent = length.toString(2).length - 1;
  const step = 2 ** (exponent - exponent.toString(2).length);
  return Math.ceil(length / step) * step;
}

/** @param {Uint8Array} data @returns {Uint8Array} the same */
function refuseText(data) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return data;
  }
  throw new Malformed('text where sealed bytes belong');
}

/**
 * All that can be told of a box from outside: 72 bytes and a Padme length, and that it is no text sent by mistake.
 * @param {Uint8Array} data
 * @param {number | null} [plainLength] of the one length that is allowed, where there is one
 * @returns {Uint8Array} the same
 * @throws {Malformed}
 */
export function checkBox(data, plainLength = null) {
  const padded = data.length - OVERHEAD;
  if (padded < FLOOR || padme(padded) !== padded) throw new Malformed('not the length of a box');
  if (plainLength !== null && padded !== padme(plainLength + 1)) throw new Malformed('not the length of this box');
  return refuseText(data);
}

/** A stored chunk of a file: 272 bytes to 1 MiB + 16, and no text sent by mistake. @param {Uint8Array} data @throws {Malformed} */
export function checkChunk(data) {
  if (data.length < FLOOR + TAG || data.length > CHUNK + TAG) throw new Malformed('not the length of a chunk');
  return refuseText(data);
}

/** @param {Uint8Array} plaintext @returns {Uint8Array} with 0x80 and zeros to its Padme length */
export function pad(plaintext) {
  const out = new Uint8Array(padme(plaintext.length + 1));
  out.set(plaintext);
  out[plaintext.length] = 0x80;
  return out;
}

/** @param {Uint8Array} padded @returns {Uint8Array} @throws {CannotOpen} unless it is what `pad` gives */
export function unpad(padded) {
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end -= 1;
  if (end < 0 || padded[end] !== 0x80 || padme(end + 1) !== padded.length) throw new CannotOpen('padding that none of us makes');
  return padded.slice(0, end);
}

/** @param {Uint8Array} key @param {Uint8Array} x @returns {[Uint8Array, Uint8Array]} key and commitment */
function derive(key, x) {
  if (!(key instanceof Uint8Array) || key.length !== 32) throw new RangeError('a key is 32 bytes');
  const both = hkdf(key, frame('box', { hash: H(x) }), 64);
  return [both.subarray(0, 32), both.subarray(32)];
}

/**
 * `plaintext` under `key`, in the place that `x` names. Poly1305 does not commit to its key, so one ciphertext could
 * open under two; the 32 bytes in front do commit.
 * @param {Uint8Array} key 32 bytes @param {Uint8Array} x a whole frame @param {Uint8Array} plaintext
 * @param {Uint8Array | null} [nonce] 24 bytes, for vectors alone
 * @returns {Uint8Array} commitment 32, nonce 24, ciphertext (XChaCha20-Poly1305, `x` as additional data)
 * @throws {RangeError}
 */
export function box(key, x, plaintext, nonce = null) {
  const [inner, commitment] = derive(key, x);
  const used = nonce ?? sodium.randombytes_buf(24);
  if (used.length !== 24) throw new RangeError('a nonce is 24 bytes');
  const padded = pad(plaintext);
  const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(padded, x, null, used, inner);
  sodium.memzero(padded);
  const out = concat(commitment, used, sealed);
  sodium.memzero(inner);
  return out;
}

/**
 * @param {Uint8Array} key 32 bytes @param {Uint8Array} x a whole frame @param {Uint8Array} sealed
 * @returns {Uint8Array}
 * @throws {CannotOpen} another key, another place, or changed bytes
 */
export function unbox(key, x, sealed) {
  const [inner, commitment] = derive(key, x);
  if (sealed.length < OVERHEAD || !equal(commitment, sealed.subarray(0, 32))) throw new CannotOpen('it does not open');
  let padded;
  try {
    padded = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed.subarray(56), x, sealed.subarray(32, 56), inner);
  } catch {
    throw new CannotOpen('it does not open');
  } finally {
    sodium.memzero(inner);
  }
  const plaintext = unpad(padded);
  sodium.memzero(padded);
  return plaintext;
}
