/** Words for a new account, kept here until two of them were given back; and help with typing words of the list. */
import { UnknownWords } from '../crypto/bytes.js';
import { newWords, readWords, suggest } from '../crypto/words.js';
import { dateOf, today } from './clock.js';
import { siteFacts } from './directory.js';
import { siteShown } from './shown.js';
import { nearWords } from './spelling.js';
import { Trouble } from './trouble.js';

export const PEER_WORDS = 7;
export const STAFF_WORDS = 6;

/** Words just made and not yet given back. @type {string | null} */
let fresh = null;

/** Drop the words just made. */
export function forgetWords() {
  fresh = null;
}

/**
 * Make words for a new account: seven for a peer, six for staff. They are kept here until they are given back.
 * @param {{role?: 'peer' | 'staff'}} args
 * @returns {Promise<{words: string[], site: string, day: string}>} site: the check number on the sheet; day: YYYY-MM-DD
 */
async function begin({ role = 'peer' }) {
  const { site } = await siteFacts();
  const words = newWords(role === 'peer' ? PEER_WORDS : STAFF_WORDS);
  fresh = words;
  return { words: words.split(' '), site: siteShown(site), day: dateOf(today()) };
}

/**
 * Whether the words at these places (from 0) are the ones made. The page asks two of them back.
 * @param {{positions: number[], words: string[]}} args
 * @returns {{right: boolean[]}}
 */
function confirmWords({ positions, words }) {
  const made = madeWords().split(' ');
  return { right: positions.map((position, i) => (words[i] ?? '').trim().toLowerCase() === made[position]) };
}

/** The words just made. @returns {string} @throws {Trouble} */
export function madeWords() {
  if (!fresh) throw new Trouble('Failed', 'no-words', 'This page was loaded again, so the new words are gone. Make new ones.');
  return fresh;
}

/** Words of the list that begin as typed. @param {{prefix: string}} args */
function suggestWords({ prefix }) {
  return { words: suggest(prefix) };
}

/**
 * Which of the typed words are not in the list, and what may have been meant.
 * @param {{words: string}} args
 * @returns {{count: number, unknown: {position: number, near: string[]}[]}} position from 0
 */
function lookAtWords({ words }) {
  const typed = words.toLowerCase().trim();
  const count = typed ? typed.split(/\s+/).length : 0;
  try {
    readWords(words);
    return { count, unknown: [] };
  } catch (error) {
    if (!(error instanceof UnknownWords)) throw error;
    return { count, unknown: error.positions.map((position, i) => ({ position, near: nearWords(error.words[i]) })) };
  }
}

/** @type {Record<string, (args: any) => any>} */
export const wordsMethods = {
  'account.begin': begin,
  'account.confirmWords': confirmWords,
  'account.suggest': suggestWords,
  'account.lookAtWords': lookAtWords,
};
