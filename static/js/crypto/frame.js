import { Malformed } from './errors.js';
import { FRAMES } from './frames.js';
import { sodium } from './sodium.js';

export { FRAMES };

/** The fields of a frame. @typedef {Record<string, any>} Fields */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const MAGIC = encoder.encode('AL1');

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

/** @param {number} n @returns {Uint8Array} 4 bytes, big-endian */
function u32(n) {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, n);
  return out;
}

/** What every frame of a tag starts with, and its fields. @type {Map<string, [Uint8Array, [string, string][]]>} */
const HEADS = new Map([...FRAMES].map(([tag, fields]) => {
  const name = encoder.encode(tag);
  return [tag, [concat(MAGIC, Uint8Array.of(name.length), name, Uint8Array.of(fields.length)), fields]];
}));

/** @param {string} tag */
function head(tag) {
  const found = HEADS.get(tag);
  if (!found) throw new RangeError('no such frame');
  return found;
}

/** @param {any} value @returns {Uint8Array} */
function bytes(value) {
  if (!(value instanceof Uint8Array)) throw new TypeError('bytes wanted');
  return value;
}

/** @param {string} type @param {any} value @returns {Uint8Array} */
function encode(type, value) {
  const size = Number(type.slice(1));
  if (type === 'u') return u64(value);
  if (type[0] === 'l' || type[0] === 'o') {
    if (!Array.isArray(value) || value.some((item) => bytes(item).length !== size)) throw new RangeError('an item has another length');
    const items = type[0] === 'l' ? [...value].sort(compare) : value;
    if (type[0] === 'l' && items.some((item, i) => i > 0 && equal(items[i - 1], item))) throw new RangeError('an item twice');
    return concat(...items);
  }
  if (type[0] === 't') {
    const text = utf8(value);
    if (text.length > size || value.startsWith('\ufeff') || value.normalize('NFC') !== value) throw new RangeError('text too long or not NFC');
    return text;
  }
  if (type[0] === 'b' ? bytes(value).length !== size : bytes(value).length > size) throw new RangeError('bytes of another length');
  return value;
}

/** @param {string} type @param {Uint8Array} data @returns {any} */
function decode(type, data) {
  const size = Number(type.slice(1));
  if (type === 'u') {
    if (data.length !== 8 || data[0] > 0 || data[1] > 31) throw new Malformed('not a whole number from 0 to 2^53-1');
    return Number(new DataView(data.buffer, data.byteOffset, 8).getBigUint64(0));
  }
  if (type[0] === 'l' || type[0] === 'o') {
    if (data.length % size) throw new Malformed('a list with part of an item');
    /** @type {Uint8Array[]} */
    const items = [];
    for (let at = 0; at < data.length; at += size) items.push(data.slice(at, at + size));
    if (type[0] === 'l' && items.some((item, i) => i > 0 && compare(items[i - 1], item) >= 0)) throw new Malformed('a list out of order');
    return items;
  }
  if (type[0] === 'b' ? data.length !== size : data.length > size) throw new Malformed('a field of another length');
  if (type[0] !== 't') return data;
  const text = unutf8(data);
  if (text.startsWith('\ufeff') || text.normalize('NFC') !== text) throw new Malformed('text not NFC');
  return text;
}

/**
 * The one encoding of these fields.
 * @param {string} tag
 * @param {Fields} fields exactly those of the table; lists are sorted here
 * @returns {Uint8Array}
 * @throws {RangeError|TypeError} a field missing, unknown, or of another type, length or form
 */
export function frame(tag, fields) {
  const [start, table] = head(tag);
  if (Object.keys(fields).length !== table.length || !table.every(([name]) => Object.hasOwn(fields, name))) {
    throw new RangeError('fields missing or unknown');
  }
  const parts = [start];
  for (const [name, type] of table) {
    const data = encode(type, fields[name]);
    parts.push(u32(data.length), data);
  }
  return concat(...parts);
}

/**
 * The fields of a received frame: exact tag, count and every length, no trailing byte.
 * @param {string} tag
 * @param {Uint8Array} data
 * @returns {Fields}
 * @throws {Malformed}
 */
export function unframe(tag, data) {
  const [start, table] = head(tag);
  if (!equal(bytes(data).subarray(0, start.length), start)) throw new Malformed('not this kind of frame');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  /** @type {Fields} */
  const fields = {};
  let at = start.length;
  for (const [name, type] of table) {
    if (at + 4 > data.length) throw new Malformed('a frame cut short');
    const length = view.getUint32(at);
    at += 4;
    if (at + length > data.length) throw new Malformed('a frame cut short');
    fields[name] = decode(type, Uint8Array.from(data.subarray(at, at + length)));
    at += length;
  }
  if (at !== data.length) throw new Malformed('bytes after a frame');
  return fields;
}

/** The tag of a received frame, its fields unchecked. @param {Uint8Array} data @returns {string} @throws {Malformed} */
export function tagOf(data) {
  for (const [tag, [start]] of HEADS) {
    if (equal(bytes(data).subarray(0, start.length), start)) return tag;
  }
  throw new Malformed('no frame');
}
