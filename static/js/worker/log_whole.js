/** The log for a page that needs no account: from any line on, up to now, and never another one than this page saw before. */
import { b64u } from '../crypto/bytes.js';
import { readCheckpoint } from '../crypto/checkpoint.js';
import { beginningOf, isBefore } from './leaves.js';
import { asTrouble, begin, checkSeen, fetchOn, openCheckpoint, readSeen } from './log.js';
import { isSignedIn } from './me.js';
import { postApart } from './net.js';
import { notebook } from './notebook.js';
import { linesBefore } from './restores.js';

/** @typedef {import('./leaves.js').Tree} Tree */
/** @typedef {{log: number, size: number, root: Uint8Array, note: string, cosigned: string}} Head size, root: of `note`; cosigned: the last head that witnesses signed, perhaps of a smaller size */

export const FIRST_LOG = 1;

/** @type {Tree | null} the longest part that was found to be whole */
let held = null;
/** @type {Head | null} */
let seen = null;
/** @type {Promise<any>} one look after the other */
let last = Promise.resolve();

/** The newest head, as the log's key signed it. @returns {Promise<Head>} @throws {import('./trouble.js').Trouble} Refused 'no-log' */
export async function newestHead() {
  const { log, checkpoint, cosigned } = await postApart('/log/proofs', { leaves: [] });
  return { ...await openHead(checkpoint, log), cosigned: cosigned ?? checkpoint };
}

/** A head that this log's key signed. @param {string} note @param {number} log @returns {Promise<Omit<Head, 'cosigned'>>} @throws {import('./trouble.js').Trouble} Inconsistent */
export async function openHead(note, log) {
  try {
    return await openCheckpoint(note, log);
  } catch (error) {
    throw asTrouble(error);
  }
}

/**
 * All lines from one on, up to now; where the site was put back from a backup meanwhile, those of the older log that count, too.
 * @param {number} log @param {number} first from 0 @param {(done: number, size: number) => void} [told] hears how far it is
 * @returns {Promise<{tree: Tree, head: Head}>} the tree begins at `first` or before
 * @throws {import('./trouble.js').Trouble} Inconsistent: it does not add up, or is another one than was seen before
 */
export function readFrom(log, first, told = () => {}) {
  const next = last.catch(() => {}).then(() => readOn(log, first, told));
  last = next;
  return next;
}

/** @param {number} log @param {number} first @param {(done: number, size: number) => void} told */
async function readOn(log, first, told) {
  try {
    const wanted = { log, size: first };
    const start = seen && isBefore(seen, wanted) ? seen : wanted; // what was seen is looked at each time, also after a failure
    const from = held && !isBefore(start, beginningOf(held)) ? held : await begin({ log: start.log, size: start.size });
    held = null; // what fails half-way is fetched anew
    const [tree, head] = await fetchOn(from, (one, checkpoint) => told(one.size, readCheckpoint(checkpoint).size));
    if (seen) checkSeen(tree, { ...seen, root: b64u(seen.root) });
    [held, seen] = [tree, head];
    return { tree, head };
  } catch (error) {
    throw asTrouble(error);
  }
}

/**
 * Where a line stands. Lines are counted over all logs, as far as they count; whoever asks has read the `restores`.
 * @param {number} line from 0 @param {number} newest number of the log that grows @returns {{log: number, index: number}} index from 0
 */
export function placeOf(line, newest) {
  let log = newest;
  while (log > FIRST_LOG && line < linesBefore(log)) log -= 1;
  return { log, index: line - linesBefore(log) };
}

/** What the notebook of whoever is signed in has seen of the log must be part of it. @param {Tree} tree all of it */
export function checkNoted(tree) {
  if (isSignedIn()) checkSeen(tree, readSeen(notebook().log));
}
