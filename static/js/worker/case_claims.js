/**
 * What members signed of the log that they were shown: in each record `seen`, in each roster its size and root. The newest of each
 * author is enough: their own browser held it against what it saw before. A site that shows two people two logs is found out so.
 */
import { hex, unb64u } from '../crypto/bytes.js';
import { unframe } from '../crypto/frame.js';
import { follow } from './log.js';
import { agree, wasEarlier } from './log_agree.js';
import { logTrouble } from './log_trouble.js';
import { overdue } from './waiting.js';

/** @typedef {import('./case_load.js').Case} Case */
/** @typedef {{size: number, root: Uint8Array}} Claim */

/**
 * @param {Case} state @param {import('./case_proof.js').Pin | undefined} pin what came after it is looked at
 * @returns {Promise<boolean>} false: somebody saw more lines than there are here yet
 * @throws {import('./trouble.js').Trouble} Inconsistent 'split-view'
 */
export async function checkClaims(state, pin) {
  const tree = await follow();
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
