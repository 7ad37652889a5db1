/**
 * Walks the JSON trees of REDCap branching logic. Twin of instruments/evaluate.py, which says what
 * the values mean; both are held to tests/vectors/instruments/.
 * @typedef {any[]} Tree
 * @typedef {string | number | boolean} Value
 * @typedef {(name: string, code: string | null) => string} Lookup
 */

const LARGEST = Number.MAX_SAFE_INTEGER;
const HALVES_END = 2 ** 52;
const NUMBER = /^[ ]*-?([0-9]+(\.[0-9]+)?|\.[0-9]+)[ ]*$/;
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$/;
/** @type {Record<string, number>} seconds; a year and a month have REDCap's mean lengths */
const SECONDS = { y: 31556952, M: 2630016, d: 86400, h: 3600, m: 60, s: 1 };

/** Whether logic holds. @param {Tree} tree @param {Record<string, any>} answers */
export function evaluate(tree, answers) {
  return truth(valueOf(tree, reader(answers)));
}

/** The result of a formula as text, blank when something is missing. @param {Tree} tree @param {Record<string, any>} answers */
export function calculate(tree, answers) {
  return asText(valueOf(tree, reader(answers)));
}

/** @param {Record<string, any>} answers @returns {Lookup} */
export function reader(answers) {
  return (name, code) => {
    const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (code !== null) return Array.isArray(answer) && answer.includes(code) ? '1' : '0';
    return typeof answer === 'string' ? answer : '';
  };
}

/** @param {Tree} tree @param {Lookup} look @returns {Value} */
export function valueOf(tree, look) {
  const name = tree[0];
  if (name === 'num' || name === 'text') return tree[1];
  if (name === 'field') return look(tree[1], null);
  if (name === 'item') return look(tree[1], tree[2]);
  if (name === 'and') return tree.slice(1).every((part) => truth(valueOf(part, look)));
  if (name === 'or') return tree.slice(1).some((part) => truth(valueOf(part, look)));
  if (name === 'not') return !truth(valueOf(tree[1], look));
  if (name === 'call' && tree[1] === 'if') return valueOf(truth(valueOf(tree[2], look)) ? tree[3] : tree[4], look);
  if (name === 'call') return call(tree[1], tree.slice(2).map((part) => valueOf(part, look)));
  const parts = tree.slice(1).map((part) => valueOf(part, look));
  if (name === 'neg') {
    const number = asNumber(parts[0]);
    return number === null ? '' : 0 - number;
  }
  return '+-*/'.includes(name) ? arithmetic(name, parts[0], parts[1]) : compare(name, parts[0], parts[1]);
}

/** @param {Value} value */
export function truth(value) {
  if (typeof value !== 'string') return Boolean(value);
  const number = asNumber(value);
  return number === null ? value !== '' : number !== 0;
}

/** @param {Value} value @returns {number | null} */
export function asNumber(value) {
  if (typeof value === 'string' && !NUMBER.test(value)) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** @param {Value} value */
export function asText(value) {
  if (typeof value === 'string') return value;
  const number = asNumber(value);
  if (number === null || Math.abs(number) > LARGEST) return '';
  const whole = Number.isInteger(number);
  const places = whole || Math.abs(number) >= 1e9 ? 0 : 6;
  const scaled = BigInt(Math.floor(Math.abs(number) * 10 ** places + (whole ? 0 : 0.5)));
  const scale = BigInt(10 ** places);
  const decimals = places ? String(scaled % scale).padStart(places, '0').replace(/0+$/, '') : '';
  const text = decimals ? `${scaled / scale}.${decimals}` : String(scaled / scale);
  return number < 0 && scaled ? `-${text}` : text;
}

/** @param {string} sign @param {Value} left @param {Value} right */
function compare(sign, left, right) {
  const a = asNumber(left);
  const b = asNumber(right);
  if (sign === '=' || sign === '<>') {
    const same = a !== null && b !== null ? a === b : asText(left) === asText(right);
    return same === (sign === '=');
  }
  let order;
  if (a === null || b === null) {
    if (typeof left !== 'string' || typeof right !== 'string' || !DATE.test(left) || !DATE.test(right)) return false;
    order = Number(left > right) - Number(left < right);
  } else {
    order = Number(a > b) - Number(a < b);
  }
  return sign === '<' ? order < 0 : sign === '>' ? order > 0 : sign === '<=' ? order <= 0 : order >= 0;
}

/** @param {string} sign @param {Value} left @param {Value} right @returns {Value} */
function arithmetic(sign, left, right) {
  const a = asNumber(left);
  const b = asNumber(right);
  if (a === null || b === null || (sign === '/' && b === 0)) return '';
  return finite(sign === '/' ? a / b : sign === '+' ? a + b : sign === '-' ? a - b : a * b);
}

/** @param {number} number @returns {Value} */
function finite(number) {
  return Number.isFinite(number) ? number : '';
}

/** @param {string} name @param {Value[]} values @returns {Value} */
function call(name, values) {
  if (name === 'datediff') return dateDifference(values[0], values[1], String(values[2]), truth(values[3] ?? ''));
  if (name === 'isblankormissingcode') return asText(values[0]) === '';
  const numbers = /** @type {number[]} */ (values.map(asNumber).filter((number) => number !== null));
  if (!numbers.length || (name.startsWith('round') && asNumber(values[0]) === null)) return '';
  if (name === 'abs') return Math.abs(numbers[0]);
  if (name === 'sqrt') return numbers[0] >= 0 ? Math.sqrt(numbers[0]) : '';
  if (name === 'median') return median(numbers.sort((a, b) => a - b));
  if (name.startsWith('round')) return rounded(name, numbers[0], numbers.length > 1 ? numbers[1] : 0);
  if (name === 'min' || name === 'max') return numbers.reduce((a, b) => (name === 'min' ? Math.min(a, b) : Math.max(a, b)));
  const total = numbers.reduce((a, b) => a + b, 0);
  return finite(name === 'sum' ? total : total / numbers.length);
}

/** @param {string} name @param {number} number @param {number} places */
function rounded(name, number, places) {
  const scale = Number(`1e${places}`);
  const size = Math.abs(number) * scale;
  if (!Number.isFinite(size) || size > HALVES_END) return number; // it has no halves left to round
  const steps = name === 'round' ? Math.floor(size + 0.5) : name === 'roundup' ? Math.ceil(size) : Math.floor(size);
  return (number < 0 ? -1 : 1) * (steps / scale);
}

/** @param {number[]} ordered @returns {Value} */
function median(ordered) {
  const middle = Math.floor(ordered.length / 2);
  return ordered.length % 2 ? ordered[middle] : finite((ordered[middle - 1] + ordered[middle]) / 2);
}

/** @param {Value} start @param {Value} end @param {string} unit @param {boolean} signed @returns {Value} */
function dateDifference(start, end, unit, signed) {
  const first = moment(start);
  const last = moment(end);
  if (first === null || last === null) return '';
  return (signed ? last - first : Math.abs(last - first)) / 1000 / SECONDS[unit];
}

/** Milliseconds in UTC of a date that the calendar has. @param {Value} value @returns {number | null} */
export function moment(value) {
  if (typeof value !== 'string' || !DATE.test(value)) return null;
  const [year, month, day, hour = 0, minute = 0, second = 0] = value.split(/[- :]/).map(Number);
  if (year < 1 || hour > 23 || minute > 59 || second > 59) return null;
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  at.setUTCHours(hour, minute, second);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() : null;
}
