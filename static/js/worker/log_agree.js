/**
 * Whether what somebody else says they saw is part of the log that is followed here. What members sign names no log's number: after a
 * restore it may be of an earlier one. What witnesses sign names it.
 */
import { SealError, equal, unb64u } from '../crypto/bytes.js';
import { verifyConsistency } from '../crypto/log.js';
import { rootAt, treeOf } from './leaves.js';
import { follow, openCheckpoint } from './log.js';
import { logTrouble } from './log_trouble.js';
import { postApart } from './net.js';
import { restores } from './restores.js';

/** @typedef {import('./leaves.js').Tree} Tree */
/** @typedef {{size: number, root: Uint8Array}} Claim */

/**
 * From before the lines that are held here on, the site has to prove it.
 * @param {Tree} tree @param {Claim} claim @param {{named?: boolean}} [by] named: it says itself that it is of this very log
 * @throws {import('./trouble.js').Trouble} Inconsistent 'split-view'
 */
export async function agree(tree, claim, { named = false } = {}) {
  if (!named && await wasEarlier(tree, claim)) return;
  const { size, root } = claim;
  if (size > tree.size) throw logTrouble('split-view', { size });
  if (size >= tree.start) {
    if (!equal(rootAt(tree, size), root)) throw logTrouble('split-view', { size });
    return;
  }
  const { checkpoint, proof } = await postApart('/log/consistency', { log: tree.log, from: size });
  try {
    const to = await openCheckpoint(checkpoint, tree.log);
    verifyConsistency(size, to.size, proof.map(unb64u), root, to.root);
    const whole = to.size > tree.size ? await follow() : tree;
    if (to.size > whole.size || !equal(rootAt(whole, to.size), to.root)) throw logTrouble('log-garbled', { size: to.size });
  } catch (error) {
    throw error instanceof SealError ? logTrouble('split-view', { size }) : error;
  }
}

/** Whether it was seen in a log before the one that grows now, among the lines that count. @param {Tree} tree @param {Claim} claim */
export async function wasEarlier(tree, claim) {
  for (const [number, end] of await restores(tree.log)) {
    if (number <= tree.log && claim.size <= end.size && await begins(tree, number - 1, end, claim)) return true;
  }
  return false;
}

/** @param {Tree} tree @param {number} log that ended @param {import('./restores.js').Restore} end @param {Claim} claim */
async function begins(tree, log, end, { size, root }) {
  const own = treeOf(tree, log);
  if (own && size >= own.start) return equal(rootAt(own, size), root);
  const { checkpoint, proof } = await postApart('/log/consistency', { log, from: size });
  const to = await openCheckpoint(checkpoint, log);
  if (to.size !== end.size || !equal(to.root, end.root)) throw logTrouble('log-ended-otherwise', { size: to.size });
  try {
    verifyConsistency(size, to.size, proof.map(unb64u), root, to.root);
    return true;
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}
