/** Words of the list that someone may have meant. The whole list is looked at: two letters off at most. */
import { wordAt } from '../crypto/words.js';

const WORDS = 7776;
const SHOWN = 3;

/** @param {string} typed @returns {string[]} nearest first, at most three */
export function nearWords(typed) {
  const found = [];
  for (let i = 0; i < WORDS; i += 1) {
    const word = wordAt(i);
    if (Math.abs(word.length - typed.length) > 2) continue;
    const off = word.startsWith(typed) && typed.length > 2 ? 1 : distance(typed, word);
    if (off <= 2) found.push({ word, off });
  }
  return found.sort((a, b) => a.off - b.off).slice(0, SHOWN).map(({ word }) => word);
}

/** How many letters have to be put in, left out, changed or swapped (optimal string alignment). @param {string} a @param {string} b */
function distance(a, b) {
  /** @type {number[][]} */
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2][j - 2] + 1 : Infinity;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, changed, swapped);
    }
  }
  return rows[a.length][b.length];
}
