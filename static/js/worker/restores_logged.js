/**
 * Each restore stands in the log that it began. Roots may have signed one that was never used, and a signature is good for ever: what
 * everybody can see in the log is the one that counts. And the roots of then signed it, or later ones: a retired key begins no log.
 */
import { equal } from '../crypto/bytes.js';
import { provenRoots, siteHere } from './directory.js';
import { find } from './leaves.js';
import { logTrouble } from './log_trouble.js';
import { whenForgotten } from './me.js';
import { standings } from './receipts.js';
import { FIRST, restores } from './restores.js';
import { hashOfLine, siteLine } from './site_lines.js';
import { overdue } from './waiting.js';

/** @typedef {import('./leaves.js').Tree} Tree @typedef {import('./site_lines.js').SiteLine} SiteLine */
/** @typedef {{log: number} | null | undefined} Where in which log a line stands; none: in none yet */

const PAUSE_MS = 500;

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
  while (!await areRestoresLogged(tree)) await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
}
