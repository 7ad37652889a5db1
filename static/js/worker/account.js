/**
 * Coming in and going out: words made, enrolment, sign-in by signature, the tab's share, lock, further methods.
 * Other modules use me() of me.js for keys, notebook()/note() of notebook.js, directory() of directory.js.
 */
import { CannotOpen, Malformed, UnknownWords } from '../crypto/errors.js';
import { b64u, equal, frame, hex, unb64u } from '../crypto/frame.js';
import { openBundle, openTab, sealTab } from '../crypto/keys.js';
import { authorization, method, unwrap, wordsSecret, wrap } from '../crypto/method.js';
import { newSheet, readSheet, sheetText } from '../crypto/sheet.js';
import { newWords, readWords, suggest } from '../crypto/words.js';
import { clockIsOff, dateOf, serverDate, today, trustServerDate } from './clock.js';
import { myRoles, siteFacts, siteShown } from './directory.js';
import { methodNote, prepareEnrolment } from './enrolment.js';
import { forgetMe, isSignedIn, me, setMe } from './me.js';
import { connect, freshNonce, post } from './net.js';
import { checkNotebookReceipt, forgetNotebook, nextNotebook, note, notebook, takeNewer, takeNotebook, wasSaved } from './notebook.js';
import { nearWords } from './spelling.js';
import { tell } from './tell.js';
import { Trouble, wrongInput } from './trouble.js';

const PEER_WORDS = 7;
const STAFF_WORDS = 6;

/** One browser holds one session: when somebody else signs in, the other tabs forget their keys before they can write as them. */
const tabs = new BroadcastChannel('alongside');
tabs.addEventListener('message', ({ data }) => { if (isSignedIn() && data !== hex(me().fp)) forget(); });

connect(signAct, forget);

/** Words just made and not yet given back. @type {{words: string, role: 'peer' | 'staff'} | null} */
let fresh = null;

/** @param {Uint8Array} nonce @param {Uint8Array} act */
function signAct(nonce, act) {
  const { method: by, site } = me();
  if (!by) throw new Trouble('Locked', 'sign-in-again', 'Nothing is lost. Sign in once more with your words, then do this again.');
  return authorization(/** @type {any} */ (by), site, nonce, act);
}

/** Drop every key in this tab, and tell the page. */
function forget() {
  const was = isSignedIn();
  forgetMe();
  forgetNotebook();
  fresh = null;
  tell('tab', null);
  if (was) tell('locked');
}

/** Who is here, for a page. */
function shown() {
  const { role, fp, submitted } = me();
  return { role, fp: hex(fp), submitted, ...clock() };
}

/** The server's date when it and this device differ by more than a day, so that the person is asked which is right. */
function clock() {
  return { serverDate: clockIsOff() ? serverDate() : null };
}

/** The person said that the server's date is right, here or on a page before. */
function trustClock() {
  trustServerDate();
  return {};
}

/**
 * Make words for a new account: seven for a peer, six for staff. They are kept here until they are given back.
 * @param {{role?: 'peer' | 'staff'}} args
 * @returns {Promise<{words: string[], site: string, day: string}>} site: the check number on the sheet; day: YYYY-MM-DD
 */
async function begin({ role = 'peer' }) {
  const { site } = await siteFacts();
  const words = newWords(role === 'peer' ? PEER_WORDS : STAFF_WORDS);
  fresh = { words, role };
  prepared = null;
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
  return fresh.words;
}

/** Open a peer's account under the words just made. Safe to repeat: the same bytes get the same answer. */
async function enrol() {
  const { site } = await siteFacts();
  prepared ??= prepareEnrolment({ site, role: 'peer', words: madeWords() });
  await enrolled(prepared, await post('/sign-in/enrol', { enrol: prepared.enrol, sig: prepared.sig }));
  prepared = null;
  return shown();
}
/** @type {import('./enrolment.js').Prepared | null} */
let prepared = null;

/** Go on as the account that the server has taken. @param {import('./enrolment.js').Prepared} from @param {{share: string}} answer */
export async function enrolled(from, { share }) {
  setMe(from.me);
  takeNotebook(1, from.box);
  fresh = null;
  keepTab(unb64u(share));
}

/** @param {Uint8Array} share */
function keepTab(share) {
  const { site, fp, account_key } = me();
  tabs.postMessage(hex(fp));
  tell('tab', b64u(sealTab(share, site, fp, account_key)));
}

/**
 * Sign in with words, or with the letters of a recovery sheet.
 * @param {{role: 'peer' | 'staff', words?: string, sheet?: string, email?: string}} args
 * @returns {Promise<{role: string, fp: string, submitted: boolean, to: string}>} `to` is the page where the person belongs
 * @throws {UnknownWords} with facts.positions @throws {Trouble} 'no-match', Input
 */
async function signIn({ role, words = '', sheet = '', email = '' }) {
  const { site } = await siteFacts();
  const by = sheet.trim() ? bySheet(sheet, site, role) : byWords(words, site, role, email);
  const answer = await post('/sign-in', {}, { authorization: authorization(by, site, await freshNonce(), new Uint8Array(32)) });
  const fp = unb64u(answer.fp);
  const account_key = unwrap(by, site, role, fp, unb64u(answer.wrap));
  setMe({ site, role, fp, account_key, identity: openBundle(account_key, site, role, fp, unb64u(answer.bundle)), method: by, submitted: answer.submitted });
  takeNotebook(answer.notebook.version, unb64u(answer.notebook.box));
  keepTab(unb64u(answer.share));
  if (!knownMethod(by.locator)) await note((book) => { book.methods = [...book.methods.filter((/** @type {any} */ one) => one.locator !== b64u(by.locator)), methodNote(by)]; });
  return { ...shown(), to: await home() };
}

