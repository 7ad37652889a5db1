/**
 * The lanes of the log that concern an account and the whole site: the newest private notes, the newest list of people and the
 * newest roots are those that were handed out, or the server keeps something back.
 *
 * Each restore stands in the log that it began. Roots may have signed one that was never used, and a signature is good for ever: what
 * everybody can see in the log is the one that counts. And the roots of then signed it, or later ones: a key whose end stands in an earlier
 * log begins none.
 */
import { equal } from '../crypto/bytes.js';
import { laneAccount } from '../crypto/keys.js';
import { accountTag, laneTag } from '../crypto/log.js';
import { overdue } from './clock.js';
import { directory, provenRoots, siteHere } from './directory.js';
import { logTrouble } from './evidence.js';
import { find, isBefore } from './leaves.js';
import { follow, logNow, readSeen } from './log.js';
import { me, whenForgotten } from './me.js';
import { isOlder, note, notebook, notesVersion, readAgain } from './notebook.js';
import { hashOfLine, listLines, siteLine, siteTag, standings } from './receipts.js';
import { FIRST, restores } from './restores.js';

/** @typedef {import('./leaves.js').Tree} Tree @typedef {import('./receipts.js').SiteLine} SiteLine */
/** @typedef {{log: number} | null | undefined} Where in which log a line stands; none: in none yet */

const PAUSE_MS = 500;
const pause = () => new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });

/** @type {number} the newest log of which it was found that each restore up to its own is logged */
let proven = FIRST - 1;

whenForgotten(() => { proven = FIRST - 1; });

/** The lines of all restores up to this log. @param {number} newest number of a log @returns {Promise<SiteLine[]>} @throws {import('./trouble.js').Trouble} Inconsistent 'log-renumbered' */
export async function restoreLines(newest) {
  const [ends, site] = await Promise.all([restores(newest), siteHere()]);
  const wanted = [...ends].filter(([n]) => n <= newest);
  return Promise.all(wanted.map(([n, { hash }]) => siteLine(site, { lane: 'restore', n, hash }, 'log-renumbered')));
}

/** The lines of every root that this site has had, from version 1. @returns {Promise<SiteLine[]>} @throws {import('./trouble.js').Trouble} Inconsistent 'list-not-in-log' */
export async function rootLines() {
  const [roots, site] = await Promise.all([provenRoots(), siteHere()]);
  return Promise.all(roots.map(({ version: n, hash }) => siteLine(site, { lane: 'root', n, hash }, 'list-not-in-log')));
}

/**
 * Restores that are in the log are in their own, and signed by the roots that were in force when it began, or by later ones.
 * @param {import('./restores.js').Restores} ends @param {Where[]} begun where each of them stands, from log 2 on @param {Where[]} rooted the same of each root
 * @returns {boolean} false: some are in no log yet @throws {import('./trouble.js').Trouble} Inconsistent 'log-renumbered'
 */
export function areTheirs(ends, begun, rooted) {
  begun.forEach((place, i) => {
    const n = FIRST + i;
    const { by } = /** @type {import('./restores.js').Restore} */ (ends.get(n));
    const inForce = rooted.filter((one) => one && one.log < n).length;
    if ((place && place.log !== n) || by < inForce) throw logTrouble('log-renumbered');
  });
  return [...begun, ...rooted].every(Boolean);
}

/**
 * All restores that the followed log went through are in it, once.
 * @param {Tree} tree @returns {Promise<boolean>} false: one was declared a moment ago and is on its way into it
 * @throws {import('./trouble.js').Trouble} Inconsistent 'log-renumbered', 'line-twice'
 */
export async function areRestoresLogged(tree) {
  if (tree.log <= proven) return true;
  const [begun, rooted] = await Promise.all([restoreLines(tree.log), rootLines()]);
  for (const one of begun) if (find(tree, one.tag).some(({ log, commit }) => log !== one.n || !equal(commit, one.commit))) throw logTrouble('line-twice');
  const places = await standings([...begun, ...rooted].map(hashOfLine));
  const there = areTheirs(await restores(tree.log), places.slice(0, begun.length), places.slice(begun.length));
  if (overdue('restore', there ? [] : ['new'])) throw logTrouble('log-renumbered');
  if (there) proven = tree.log;
  return there;
}

