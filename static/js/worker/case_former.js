/** Who was on the team and is not now, told by the signed entries of the case and the list of people. */
import { hex } from '../crypto/bytes.js';
import { dateOf } from './clock.js';

/** @typedef {import('./case_load.js').Case} Case */

/**
 * @param {string} fp hex @param {Case} state @param {Set<string>} revoked hex fps off the list of people
 * @returns {{until: string, how: 'removed' | 'left' | 'off-list'} | null} removed: the peer did it; left: they went by themselves;
 *   until: YYYY-MM-DD. null: never in, or in now
 */
export function former(fp, state, revoked) {
  if (state.chain.members.some((one) => hex(one.fp) === fp)) return null;
  const rosters = state.entries.filter((one) => one.type === 'roster');
  const without = rosters[rosters.map((one) => !!one.members?.includes(fp)).lastIndexOf(true) + 1];
  if (!without || without === rosters[0]) return null;
  if (state.left.has(fp)) {
    // Their own word comes first: the next roster is made by whoever's browser sees it, on some later day.
    const leave = state.entries.filter((one) => one.counts && one.payload?.kind === 'leave' && one.author === fp).at(-1);
    return { until: dateOf((leave ?? without).day), how: 'left' };
  }
  // A browser leaves out by itself whoever is off the list: that was nobody's decision on this case.
  return { until: dateOf(without.day), how: revoked.has(fp) || without.author !== hex(state.chain.owner) ? 'off-list' : 'removed' };
}
