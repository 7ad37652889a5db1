/**
 * The lanes of the log that concern an account and the whole site: the newest private notes, the newest list of people and the
 * newest roots are those that were handed out, or the server keeps something back.
 */
import { laneAccount } from '../crypto/keys.js';
import { accountTag, laneTag } from '../crypto/log.js';
import { directory } from './directory.js';
import { find, isBefore } from './leaves.js';
import { follow, logNow, readSeen } from './log.js';
import { logTrouble } from './log_trouble.js';
import { me } from './me.js';
import { isOlder, note, notebook, notesVersion, readAgain } from './notebook.js';
import { standings } from './receipts.js';
import { mustBeLogged } from './restores_logged.js';
import { hashOfLine, listLines, siteTag } from './site_lines.js';
import { overdue } from './waiting.js';

/** @typedef {import('./leaves.js').Tree} Tree */

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
 * @param {Tree} tree @throws {import('./trouble.js').Trouble} Inconsistent 'notes-hidden', 'number-twice', 'promise-broken'
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
  const tree = await follow();
  await checkOwnLane(tree);
  await checkSiteLanes(tree);
  await mustBeLogged(tree);
  await checkListIsLogged();
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
