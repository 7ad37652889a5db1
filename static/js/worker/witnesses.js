/**
 * Who outside this site has seen the log, and when: witnesses sign its head only if it still begins with what they signed before.
 * A log that is shown to one person alone gets no such signature.
 */
import { COSIGNATURE, cosignatures, noteKey } from '../crypto/checkpoint.js';
import { entryLines } from './case_lanes.js';
import { nowS } from './clock.js';
import { directory } from './directory.js';
import { cosignedNow, follow, openCheckpoint } from './log.js';
import { agree } from './log_agree.js';
import { standings } from './receipts.js';
import { restoreLines } from './restores_logged.js';
import { hashOfLine, listLines } from './site_lines.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./case_load.js').Case} Case */
/** @typedef {import('../crypto/people.js').Root} Root */

const DAY_S = 86_400;
const FRESH_S = DAY_S;
const LATEST_S = 7 * DAY_S;
const MOST_MS = 10_000; // a site asks its witnesses within two seconds of a new line
const PAUSE_MS = 500;

/**
 * @typedef {{state: 'none' | 'fresh' | 'old' | 'over', count: number, days: number, behind?: boolean}} Watch count: witnesses that must
 *   sign; days since so many last did; behind: what they signed does not reach the lines that letting somebody in relies on
 */

/**
 * How fresh the outside signatures are, and whether they reach far enough: who signs the same old head every hour has not seen what
 * came after it.
 * @param {Case} state @param {{patient?: boolean}} [how] patient: what is new is waited for, ten seconds
 * @returns {Promise<Watch>} none: this site has named no witnesses
 */
export async function watched(state, { patient = false } = {}) {
  const { root } = await directory();
  if (!root.quorum) return standing(root, []);
  const end = performance.now() + (patient ? MOST_MS : 0);
  const lines = await reliedOn(state);
  for (;;) {
    const { log, size, times } = await signed(root);
    const watch = standing(root, times);
    if (watch.state === 'over') return watch;
    const behind = size < await reach(lines, log);
    if (!behind || performance.now() >= end) return { ...watch, behind };
    await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
  }
}

/**
 * The lines that letting somebody in relies on: the list of people, the roots, who is in the case, and the restore with which this log
 * began, which names all that came before. A list is in force for seven days, so a head that holds it is no older.
 * @param {Case} state @returns {Promise<Uint8Array[]>} leaf hashes
 */
async function reliedOn(state) {
  const roster = state.entries.filter((one) => one.type === 'roster').at(-1);
  const entry = entryLines(state).filter(({ n }) => n === roster?.seq);
  const begun = (await restoreLines((await follow()).log)).slice(-1);
  return [...await listLines(await directory()), ...begun, ...entry].map(hashOfLine);
}

/** How many lines of this log somebody has signed who has seen all of these. @param {Uint8Array[]} lines leaf hashes @param {number} log @returns {Promise<number>} Infinity: one is not in it yet */
async function reach(lines, log) {
  const places = await standings(lines);
  return Math.max(...places.map((place) => (!place || place.log > log ? Infinity : place.log === log ? place.index + 1 : 0)));
}

/** @param {Root} root @param {number[]} times when witnesses signed, Unix seconds @returns {Watch} */
export function standing(root, times) {
  if (!root.quorum) return { state: 'none', count: 0, days: 0 };
  const ages = times.map(age).sort((a, b) => a - b);
  const oldest = ages[root.quorum - 1] ?? Infinity;
  return { state: freshness(oldest), count: root.quorum, days: Number.isFinite(oldest) ? Math.floor(oldest / DAY_S) : -1 };
}

/** @param {number} when Unix seconds */
const age = (when) => Math.max(0, nowS() - when);

/** @param {number} seconds @returns {'fresh' | 'old' | 'over'} */
const freshness = (seconds) => (seconds < FRESH_S ? 'fresh' : seconds <= LATEST_S ? 'old' : 'over');

/**
 * Each witness that the roots name, and how long ago it signed this head.
 * @param {Root} root @param {Map<string, number>} times Unix seconds by name
 * @returns {{name: string, state: 'fresh' | 'old' | 'over' | 'never', days: number}[]}
 */
export function shownWitnesses(root, times) {
  return root.witnesses.map((/** @type {{name: string}} */ { name }) => {
    const when = times.get(name);
    return when === undefined ? { name, state: 'never', days: -1 } : { name, state: freshness(age(when)), days: Math.floor(age(when) / DAY_S) };
  });
}

/**
 * The last head that witnesses signed, which is the beginning of the log as it is followed here. An empty one says nothing.
 * @param {Root} root @returns {Promise<{log: number, size: number, times: number[]}>} times: Unix seconds
 */
async function signed(root) {
  const tree = await follow();
  const note = cosignedNow();
  const head = await openCheckpoint(note, tree.log);
  if (head.size === 0) return { log: tree.log, size: 0, times: [] };
  await agree(tree, head, { named: true });
  return { log: tree.log, size: head.size, times: [...timesOn(note, root).values()] };
}

/** When each witness of the roots signed this note. @param {string} note @param {Root} root @returns {Map<string, number>} Unix seconds by name */
export function timesOn(note, root) {
  /** @type {{name: string, ed_pk: Uint8Array}[]} */
  const witnesses = root.witnesses;
  return cosignatures(note, new Map(witnesses.map(({ name, ed_pk }) => noteKey(name, ed_pk, COSIGNATURE))));
}

/** For what may not wait on an unwatched log: approving. @param {Case} state @throws {Trouble} Refused 'unwatched', 'unseen' */
export async function mustBeWatched(state) {
  const watch = await watched(state, { patient: true });
  if (watch.state === 'over') {
    throw new Trouble('Refused', 'unwatched', 'Nobody was let in, and nothing is lost. For more than a week nobody outside this site has signed its log. You can read and write. Tell a coordinator, and try again when they have looked into it.');
  }
  if (watch.behind) {
    throw new Trouble('Refused', 'unseen', 'Nobody was let in, and nothing is lost. Nobody outside this site has signed the newest lines of its log yet. You can read and write. Try again in some minutes. If it stays, tell a coordinator.');
  }
}
