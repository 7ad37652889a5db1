/**
 * Who outside this site has seen the log, and when: witnesses sign its head only if it still begins with what they signed before.
 * A log that is shown to one person alone gets no such signature.
 */
import { COSIGNATURE, cosignatures, noteKey } from '../crypto/checkpoint.js';
import { nowS } from './clock.js';
import { directory } from './directory.js';
import { cosignedNow, follow, openCheckpoint } from './log.js';
import { agree } from './log_agree.js';
import { Trouble } from './trouble.js';

const DAY_S = 86_400;
const FRESH_S = DAY_S;
const LATEST_S = 7 * DAY_S;

/** @typedef {{state: 'none' | 'fresh' | 'old' | 'over', count: number, days: number}} Watch count: witnesses that must sign; days since so many last did */

/** How fresh the outside signatures are. @returns {Promise<Watch>} none: this site has named no witnesses */
export async function watched() {
  const { root } = await directory();
  if (!root.quorum) return { state: 'none', count: 0, days: 0 };
  const ages = (await signedTimes(root)).map((when) => Math.max(0, nowS() - when)).sort((a, b) => a - b);
  const age = ages[root.quorum - 1] ?? Infinity;
  const state = age < FRESH_S ? 'fresh' : age <= LATEST_S ? 'old' : 'over';
  return { state, count: root.quorum, days: Number.isFinite(age) ? Math.floor(age / DAY_S) : -1 };
}

/** When each witness last signed a head that is part of the log as it is followed here. @param {import('../crypto/root.js').Root} root @returns {Promise<number[]>} Unix seconds */
async function signedTimes(root) {
  const tree = await follow();
  const note = cosignedNow();
  await agree(tree, await openCheckpoint(note, tree.log));
  /** @type {{name: string, ed_pk: Uint8Array}[]} */
  const witnesses = root.witnesses;
  return [...cosignatures(note, new Map(witnesses.map(({ name, ed_pk }) => noteKey(name, ed_pk, COSIGNATURE)))).values()];
}

/** For what may not wait on an unwatched log: approving. @throws {Trouble} Refused 'unwatched' */
export async function mustBeWatched() {
  if ((await watched()).state === 'over') {
    throw new Trouble('Refused', 'unwatched', 'Nobody was let in, and nothing is lost. For more than a week nobody outside this site has signed its log. You can read and write. Tell a coordinator, and try again when they have looked into it.');
  }
}
