import { H, UnknownWords, hex, sodium, utf8 } from './bytes.js';

/** SHA-256 of EFF's large list of 2016: 7776 words, one a line. */
const EFF_LARGE = '6d557f0693958fb5e650b68b5bee585eb82cf4da32965505c789e924743bc522';

/** White space that keyboards and paper give. The same set in both languages: theirs differ. */
const SPACE = /[\t\n\v\f\r \u00a0\u202f\u3000]+/;

/** @type {string[]} */
let list = [];
/** @type {Set<string>} */
let known = new Set();

/** Take the word list, as fetched. @param {string} text one word a line @throws {RangeError} if it is not EFF's large list */
export function setWords(text) {
  if (hex(H(utf8(text))) !== EFF_LARGE) throw new RangeError('not the word list');
  list = text.trimEnd().split('\n');
  known = new Set(list);
}

/** @param {number} i 0 to 7775 @returns {string} */
export function wordAt(i) {
  if (!list.length) throw new RangeError('no word list yet');
  return list[i];
}

/** ASCII lower case alone: other alphabets' rules differ between languages. @param {string} text @returns {string} */
export function lower(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Without white space at the ends. @param {string} text @returns {string} */
export function trim(text) {
  return text.replace(new RegExp(`^${SPACE.source}|${SPACE.source}$`, 'g'), '');
}

/** Without any white space. @param {string} text @returns {string} */
export function squeeze(text) {
  return text.split(SPACE).join('');
}

/** Words for a new account: seven for a peer, six for staff. @param {number} n @returns {string} joined by one space */
export function newWords(n) {
  return Array.from({ length: n }, () => wordAt(sodium.randombytes_uniform(7776))).join(' ');
}

/**
 * Words as a person typed them, in the one spelling that is hashed.
 * @param {string} text
 * @returns {string} lower case, joined by one space
 * @throws {UnknownWords} with the places and words that are not in the list @throws {RangeError} none at all
 */
export function readWords(text) {
  wordAt(0);
  const words = lower(text).split(SPACE).filter(Boolean);
  const positions = words.flatMap((word, i) => (known.has(word) ? [] : [i]));
  if (positions.length) throw new UnknownWords(positions, positions.map((i) => words[i]));
  if (!words.length) throw new RangeError('no words');
  return words.join(' ');
}

/** Words of the list that begin so, at most eight. @param {string} prefix @returns {string[]} */
export function suggest(prefix) {
  wordAt(0);
  const start = trim(lower(prefix));
  return start ? list.filter((word) => word.startsWith(start)).slice(0, 8) : [];
}