/** The same for what may not wait: it is looked at until it is there, or too late. @param {Tree} tree @returns {Promise<void>} */
export async function mustBeLogged(tree) {
  while (!await areRestoresLogged(tree)) await pause();
}

const MUCH = 4096; // so many lines more are worth a save of their own

/** @param {import('./log.js').Seen} before @param {import('./log.js').Seen} now */
export const isMuchLater = (before, now) => now.log > before.log || now.size - before.size >= MUCH;

/** Version `n` of my notes, as the log numbers it. @param {number} n */
export function notesTag(n) {
  const { identity, fp } = me();
  return accountTag(fp, laneTag(laneAccount(identity), 'account', n));
}

/**
 * No newer notes than the ones that are open. Another tab may have saved since: then they are fetched.
 * @param {Tree} tree @returns {Promise<boolean>} false: they were saved a moment ago, and are on their way into it
 * @throws {import('./trouble.js').Trouble} Inconsistent 'notes-hidden', 'number-twice', 'promise-broken'
 */
export async function checkOwnLane(tree) {
  if (find(tree, notesTag(await notesVersion() + 1)).length) await readAgain();
  const version = await notesVersion();
  if (find(tree, notesTag(version + 1)).length) throw logTrouble('notes-hidden');
  const places = find(tree, notesTag(version));
  if (places.length > 1) throw logTrouble('number-twice', { line: places[1].index });
  // A notebook was saved after the log that it has noted, so its own line comes later.
  const missing = !places.length && readSeen(notebook().log).size > 0;
  if (overdue('notes', missing ? [String(version)] : [])) throw logTrouble('promise-broken');
  return !missing;
}

/**
 * No newer list of people and no newer roots than those that were handed out.
 * @param {Tree} tree @throws {import('./trouble.js').Trouble} Inconsistent 'list-hidden'
 */
export async function checkSiteLanes(tree) {
  if (!newerList(tree, await directory())) return;
  if (newerList(tree, await directory({ reload: true }))) throw logTrouble('list-hidden');
}

/** For what may not wait: nobody is let in, or proposed, under a list or notes that the log does not hold. @throws {import('./trouble.js').Trouble} Inconsistent */
export async function mustFitTheLog() {
  const unsure = isOlder();
  if (unsure) throw unsure;
  let tree = await follow();
  for (; !await checkOwnLane(tree); tree = await follow()) await pause();
  await checkSiteLanes(tree);
  await mustBeLogged(tree);
  while (!await checkListIsLogged()) await pause();
  await noteLog();
}

/** Whoever has no case to pin starts from here the next time: so many lines are worth a save. */
async function noteLog() {
  const log = logNow();
  const kept = readSeen(notebook().log);
  if (kept.size > 0 && !isMuchLater(kept, log)) return;
  await note((book) => { if (isBefore(readSeen(book.log), log)) book.log = log; });
}

/** @param {Tree} tree @param {import('./directory.js').Known} known */
function newerList(tree, { site, state, root }) {
  return find(tree, siteTag(site, 'directory', state.version + 1)).length > 0 || find(tree, siteTag(site, 'root', root.version + 1)).length > 0;
}

/**
 * The list of people and the roots that are in force here stand in the log for everybody to see.
 * @returns {Promise<boolean>} false: a new one is on its way into it
 * @throws {import('./trouble.js').Trouble} Inconsistent 'list-not-in-log'
 */
export async function checkListIsLogged() {
  const { site, state, root } = await directory();
  if (notebook().pins.directory.logged === state.version) return true;
  const lines = await listLines({ site, state, root });
  const there = (await standings(lines.map(hashOfLine))).every(Boolean);
  if (overdue('list', there ? [] : ['new'])) throw logTrouble('list-not-in-log');
  return there;
}
