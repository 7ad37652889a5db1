/**
 * What an account is opened with. Words, kept here until two of them were given back, and help with typing them; a new account, its keys
 * made here and sealed under words that only the person will have: peers, staff and founder alike; ways in, added and removed. Each such
 * change is a signed act and a version of the notebook, in one commit.
 */
import { H, UnknownWords, b64u, equal, sodium, unb64u } from '../crypto/bytes.js';
import { frame } from '../crypto/frame.js';
import { laneAccount, newIdentity, publicKey, sealBundle, sealNotebook, sign } from '../crypto/keys.js';
import { laneTag } from '../crypto/log.js';
import { method, newSheet, sheetText, wordsSecret, wrap } from '../crypto/method.js';
import { newWords, readWords, suggest, wordAt } from '../crypto/words.js';
import { dateOf, today } from './clock.js';
import { siteFacts } from './directory.js';
import { me } from './me.js';
import { post } from './net.js';
import { blankNotebook, notebook, saveBy } from './notebook.js';
import { siteShown } from './shown.js';
import { Trouble } from './trouble.js';

const WORDS = 7776;
const SHOWN = 3;

/** Words that someone may have meant, of the whole list: two letters off at most. @param {string} typed @returns {string[]} nearest first, at most three */
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
  if (!typed) return { count: 0, unknown: [] };
  const count = typed.split(/\s+/).length;
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

/**
 * @typedef {object} Prepared
 * @property {Uint8Array} enrol frame @property {Uint8Array} sig its 64 bytes @property {Uint8Array} box notebook version 1
 * @property {Uint8Array} tag of the notebook's leaf @property {import('./me.js').Me} me
 */

/**
 * Everything that an enrolment needs, ready to be sent; nothing has left this device.
 * @param {{site: Uint8Array, role: 'peer' | 'staff', words: string, email?: string, identity?: import('../crypto/keys.js').Identity}} from
 * @returns {Prepared}
 */
export function prepareEnrolment({ site, role, words, email = '', identity = newIdentity() }) {
  const by = method(wordsSecret(words, site, role, email), site, role, 'words');
  const account_key = sodium.randombytes_buf(32);
  const { fp } = identity;
  const book = blankNotebook();
  book.methods.push(methodNote(by));
  const box = sealNotebook(account_key, site, fp, 1, book);
  const tag = laneTag(laneAccount(identity), 'account', 1);
  const enrol = frame('enrol', {
    site, role, ed_pk: identity.ed_pk, xwing_pk: identity.xwing_pk, locator: by.locator, kind: by.kind, login_pk: by.login_pk,
    wrap: wrap(by, site, role, fp, account_key), bundle: sealBundle(account_key, site, role, identity), notebook: box, tag,
  });
  return { enrol, sig: sign(identity.ed_seed, enrol), box, tag, me: { site, role, fp, identity, account_key, method: by, submitted: false, made: true } };
}

/** What the notebook keeps of a method. Its login seed signs acts after a move to another page; it opens nothing. @param {import('../crypto/method.js').Method} by */
export function methodNote(by) {
  return { kind: by.kind, locator: b64u(by.locator), login_seed: b64u(by.login_seed), day: today() };
}

/** The name of a site from its first root frame. @param {Uint8Array} root frame @returns {Uint8Array} */
export function siteOf(root) {
  return H(root);
}

const NO_WRAP = new Uint8Array(0);

/** @typedef {{kind: string, locator: string, login_seed: string, day: number}} Note what the notebook keeps of a method */

/**
 * Add a recovery sheet. Its letters are shown once; the server gets a wrap that only they open.
 * @returns {Promise<{sheet: string}>}
 */
async function addSheet() {
  const { site, role, fp, account_key } = me();
  const code = newSheet();
  const by = method(code, site, role, 'sheet');
  await changeMethods((book) => book.methods.push(methodNote(by)), { ...by, wrap: wrap(by, site, role, fp, account_key) });
  return { sheet: sheetText(code, site) };
}

/**
 * Remove a way in. It can't undo what somebody opens who has its secret and an old copy of the server's data.
 * @param {{locator: string}} args as `account.methods` gave it
 */
async function remove({ locator }) {
  const found = notes().find((one) => one.locator === locator);
  if (!found) throw new Trouble('Refused', 'no-such-method', 'This way in is gone already.');
  await changeMethods((book) => { book.methods = book.methods.filter((/** @type {Note} */ one) => one.locator !== locator); },
    { kind: found.kind, locator: unb64u(locator), login_pk: publicKey(unb64u(found.login_seed)), wrap: NO_WRAP });
  const left = notes().find((one) => one.login_seed);
  if (left) me().method = { kind: left.kind, locator: unb64u(left.locator), login_seed: unb64u(left.login_seed) };
  return {};
}

/**
 * @param {(book: Record<string, any>) => void} change
 * @param {{kind: string, locator: Uint8Array, login_pk: Uint8Array, wrap: Uint8Array}} by
 */
function changeMethods(change, { kind, locator, login_pk, wrap: sealed }) {
  const { site, fp } = me();
  return saveBy(change, ({ version, tag, box }) => post('/sign-in/methods',
    frame('methods', { site, fp, version, tag, notebook: box, kind, locator, login_pk, wrap: sealed }), { act: true }));
}

/** @returns {Note[]} */
function notes() {
  return notebook().methods;
}

/** The ways in that this account has; `now`: the one this tab signs with. */
function list() {
  const mine = me().method;
  return { methods: notes().map(({ kind, locator, day }) => ({ kind, locator, day: dateOf(day), now: !!mine && equal(unb64u(locator), mine.locator) })) };
}

/** @type {Record<string, (args: any) => any>} */
export const methodsMethods = { 'account.addSheet': addSheet, 'account.removeMethod': remove, 'account.methods': list };
