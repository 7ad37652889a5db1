import { Malformed } from './errors.js';
import { unutf8, utf8 } from './frame.js';

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
