/**
 * Ask the page's worker, which alone holds keys.
 *
 *   const { words } = await ask('account.begin');
 *   on('progress', (value) => ...);
 *
 * An error that comes back has .kind, .code, .words (for the person, in the page's language) and .facts.
 */
import { askDate, watchIdle } from './lock.js';
import { N_, _ } from './say.js';
import { blank, byId, startWorker } from './shell.js';

const DATE = 'date-trusted'; // how many seconds this device is off, as the person said
const TAB = 'tab'; // the account key, boxed under a share that the server keeps with the session
const UNSTORED = 'unstored'; // what was being written when the session ended, sealed
const NOTEBOOK = 'notebook'; // version and hash of the newest one this tab has opened; it stays through a lock, until Leave

/** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
const waiting = new Map();
/** @type {Map<string, Set<(value: any) => void>>} */
const listeners = new Map();
/** @type {Worker | null} */
let worker = null;
let count = 0;

/** An error of the worker. @typedef {Error & {kind: string, code: string, words: string, facts: Record<string, any>}} AskError */

/**
 * Call a method of the worker (static/js/worker/main.js).
 * @param {string} method e.g. 'case.open'
 * @param {Record<string, any>} [args] plain data
 * @returns {Promise<any>}
 */
export function ask(method, args = {}) {
  const to = connect();
  count += 1;
  const id = count;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    to.postMessage({ id, method, args });
  });
}

/** Hear what the worker says by itself: 'locked', 'progress'. @param {string} event @param {(value: any) => void} hear @returns {() => void} stops hearing */
export function on(event, hear) {
  const all = listeners.get(event) ?? new Set();
  listeners.set(event, all.add(hear));
  return () => all.delete(hear);
}

/**
 * Go on where this tab was: to be asked once when a page that needs an account starts.
 * @returns {Promise<{role: 'peer' | 'staff', fp: string, submitted: boolean, putBack: import('./put_back.js').Gone | null} | null>} null when nobody is signed in here
 */
export async function resume() {
  try {
    const who = await ask('account.resume', { tab: read(TAB), seen: seenNotebook(), offset: trustedOffset() });
    if (who.serverDate) await settleDate(who.serverDate);
    return who;
  } catch (error) {
    if (/** @type {AskError} */ (error).kind === 'Locked') return null;
    throw error;
  }
}

/** What this tab knows of a notebook that it opened, for a sign-in. @returns {string | null} */
export function seenNotebook() {
  return read(NOTEBOOK);
}

/** For a page that starts without an account: ask once which date is right when the device's is far from the server's. */
export async function checkDate() {
  const offset = trustedOffset();
  if (offset !== undefined) await ask('account.trustClock', { offset });
  const { serverDate } = await ask('account.clock');
  if (serverDate) await settleDate(serverDate);
}

/** @param {string} serverDate @returns {Promise<boolean>} true: the person said that it is right */
async function settleDate(serverDate) {
  if (!await askDate(serverDate)) return false;
  keep(DATE, String((await ask('account.trustClock')).offset));
  return true;
}

/**
 * Do what a person asked for. If it waits for the date, they are asked for it, and on a yes it is done after all: nothing was sent before.
 * @param {() => Promise<void>} work
 */
export async function whenDated(work) {
  try {
    await work();
  } catch (problem) {
    const error = /** @type {AskError} */ (problem);
    if (error.kind !== 'Input' || error.code !== 'date' || !await settleDate(error.facts.date)) throw error;
    await work();
  }
}

/** What the person said on a page before. A server that moves on from it by more than a day is asked about anew. */
function trustedOffset() {
  const kept = Number(read(DATE) ?? NaN);
  return Number.isSafeInteger(kept) ? kept : undefined;
}

/**
 * The same for a page that is of no use to anyone else: shows the sign-in when nobody is signed in, and locks the page
 * after ten minutes without a sign of life.
 * @param {{role?: 'peer' | 'staff'}} [needs]
 * @returns {Promise<{role: 'peer' | 'staff', fp: string, submitted: boolean}>} does not resolve when the page is left
 */
export async function enter({ role } = {}) {
  const had = read(TAB) !== null;
  const who = await resume();
  if (!who && had) { showLocked(); return new Promise(() => {}); }
  if (!who || (role && who.role !== role)) {
    location.replace('/sign-in');
    return new Promise(() => {});
  }
  guard();
  await takeBack().catch(() => {});
  if (who.putBack && await (await import('./put_back.js')).askPutBack(who.putBack, await evidenceFile())) return goOn();
  if (who.role === 'staff') await ask('listing.renew').catch(() => {}); // the page itself says what is wrong with the list
  return who;
}

