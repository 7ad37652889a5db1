/** Lines of the log that are the whole site's: everybody can work out their tags. What any other line is, only those know whom it concerns. */
import { b64u, equal } from '../crypto/bytes.js';
import { directory } from './directory.js';
import { find, leafAt } from './leaves.js';
import { logTrouble } from './log_trouble.js';
import { FIRST_LOG, readFrom } from './log_whole.js';
import { restores } from './restores.js';
import { areTheirs, restoreLines, rootLines } from './restores_logged.js';
import { listLines, shownIn, siteTag } from './site_lines.js';

/** @typedef {import('./leaves.js').Tree} Tree @typedef {import('./site_lines.js').SiteLine} SiteLine @typedef {{lane: string, n: number}} What */

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
 * Everything of the site's own that is handed out stands in the log as it is told: the list of people, the roots, restores, and the
 * lists of pages and releases. What was signed a moment ago may still come.
 * @param {Tree} tree all of it @throws {import('./trouble.js').Trouble} Inconsistent 'list-not-in-log', 'log-renumbered', 'not-in-log', 'line-hidden'
 */
export async function checkListStands(tree) {
  let { tree: newest } = { tree };
  for (const pause of PAUSES_MS) {
    if (!await missing(newest)) return;
    await new Promise((resolve) => { setTimeout(resolve, pause); });
    ({ tree: newest } = await readFrom(FIRST_LOG, 0));
  }
  const code = await missing(newest);
  if (code) throw logTrouble(code);
}

/** @param {Tree} tree all of it @returns {Promise<string>} what it means that something is not in it; '': all of it is */
async function missing(tree) {
  const [list, shown, begun] = await Promise.all([listLines(await directory()), shownLines(tree), restoreLines(tree.log)]);
  const listed = list.map((line) => place(tree, line, 'list-not-in-log'));
  const others = shown.map((line) => place(tree, line, 'not-in-log'));
  const rooted = begun.length ? (await rootLines()).map((line) => place(tree, line, 'list-not-in-log')) : [];
  if (!areTheirs(await restores(tree.log), begun.map((line) => place(tree, line, 'log-renumbered')), rooted)) return 'log-renumbered';
  if (!listed.every(Boolean)) return 'list-not-in-log';
  return others.every(Boolean) ? '' : 'not-in-log';
}

/** Where a line stands, as it is told. @param {Tree} tree @param {SiteLine} line @param {string} otherwise what is wrong when it does not @returns {{log: number} | undefined} */
function place(tree, { tag, commit }, otherwise) {
  const found = find(tree, tag);
  if (found.some((one) => !equal(one.commit, commit))) throw logTrouble(otherwise);
  return found[0];
}

/** The lines of the lists of pages and releases that are shown; the number after the last is not in the log. @param {Tree} tree @returns {Promise<SiteLine[]>} */
async function shownLines(tree) {
  const { site } = await directory();
  const all = await Promise.all(['manifest', 'release'].map(async (lane) => {
    const lines = await shownIn(site, lane);
    if (find(tree, siteTag(site, lane, lines.length + 1)).length) throw logTrouble('line-hidden');
    return lines;
  }));
  return all.flat();
}
