/**
 * After a case is on the page: what was promised has to come into the log within ten seconds, what is older has to be proven, and
 * other members must have been shown the same log. Only then is the case pinned.
 *
 * Members signed what they were shown of the log: in each record `seen`, in each roster its size and root. The newest of each author is
 * enough: their own browser held it against what it saw before. A site that shows two people two logs is found out so.
 */
import { hex, unb64u } from '../crypto/bytes.js';
import { unframe } from '../crypto/frame.js';
import { checkCasePin, claimedLog, hashOf, nameOfLine, pinOf, prove } from './case_proof.js';
import { overdue } from './clock.js';
import { directory } from './directory.js';
import { logTrouble, refused } from './evidence.js';
import { isBefore } from './leaves.js';
import { follow, followTo, logNow, readSeen } from './log.js';
import { areRestoresLogged, checkListIsLogged, checkOwnLane, checkSiteLanes, isMuchLater } from './log_lanes.js';
import { note, notebook } from './notebook.js';
import { standings } from './receipts.js';
import { Trouble, tell, told } from './trouble.js';
import { agree, wasEarlier, watched } from './witnesses.js';

/** @typedef {import('./case_load.js').Case} Case @typedef {import('./leaves.js').Tree} Tree */
/** @typedef {{size: number, root: Uint8Array}} Claim */

/**
 * Of a log that was followed since the case was fetched: who wrote in it had seen no more by then.
 * @param {Case} state @param {import('./case_proof.js').Pin | undefined} pin what came after it is looked at
 * @returns {Promise<boolean>} false: somebody saw more lines than there are here yet
 * @throws {import('./trouble.js').Trouble} Inconsistent 'split-view'
 */
export async function checkClaims(state, pin) {
  const tree = await followTo(logNow());
  const claims = newestClaims(state, pin?.log ? pin.seq : 0);
  const ahead = [];
  for (const claim of claims) if (claim.size > tree.size && !await wasEarlier(tree, claim)) ahead.push(claim);
  if (overdue(`seen ${hex(state.id)}`, ahead.map(({ size }) => String(size)))) throw logTrouble('split-view', { size: ahead[0].size });
  for (const claim of claims) if (!ahead.includes(claim)) await agree(tree, claim);
  return !ahead.length;
}

/** @param {Case} state @param {number} after @returns {Claim[]} */
function newestClaims({ entries, chain }, after) {
  /** @type {Map<string, Claim>} */
  const newest = new Map();
  for (const one of entries) {
    if (one.seq <= after) continue;
    const claim = one.type === 'roster' ? ofRoster(chain.rosters.get(one.e)) : ofRecord(one.seen);
    if (claim) newest.set(one.author, claim);
  }
  return [...newest.values()];
}

/** @param {Uint8Array | undefined} roster @returns {Claim | null} */
function ofRoster(roster) {
  if (!roster) return null;
  const { log_size: size, log_root: root } = unframe('roster', roster);
  return size > 0 ? { size, root } : null;
}

/** What has another shape says nothing, and closes no case. @param {any} seen @returns {Claim | null} */
function ofRecord(seen) {
  if (!seen || !Number.isSafeInteger(seen.size) || seen.size <= 0) return null;
  try {
    const root = unb64u(seen.root);
    return root.length === 32 ? { size: seen.size, root } : null;
  } catch {
    return null;
  }
}

/** @typedef {import('./case_proof.js').Proof} Proof */
/** @typedef {import('./case_proof.js').Pin} Pin */

const PAUSES_MS = [0, 500, 500, 1000, 1500, 2000, 2500, 2500];

/**
 * Look until everything is there, or too late. Tells the page 'log': {case, state: 'proven' | 'waiting' | 'marked', marked, watch}.
 * A site that answers at last, after it refused, has twice as long again: what is still waited for then was not waited for before.
 * @param {Case} state @param {{current: () => boolean, again: () => Promise<Case>}} look current: whether the case was not read anew
 *   meanwhile; again: reads it anew
 */
export async function settle(state, { current, again }) {
  if (state.marked) return; // the page is told with the case
  let answered = false;
  let withheld = false;
  for (let look = 0; look < PAUSES_MS.length || (answered && look < 3 * PAUSES_MS.length); look += 1) {
    await new Promise((resolve) => { setTimeout(resolve, PAUSES_MS[look] ?? PAUSES_MS[PAUSES_MS.length - 1]); });
    if (!current()) return;
    try {
      if (await settled(state)) { await sayProven(state, current); return; }
      [answered, withheld] = [true, false];
    } catch (error) {
      const { kind, code } = told(error);
      if (!current() || kind === 'Locked') return;
      if (code === 'number-hidden') { again().then(tellMark, () => {}); return; } // somebody wrote since, or the site hides it
      [answered, withheld] = [false, kind === 'Refused'];
      if (kind !== 'Refused' && kind !== 'Offline') { mark(state, error); return; }
    }
    say(state);
  }
  if (withheld && current()) mark(state, logTrouble('log-withheld'));
}

