/**
 * Coming in and going out: enrolment, sign-in by signature, the tab's share, lock. New words and further ways in: enrolment.js.
 * Other modules use me() of me.js for keys, notebook()/note() of notebook.js, directory() of directory.js.
 */
import { CannotOpen, Malformed, b64u, hex, unb64u } from '../crypto/bytes.js';
import { openBundle, openTab, sealTab } from '../crypto/keys.js';
import { authorization, method, readSheet, unwrap, wordsSecret } from '../crypto/method.js';
import { readWords } from '../crypto/words.js';
import { clockIsOff, compareClock, serverDate, trustServerDate } from './clock.js';
import { myRoles, siteFacts } from './directory.js';
import { PEER_WORDS, STAFF_WORDS, forgetWords, madeWords, methodsMethods, prepareEnrolment, wordsMethods } from './enrolment.js';
import { forgetMe, isSignedIn, me, setMe } from './me.js';
import { connect, expectAct, freshNonce, nonceForAct, post } from './net.js';
import { checkNotebookReceipt, forgetNotebook, isOlder, notebook, recallNotebook, sawLog, seenLog, takeNotebook } from './notebook.js';
import { Trouble, tell, wrongInput } from './trouble.js';

/** One browser holds one session: when somebody else signs in (their fp is told), locks or leaves, the other tabs forget their keys at once. */
const tabs = new BroadcastChannel('alongside');
tabs.addEventListener('message', ({ data }) => { if (isSignedIn() && data !== hex(me().fp)) forget(); });

connect(signAct, forget);

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
  forgetWords();
  tell('tab', null);
  if (was) tell('locked');
}

/** Who is here, for a page. */
function shown() {
  const { role, fp, submitted } = me();
  return { role, fp: hex(fp), submitted, putBack: isOlder()?.facts ?? null, ...clock() };
}

/** The server's date when it and this device differ by more than a day, so that the person is asked which is right. */
function clock() {
  return { serverDate: clockIsOff() ? serverDate() : null };
}

/** The person said that the server's date is right. @param {{offset?: number}} args what they said on a page before @returns {{offset: number}} to be kept */
function trustClock({ offset }) {
  return { offset: trustServerDate(offset) };
}

/** @type {{words: string, prepared: import('./enrolment.js').Prepared} | null} */
let ready = null;

/** Open a peer's account under the words just made. Safe to repeat: the same bytes get the same answer. */
async function enrol() {
  const { site } = await siteFacts();
  const words = madeWords();
  if (ready?.words !== words) ready = { words, prepared: prepareEnrolment({ site, role: 'peer', words }) };
  const { prepared } = ready;
  await enrolled(prepared, await post('/sign-in/enrol', { enrol: prepared.enrol, sig: prepared.sig }));
  ready = null;
  return shown();
}

/**
 * Go on as the account that the server has taken, once the log has promised its first notebook.
 * @param {import('./enrolment.js').Prepared} from @param {{share: string, receipt: string}} answer
 */