/** @param {string} typed @param {Uint8Array} site @param {'peer' | 'staff'} role @param {string} email */
function byWords(typed, site, role, email) {
  const words = readWords(typed);
  const wanted = role === 'peer' ? PEER_WORDS : STAFF_WORDS;
  const have = words.split(' ').length;
  if (have !== wanted) throw new Trouble('Input', 'count', 'This is not the right number of words.', { field: 'words', have, wanted });
  return method(wordsSecret(words, site, role, role === 'staff' ? readEmail(email) : ''), site, role, 'words');
}

/** @param {string} typed @param {Uint8Array} site @param {'peer' | 'staff'} role */
function bySheet(typed, site, role) {
  try {
    return method(readSheet(typed, site), site, role, 'sheet');
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw wrongInput('sheet', 'These are not the forty letters of a sheet of this site. Look at each group again.');
  }
}

/** @param {string} typed @returns {string} trimmed, lower case @throws {Trouble} Input */
export function readEmail(typed) {
  const email = typed.trim().toLowerCase();
  if (!/^[\x21-\x7e]+@[\x21-\x7e]+$/.test(email) || email.length > 254) throw wrongInput('email', 'Type the e-mail address that you were invited with, such as name@example.org.');
  return email;
}

/** @param {Uint8Array} locator @returns {any} the notebook's note of a method */
function knownMethod(locator) {
  return notebook().methods.find((/** @type {any} */ one) => one.locator === b64u(locator) && one.login_seed);
}

/**
 * Go on in a tab whose session is alive, with what its storage kept.
 * @param {{tab?: string | null, dateTrusted?: boolean}} args
 * @throws {Trouble} Locked when the session is over or the tab kept nothing
 */
async function resume({ tab, dateTrusted = false }) {
  if (dateTrusted) trustServerDate();
  if (isSignedIn()) return shown();
  if (!tab) throw new Trouble('Locked', 'locked', 'Sign in with your words.');
  const answer = await post('/sign-in/share');
  if (!answer.fp) throw new Trouble('Locked', 'locked', 'Sign in with your words.');
  const { site } = await siteFacts();
  const fp = unb64u(answer.fp);
  const account_key = openKeptTab(unb64u(answer.share), site, fp, unb64u(tab));
  const identity = openBundle(account_key, site, answer.role, fp, unb64u(answer.bundle));
  setMe({ site, role: answer.role, fp, account_key, identity, method: null, submitted: answer.submitted });
  takeNotebook(answer.notebook.version, unb64u(answer.notebook.box));
  const kept = notebook().methods.find((/** @type {any} */ one) => one.login_seed);
  if (kept) me().method = { kind: kept.kind, locator: unb64u(kept.locator), login_seed: unb64u(kept.login_seed) };
  return shown();
}

/** What this tab kept, if it is of this very session. @param {Uint8Array} share @param {Uint8Array} site @param {Uint8Array} fp @param {Uint8Array} tab */
function openKeptTab(share, site, fp, tab) {
  try {
    return openTab(share, site, fp, tab);
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    tell('tab', null);
    throw new Trouble('Locked', 'locked', 'Locked, and nothing is lost. Open it again with your words.');
  }
}

/** The page where the person belongs. @returns {Promise<string>} */
async function home() {
  if (me().role === 'peer') return me().submitted ? '/case' : '/intake';
  const roles = await myRoles();
  if (roles.includes('coordinator')) return '/desk';
  return roles.includes('supporter') ? '/supporter' : '/people';
}

/** End the session here and on the server, in every tab. */
async function lock() {
  try {
    await post('/sign-in/lock');
  } finally {
    forget();
  }
  return {};
}

/** Tell the server that somebody is here. */
async function stay() {
  await post('/sign-in/share');
  return {};
}

/**
 * Add a recovery sheet. Its letters are shown once; the server gets a wrap that only they open.
 * @returns {Promise<{sheet: string}>}
 */
async function addSheet() {
  const { site, role, fp, account_key } = me();
  const code = newSheet();
  const by = method(code, site, role, 'sheet');
  for (let tries = 1; ; tries += 1) {
    const next = nextNotebook((book) => book.methods.push(methodNote(by)));
    const body = frame('methods', {
      site, fp, version: next.version, tag: next.tag, notebook: next.box, kind: by.kind, locator: by.locator, login_pk: by.login_pk,
      wrap: wrap(by, site, role, fp, account_key),
    });
    try {
      const { receipt } = await post('/sign-in/methods', body, { act: true });
      await checkNotebookReceipt(receipt, next);
      wasSaved(next);
      return { sheet: sheetText(code, site) };
    } catch (error) {
      if (!(error instanceof Trouble) || error.code !== 'newer' || tries >= 5) throw error;
      takeNewer(/** @type {any} */ (error.facts));
    }
  }
}

/** The ways in that this account has. */
function listMethods() {
  const mine = me().method;
  return { methods: notebook().methods.map((/** @type {any} */ one) => ({ kind: one.kind, day: one.day, now: !!mine && equal(unb64u(one.locator), mine.locator) })) };
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
export const methods = {
  'account.begin': begin,
  'account.confirmWords': confirmWords,
  'account.enrol': enrol,
  'account.signIn': signIn,
  'account.resume': resume,
  'account.home': async () => ({ to: await home() }),
  'account.clock': async () => { await siteFacts(); return clock(); },
  'account.trustClock': trustClock,
  'account.lock': lock,
  'account.stay': stay,
  'account.addSheet': addSheet,
  'account.methods': listMethods,
  'account.suggest': suggestWords,
  'account.lookAtWords': lookAtWords,
};
