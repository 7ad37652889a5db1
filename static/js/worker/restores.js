/**
 * The site was put back from a backup, and says so: the roots signed how many lines of the old log still count, and the log goes on
 * under the next number. What somebody has seen beyond that is gone; they are told so, and asked. What the organisation itself signed,
 * this too, the log's room tells to everybody: pages in the order of their lanes and numbers.
 */
import { H, SealError, equal, unb64u } from '../crypto/bytes.js';
import { unframe } from '../crypto/frame.js';
import { readSigned } from '../crypto/keys.js';
import { countRoots } from '../crypto/people.js';
import { dateOf } from './clock.js';
import { provenRoots, siteHere } from './directory.js';
import { logTrouble } from './evidence.js';
import { whenForgotten } from './me.js';
import { postApart } from './net.js';
import { N_, Trouble } from './trouble.js';

/** What is told of one number of one of the site's own lanes; nothing in it is proven. @param {string} lane @param {number} n from 1 @returns {Promise<any[]>} one, if there is such a number */
export async function shownAt(lane, n) {
  const { lanes } = await postApart('/log/public', { after: { part: lane, n: n - 1 }, most: 1 });
  return lanes[lane];
}

/** What is told of a whole lane, one number after the other; nothing in it is proven. @param {string} lane @returns {AsyncGenerator<any>} */
export async function* everyShown(lane) {
  for (let after = { part: lane, n: 0 }; ;) {
    const { lanes, more } = await postApart('/log/public', { after });
    yield* lanes[lane];
    if (more?.part !== lane || more.n <= after.n) return;
    after = more;
  }
}

/** @typedef {{size: number, root: Uint8Array, time: number, hash: Uint8Array, by: number}} Restore of the log before: how many of its lines count, and the root over them; the day of the last one, in Unix seconds; hash: of the frame; by: the newest version of the roots that signed it */
/** @typedef {Map<number, Restore>} Restores by the number of the log that began then */

export const FIRST = 2; // the first log that began with a restore
const DAY_S = 86_400;

/** @type {Restores} */
let known = new Map();

whenForgotten(() => { known = new Map(); });

/**
 * What the roots declared before each log up to this one began.
 * @param {number} newest number of a log @returns {Promise<Restores>}
 * @throws {Trouble} Inconsistent 'log-renumbered': one is not shown, or not signed by enough
 */
export async function restores(newest) {
  if (known.size >= newest - 1) return known;
  const [roots, site] = await Promise.all([provenRoots(), siteHere()]);
  const found = new Map(known);
  for (let n = FIRST + known.size; n <= newest; n += 1) {
    const [shown] = await shownAt('restore', n);
    if (shown?.n !== n || !shown.signed) throw logTrouble('log-renumbered');
    found.set(n, read(unb64u(shown.signed), n, roots, site));
  }
  known = found;
  return known;
}

/** @param {Uint8Array} signed @param {number} n @param {import('../crypto/people.js').Root[]} roots @param {Uint8Array} here the site @returns {Restore} */
function read(signed, n, roots, here) {
  const { thing } = readSigned(signed);
  const { site, log, size, root, time } = unframe('restore', thing);
  if (!equal(site, here) || log !== n) throw logTrouble('log-renumbered');
  const by = roots.filter((one) => enoughSigned(signed, one)).at(-1)?.version ?? 0;
  if (!by) throw logTrouble('log-renumbered');
  return { size, root, time, hash: H(thing), by };
}

/** @param {Uint8Array} signed @param {import('../crypto/people.js').Root} root */
function enoughSigned(signed, root) {
  try {
    return countRoots(signed, root);
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}

/** How many lines stand before this log, in the ones that it follows. @param {number} log */
export function linesBefore(log) {
  return [...known].reduce((sum, [n, { size }]) => (n <= log ? sum + size : sum), 0);
}

/**
 * What of somebody's log is gone since.
 * @param {Restores} all @param {{log: number, size: number}} seen @returns {{lines: number, date: string} | null} null: nothing
 */
export function goneSince(all, { log, size }) {
  const end = all.get(log + 1);
  return end && size > end.size ? { lines: size - end.size, date: dayOf(end) } : null;
}

/** @param {Restore} restore */
const dayOf = ({ time }) => dateOf(Math.floor(time / DAY_S));

/** The day that the site was put back to when this log began. @param {number} log */
export const restoredOn = (log) => dayOf(/** @type {Restore} */ (known.get(log)));

const WORDS = N_('The site was put back to an earlier copy, and something that you had seen is gone. You can read. Load the page again: then you are asked whether to go on from there.');

/** @param {{lines: number, date: string}} gone */
export function putBack(gone) {
  return new Trouble('Inconsistent', 'put-back', WORDS, gone);
}