export async function enrolled(from, { share, receipt }) {
  setMe(from.me);
  takeNotebook(1, from.box);
  await checkNotebookReceipt(receipt, from);
  forgetWords();
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
 * @param {{role: 'peer' | 'staff', words?: string, sheet?: string, email?: string, seen?: string | null}} args seen: the notebook that this tab's storage knows
 * @returns {Promise<{role: string, fp: string, submitted: boolean, to: string}>} `to` is the page where the person belongs
 * @throws {UnknownWords} with facts.positions @throws {Trouble} 'no-match', Input
 */
async function signIn({ role, words = '', sheet = '', email = '', seen }) {
  recallNotebook(seen);
  const { site } = await siteFacts();
  const by = sheet.trim() ? bySheet(sheet, site, role) : byWords(words, site, role, email);
  const answer = await post('/sign-in', {}, { authorization: authorization(by, site, await nonceForAct().catch(freshNonce), new Uint8Array(32)) });
  const fp = unb64u(answer.fp);
  const account_key = unwrap(by, site, role, fp, unb64u(answer.wrap));
  setMe({ site, role, fp, account_key, identity: openBundle(account_key, site, role, fp, unb64u(answer.bundle)), method: by, submitted: answer.submitted });
  await openHere(answer.notebook, answer.log);
  checkMethod(by.locator);
  keepTab(unb64u(answer.share));
  return { ...shown(), to: await home() };
}

/** @param {string} typed @param {Uint8Array} site @param {'peer' | 'staff'} role @param {string} email */
function byWords(typed, site, role, email) {
  const words = readWords(typed);
  const wanted = role === 'peer' ? PEER_WORDS : STAFF_WORDS;
  const have = words.split(' ').length;
  if (have !== wanted) throw new Trouble('Input', 'count', 'This is not the right number of words.', { field: 'words', have, wanted });
  const address = role === 'staff' ? readEmail(email) : '';
  expectAct(); // its nonce travels while the words are stretched
  return method(wordsSecret(words, site, role, address), site, role, 'words');
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

/** Each way in is noted as it is made. One that is not was removed, and the server kept what it opens. @param {Uint8Array} locator */
function checkMethod(locator) {
  if (notebook().methods.some((/** @type {any} */ one) => one.locator === b64u(locator))) return;
  forgetMe();
  forgetNotebook();
  throw new Trouble('Inconsistent', 'removed-way-in', 'Nothing was opened. This way in was removed from your account, and should open nothing. Come in another way, and tell a coordinator that it still did.');
}

/**
 * Go on in a tab whose session is alive, with what its storage kept.
 * @param {{tab?: string | null, seen?: string | null, offset?: number}} args offset: what `account.trustClock` gave
 * @throws {Trouble} Locked when the session is over or the tab kept nothing
 */
async function resume({ tab, seen, offset }) {
  if (offset !== undefined) trustServerDate(offset);
  if (isSignedIn()) return shown();
  if (!tab) throw new Trouble('Locked', 'locked', 'Sign in with your words.');
  recallNotebook(seen);
  const facts = siteFacts();
  facts.catch(() => {}); // awaited below, if somebody is signed in
  const answer = await post('/sign-in/share');
  compareClock(answer.now);
  if (!answer.fp) throw new Trouble('Locked', 'locked', 'Sign in with your words.');
  const { site } = await facts;
  const fp = unb64u(answer.fp);
  const account_key = openKeptTab(unb64u(answer.share), site, fp, unb64u(tab));
  const identity = openBundle(account_key, site, answer.role, fp, unb64u(answer.bundle));
  setMe({ site, role: answer.role, fp, account_key, identity, method: null, submitted: answer.submitted });
  await openHere(answer.notebook, answer.log);
  const kept = notebook().methods.find((/** @type {any} */ one) => one.login_seed);
  if (kept) me().method = { kind: kept.kind, locator: unb64u(kept.locator), login_seed: unb64u(kept.login_seed) };
  return shown();
}

/** The notebook that came with the keys. Without it nobody is signed in here; what the tab keeps stays, for a better answer. @param {{version: number, box: string}} notebook @param {number} log number of the one that grows now */
async function openHere({ version, box }, log) {
  try {
    if (log > (seenLog()?.log ?? log)) await (await import('./account_restored.js')).openAfterRestore({ version, box }, log);
    else takeNotebook(version, unb64u(box));
    if (!seenLog() && log) sawLog({ log, size: 0, root: '' }); // the number alone, until the log is followed
  } catch (error) {
    const stops = error instanceof Trouble && error.kind === 'Inconsistent';
    const keep = stops ? await (await import('./account_restored.js')).keepEvidence(error) : null;
    forgetMe();
    forgetNotebook();
    keep?.();
    throw error;
  }
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
  if (roles.includes('supporter')) return '/supporter';
  return roles.includes('steward') || roles.includes('researcher') ? '/research' : '/people';
}

/** End the session here and on the server, in every tab. */
async function lock() {
  tabs.postMessage('locked');
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

/** @type {Record<string, (args: any) => any>} */
export const methods = {
  'account.enrol': enrol,
  'account.signIn': signIn,
  'account.resume': resume,
  'account.home': async () => ({ to: await home() }),
  'account.clock': async () => { await freshNonce(); return clock(); },
  'account.trustClock': trustClock,
  'account.goOn': async () => (await import('./account_restored.js')).goOn(),
  'account.lock': lock,
  'account.stay': stay,
  ...wordsMethods,
  ...methodsMethods,
};