/** A mark that the second look brought, which no page asked for. @param {Case} next */
function tellMark(next) {
  if (next.marked) say(next);
}

/** Witnesses were behind when they had had time, and nothing has changed since: what the page says of it does not come and go. */
let late = false;

/** It is said at once that everything fits; that witnesses are behind, only when they have had time. @param {Case} state @param {() => boolean} current */
async function sayProven(state, current) {
  const watch = await watched(state);
  late &&= !!watch.behind;
  say(state, 'proven', watch.behind && !late ? null : watch);
  if (!watch.behind) return;
  const later = await watched(state, { patient: true });
  late = !!later.behind;
  if (current()) say(state, 'proven', later);
}

/** What can't even be read is no excuse: whoever garbles an answer would be believed. @param {Case} state @param {unknown} error */
function mark(state, error) {
  const fault = error instanceof Trouble && error.kind === 'Inconsistent' ? error : logTrouble('log-garbled');
  state.marked = state.found = fault;
  refused(fault, hex(state.id));
  say(state);
}

/** @param {Case} state @param {string} [how] @param {import('./witnesses.js').Watch | null} [watch] */
function say({ id, marked }, how = 'waiting', watch = null) {
  tell('log', { case: hex(id), state: marked ? 'marked' : how, watch, marked: marked && { kind: marked.kind, code: marked.code, words: marked.words, facts: marked.facts } });
}

/**
 * One look, from where the case was proven before: the notebook may have seen more of the log since, of another case.
 * @param {Case} state @returns {Promise<boolean>} whether nothing is waited for any more
 */
async function settled(state) {
  const id = hex(state.id);
  const before = notebook().pins.cases[id];
  const tree = await follow({ from: before?.log ? readSeen(before.log) : claimedLog(state) });
  const log = logNow();
  const waiting = await missing(state, tree, before);
  const noted = await checkOwnLane(tree);
  await checkSiteLanes(tree);
  if (overdue(id, waiting)) throw logTrouble('promise-broken');
  if (!noted || waiting.length) return false;
  if (!await checkClaims(state, before)) return false;
  if (!await areRestoresLogged(await followTo(logNow())) || !await checkListIsLogged()) return false;
  await pin(state, id, log);
  return true;
}

/** What is neither in the lines held here nor proven to be older. @param {Case} state @param {Tree} tree @param {Pin | undefined} before @returns {Promise<string[]>} */
async function missing(state, tree, before) {
  state.proof = await prove(state, tree, before);
  await proveOlder(state.proof);
  return state.proof.waiting.map(nameOfLine);
}

/** @param {Proof} proof */
async function proveOlder({ older }) {
  const places = await standings(older.map(hashOf));
  places.forEach((standing, i) => {
    if (!standing) throw logTrouble('not-in-log');
    [older[i].log, older[i].index] = [standing.log, standing.index];
  });
}

/** @type {Promise<void>} one after the other, so that no two save the same */
let pinning = Promise.resolve();

/** Pin what was found, with the log that it was held against: at most one save an opening. @param {Case} state @param {string} id @param {import('./log.js').Seen} log to be noted as seen @returns {Promise<void>} */
function pin(state, id, log) {
  const next = pinning.catch(() => {}).then(() => save(state, id, log));
  pinning = next;
  return next;
}

/** @param {Case} state @param {string} id @param {import('./log.js').Seen} log */
async function save(state, id, log) {
  const list = (await directory()).state.version;
  const found = pinOf(state, /** @type {Proof} */ (state.proof));
  if (isNoted(found, id)) return;
  await note((book) => {
    checkCasePin(state, book.pins); // another tab may have seen more since
    const now = book.pins.cases[id];
    if ((now?.seq ?? 0) > found.seq || isBefore(readSeen(found.log), readSeen(now?.log))) return;
    book.pins.cases[id] = found;
    book.pins.directory.logged = list;
    if (isBefore(readSeen(book.log), log)) book.log = log;
  });
}

/** Whether nothing of this is worth a save. @param {Pin} found @param {string} id */
function isNoted(found, id) {
  const before = notebook().pins.cases[id];
  if (!before?.log || before.seq !== found.seq) return false;
  return JSON.stringify(before.acts) === JSON.stringify(found.acts) && !isMuchLater(readSeen(before.log), readSeen(found.log));
}
