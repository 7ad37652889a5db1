/**
 * The log for a page that needs no account: from any line on, up to now, and never another one than this page saw before; what its lines
 * are, where that is known; and that one of them is in it.
 *
 * Lines that are the whole site's have tags which everybody can work out. What any other line is, only those know whom it concerns.
 * For somebody who does not want to take all of the log: the leaf, the hashes on its way to the root, the signed head. As a file it is
 * what others' programs read (C2SP tlog-proof); the leaf is its extra data.
 */
import { SealError, b64u, equal, hex, unb64u } from '../crypto/bytes.js';
import { base64, readCheckpoint } from '../crypto/checkpoint.js';
import { leaf, leafHash, verifyInclusion } from '../crypto/log.js';
import { directory } from './directory.js';
import { logTrouble } from './evidence.js';
import { beginningOf, find, isBefore, leafAt, treeOf } from './leaves.js';
import { asTrouble, begin, checkSeen, fetchOn, openCheckpoint, readSeen } from './log.js';
import { areTheirs, restoreLines, rootLines } from './log_lanes.js';
import { isSignedIn } from './me.js';
import { postApart } from './net.js';
import { notebook } from './notebook.js';
import { shownLeaf } from './promise.js';
import { ended, listLines, shownIn, siteTag } from './receipts.js';
import { linesBefore, restores } from './restores.js';
import { wrongInput } from './trouble.js';

/** @typedef {import('./leaves.js').Tree} Tree @typedef {import('./receipts.js').SiteLine} SiteLine @typedef {{lane: string, n: number}} What */
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
  const listed = list.map((line) => standsIn(tree, line, 'list-not-in-log'));
  const others = shown.map((line) => standsIn(tree, line, 'not-in-log'));
  const rooted = begun.length ? (await rootLines()).map((line) => standsIn(tree, line, 'list-not-in-log')) : [];
  if (!areTheirs(await restores(tree.log), begun.map((line) => standsIn(tree, line, 'log-renumbered')), rooted)) return 'log-renumbered';
  if (!listed.every(Boolean)) return 'list-not-in-log';
  return others.every(Boolean) ? '' : 'not-in-log';
}

/** Where a line stands, as it is told. @param {Tree} tree @param {SiteLine} line @param {string} otherwise what is wrong when it does not @returns {{log: number} | undefined} */
function standsIn(tree, { tag, commit }, otherwise) {
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

const BLOCK = 64; // lines that are asked about together, so that the site does not learn whose line it is

/**
 * @param {{line: string}} args as typed, from 1, counted over all logs
 * @returns {Promise<{line: number, of: number, number: string, what: any, leaf: string, hash: string, path: string[], root: string, note: string, file: {name: string, text: string}}>}
 * @throws {import('./trouble.js').Trouble} Input; Inconsistent 'not-in-log'
 */
export async function prove({ line: typed }) {
  const { log: newest, size } = await newestHead();
  await restores(newest);
  const line = Number(typed.replace(/[\s,.’']/g, '')) - 1;
  if (!Number.isSafeInteger(line) || line < 0 || line >= linesBefore(newest) + size) throw wrongInput('line', 'There is no line with this number. Type one from 1 to the number of lines above.');
  const { log, index } = placeOf(line, newest);
  const first = index - (index % BLOCK);
  const { tree } = await readFrom(log, first);
  const own = treeOf(tree, log);
  if (!own || index >= own.size) throw logTrouble('not-in-log', { line: index });
  const leaves = Array.from({ length: Math.min(BLOCK, own.size - first) }, (_one, i) => wholeLeaf(own, first + i));
  const { head, proof } = await place(leaves, first, { log, index });
  const whole = leaves[index - first];
  return {
    line: line + 1, of: head.size, number: shownLeaf(leafHash(whole)), what: await labelOf(own, index), leaf: hex(whole), hash: hex(leafHash(whole)),
    path: proof.map(hex), root: hex(head.root), note: head.note, file: { name: `line-${line + 1}.tlog-proof`, text: proofText(index, proof, head.note, whole) },
  };
}

/** @param {import('./leaves.js').Tree} tree @param {number} index */
function wholeLeaf(tree, index) {
  const data = leafAt(tree, index);
  return leaf(data.slice(0, 32), data.slice(32));
}

/**
 * The way from a leaf to the root of the newest head of its log, which is the log that this page reads.
 * @param {Uint8Array[]} leaves frames, from line `first` on @param {number} first @param {{log: number, index: number}} at
 */
async function place(leaves, first, { log, index }) {
  const hashes = leaves.map(leafHash);
  const { log: newest, checkpoint, cosigned, proofs } = await postApart('/log/proofs', { leaves: hashes });
  const told = proofs[index - first];
  try {
    const head = newest === log ? await openCheckpoint(checkpoint, log) : await ended(log, newest);
    if (!told || told.index !== index || told.log !== log) throw logTrouble('not-in-log', { line: index });
    const proof = told.proof.map(unb64u);
    verifyInclusion(hashes[index - first], index, head.size, proof, head.root);
    checkSeen((await readFrom(log, first)).tree, { log, size: head.size, root: b64u(head.root) });
    // The same head with what witnesses signed under it, if they have signed this one.
    const note = newest === log && cosigned?.startsWith(head.note.trimEnd()) ? (await openCheckpoint(cosigned, log)).note : head.note;
    return { proof, head: { ...head, note } };
  } catch (error) {
    throw error instanceof SealError ? logTrouble('not-in-log', { line: index }) : error;
  }
}

/** C2SP tlog-proof. @param {number} index @param {Uint8Array[]} proof @param {string} note @param {Uint8Array} extra */
function proofText(index, proof, note, extra) {
  return `c2sp.org/tlog-proof@v1\nextra ${base64(extra)}\nindex ${index}\n${proof.map((hash) => `${base64(hash)}\n`).join('')}\n${note}`;
}
