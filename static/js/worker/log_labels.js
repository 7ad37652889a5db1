/** Lines of the log that are the whole site's: everybody can work out their tags. What any other line is, only those know whom it concerns. */
import { b64u, equal } from '../crypto/frame.js';
import { directory } from './directory.js';
import { find, leafAt } from './leaves.js';
import { FIRST_LOG, readFrom } from './log_whole.js';
import { logTrouble } from './log_trouble.js';
import { listLines, siteTag } from './site_lines.js';

/** @typedef {import('./leaves.js').Tree} Tree @typedef {{lane: string, n: number}} What */

const MOST = 1000; // numbers of a lane of which it is not known how many there are
const PAUSES_MS = [500, 1000, 1500, 2000, 2500, 3000];

/** @type {Map<string, What>} by tag in base64url */
const known = new Map();
/** @type {Record<string, number>} how many of each lane are in it */
const reached = {};

/** What a line is, if it is one of the site's own. @param {Tree} tree @param {number} index from 0 @returns {Promise<What | null>} */
export async function labelOf(tree, index) {
  await workOut(tree.log);
  return known.get(b64u(leafAt(tree, index).subarray(0, 32))) ?? null;
}

/** @param {number} log its number: a restore is numbered by the log that it began */
async function workOut(log) {
  const { site, state, root } = await directory();
  const counts = { root: root.version, directory: state.version, manifest: MOST, release: MOST, restore: log };
  for (const [lane, last] of Object.entries(counts)) {
    for (let n = (reached[lane] ?? 0) + 1; n <= last; n += 1) known.set(b64u(siteTag(site, lane, n)), { lane, n });
    reached[lane] = Math.max(reached[lane] ?? 0, last);
  }
}

/**
 * The list of people and the roots that are handed out stand in the log as they are told. What was signed a moment ago may still come.
 * @param {Tree} tree all of it @throws {import('./trouble.js').Trouble} Inconsistent 'list-not-in-log', 'line-twice'
 */
export async function checkListStands(tree) {
  let { tree: newest } = { tree };
  for (const pause of [...PAUSES_MS, 0]) {
    const places = (await listLines(await directory())).map((line) => ({ ...line, found: find(newest, line.tag) }));
    if (places.some(({ commit, found }) => found.some((one) => !equal(one.commit, commit)))) throw logTrouble('list-not-in-log');
    if (places.every(({ found }) => found.length)) return;
    await new Promise((resolve) => { setTimeout(resolve, pause); });
    ({ tree: newest } = await readFrom(FIRST_LOG, 0));
  }
  throw logTrouble('list-not-in-log');
}