/** Go on from what the site was put back to: the page begins anew. @returns {Promise<any>} does not resolve */
export async function goOn() {
  await ask('account.goOn').catch((error) => { if (error.code !== 'other-notes') throw error; }); // they are asked anew
  location.reload();
  return new Promise(() => {});
}

/** What this browser saw, as a file, and its four words. @returns {Promise<{name: string, words: string[], url: string} | null>} */
export async function evidenceFile() {
  try {
    const { name, text, words } = await ask('case.evidence');
    return { name, words, url: URL.createObjectURL(new Blob([text], { type: 'application/json' })) };
  } catch {
    return null; // the refusal itself is shown in any case
  }
}

/** What a page is writing (letters.js): how to store it, and what of it is sealed and not stored. */
let writing = { settle: async () => {}, unstored: () => /** @type {string[]} */ ([]) };

/** @param {typeof writing} how */
export function isWriting(how) {
  writing = how;
}

/** What a page of this tab could not store before it locked. It waits on when there is no connection. */
async function takeBack() {
  const kept = read(UNSTORED);
  if (!kept) return;
  const { left } = await ask('draft.takeBack', { sealed: kept.split(' ') });
  keep(UNSTORED, left.join(' ') || null);
}

/** Lock this page when it is left alone, and whenever the worker says that the session is over. */
export function guard() {
  const idle = watchIdle({
    onLock: lockNow,
    onStay: () => { ask('account.stay').catch(() => {}); },
  });
  on('locked', () => { idle.stop(); showLocked(); });
}

/** Lock now; what was typed is kept first. */
export async function lockNow() {
  await writing.settle();
  await ask('account.lock').catch(() => {});
  showLocked();
}

/** This page shows nothing any more: an answer that still comes has nowhere to go. */
let over = false;

/** The sign-in, which says why. What was typed and not stored goes along, sealed. */
export function showLocked() {
  if (over) return;
  over = true;
  const rest = writing.unstored();
  if (rest.length) keep(UNSTORED, [read(UNSTORED), ...rest].filter(Boolean).join(' '));
  blank();
  keep(TAB, null);
  keep('locked', document.body.dataset.staff === undefined ? 'peer' : 'staff');
  location.replace('/sign-in');
}

function connect() {
  if (worker) return worker;
  const mine = startWorker();
  worker = mine;
  mine.addEventListener('message', ({ data }) => hear(data));
  mine.addEventListener('error', () => {
    // The worker's script itself failed to load: nobody will ever answer. The shell has ended it, and the next call starts another.
    if (worker !== mine) return;
    worker = null;
    for (const { reject } of waiting.values()) {
      reject(problem({ kind: 'Failed', code: 'no-worker', words: N_('This page did not start. That is our fault. Nothing was sent. Load it again.'), facts: {} }));
    }
    waiting.clear();
  });
  return mine;
}

/** @param {{id?: number, result?: any, error?: any, event?: string, value?: any}} data */
function hear({ id, result, error, event, value }) {
  if (event) {
    if (event === 'tab') keep(TAB, value);
    if (event === 'notebook') keep(NOTEBOOK, value);
    for (const listener of listeners.get(event) ?? []) listener(value);
    return;
  }
  if (over) return;
  const asked = waiting.get(/** @type {number} */ (id));
  waiting.delete(/** @type {number} */ (id));
  if (error) asked?.reject(problem(error));
  else asked?.resolve(result);
}

/** @param {{kind: string, code: string, words: string, facts: Record<string, any>}} error @returns {AskError} */
function problem(error) {
  return Object.assign(new Error(error.code), { ...error, words: _(error.words) });
}

/** @param {string} name @returns {string | null} */
function read(name) {
  try { return sessionStorage.getItem(name); } catch { return null; }
}

/** @param {string} name @param {string | null} value */
function keep(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch { /* without storage the words are asked for on each page */ }
}

/**
 * Show the links to one's own rooms, by the verified list of people. To be called once signed in, and when the list may have changed.
 * It is a kindness, not a wall: the server and the keys decide what opens.
 */
export async function showOwnRooms() {
  /** @type {string[] | null} null: it can't be known now, so every link is there as before */
  const roles = await ask('listing.roles').then((answer) => answer.roles, () => null);
  for (const room of /** @type {NodeListOf<HTMLElement>} */ (byId('rooms').querySelectorAll('li[data-role]'))) {
    const here = room.querySelector('[aria-current]') !== null;
    room.hidden = !here && roles !== null && !String(room.dataset.role).split(' ').some((role) => roles.includes(role));
  }
}
