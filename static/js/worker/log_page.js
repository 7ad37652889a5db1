/**
 * The log as the page /log shows it to everybody, with or without an account. Nothing is shown that was not recomputed here.
 *
 *   log.look      how long it is, who signed it, the newest lines
 *   log.lines     older lines
 *   log.check     every line, from the first one on; tells 'progress' {done, size}
 *   log.prove     one line (log_whole.js)
 *   log.goesOn    whether today's log begins with the one that somebody saved: what is there now must begin with
 *                 what was there then
 *   log.counts    for auditors and coordinators: events by kind and month
 *   log.evidence  what was seen when something did not fit
 */
import { SealError, b64u, hex } from '../crypto/bytes.js';
import { noteKey, openNote, readCheckpoint, readVkey } from '../crypto/checkpoint.js';
import { leafHashes } from '../crypto/tree.js';
import { directory, siteHere } from './directory.js';
import { evidenceOf, logTrouble, refused, sawCheckpoint } from './evidence.js';
import { doubled, find, leafAt, linesHeld, treeOf } from './leaves.js';
import { checkSeen } from './log.js';
import { checkSiteLanes } from './log_lanes.js';
import { FIRST_LOG, checkListStands, checkNoted, labelOf, newestHead, openHead, placeOf, prove, readFrom } from './log_whole.js';
import { isSignedIn, me } from './me.js';
import { post } from './net.js';
import { shownLeaf } from './promise.js';
import { siteTag } from './receipts.js';
import { linesBefore, restores } from './restores.js';
import { siteShown } from './shown.js';
import { STOPS, tell, told, wrongInput } from './trouble.js';
import { shownWitnesses, standing, timesOn } from './witnesses.js';

/**
 * @param {{note: string}} args the file's text
 * @returns {Promise<{then: number, now: number}>} how many lines there were, and are
 * @throws {import('./trouble.js').Trouble} Input; Inconsistent 'log-rewritten', 'log-shrunk', 'log-renumbered', and 'put-back' where roots declared it
 */
export async function goesOn({ note }) {
  const saved = await openSaved(note);
  sawCheckpoint('pinned', note);
  const newest = await newestHead();
  if (saved.log > newest.log) throw logTrouble('log-shrunk', { size: saved.size });
  // With lines from there on alone, the root of the newest head comes out only if it begins with those that were saved.
  const { tree } = await readFrom(saved.log, saved.size);
  checkSeen(tree, { ...saved, root: b64u(saved.root) });
  return { then: linesBefore(saved.log) + saved.size, now: linesBefore(tree.log) + tree.size };
}

/** Number, size and root of a head that a key of this site's log signed, one that it has now or had before. @param {string} note */
async function openSaved(note) {
  const { site, everyRoot } = await directory();
  try {
    const [first] = note.split('\n');
    const [, log] = new RegExp(`^alongside/${hex(site)}/log/([1-9][0-9]{0,8})$`).exec(first) ?? [];
    if (!log) throw notOurs();
    const { size, root } = readCheckpoint(openNote(note, new Map(everyRoot.map((root) => noteKey(first, readVkey(root.log_vkey).ed_pk)))));
    return { log: Number(log), size, root };
  } catch (error) {
    throw error instanceof SealError ? notOurs() : error;
  }
}

const notOurs = () => wrongInput('note', 'This file is no signature of this site’s log, or it was changed since. Nothing can be told from it. Choose the file that you saved here.');

/** @typedef {import('./leaves.js').Tree} Tree @typedef {import('./log_whole.js').Head} Head */

const A_PAGE = 10;
const TELL_MS = 200;

/** How the log stands: its newest head, who outside signed the last one that they saw, and the newest lines. */
async function look() {
  const known = await directory();
  const first = await newestHead();
  await restores(first.log);
  const cosigned = await openHead(first.cosigned, first.log);
  const start = placeOf(Math.max(0, linesBefore(first.log) + first.size - A_PAGE), first.log);
  const { tree, head } = await readFrom(start.log, start.log === first.log ? Math.min(start.index, cosigned.size) : start.index);
  checkWitnessed(tree, cosigned);
  const times = cosigned.size ? timesOn(first.cosigned, known.root) : new Map(); // of an empty log nobody has seen anything
  const size = linesBefore(head.log) + head.size;
  const behind = await cameAfter(tree, times.size ? cosigned.size : 0);
  return {
    site: siteShown(known.site), log: head.log, size, watch: { ...standing(known.root, [...times.values()]), behind },
    witnesses: shownWitnesses(known.root, times), witnessed: times.size ? linesBefore(first.log) + cosigned.size : 0,
    // The head that most have signed is the one to keep.
    signature: { name: `log-${head.log}-${times.size ? cosigned.size : head.size}.txt`, text: times.size ? first.cosigned : head.note },
    ...await shownBefore(tree, size),
  };
}

/** What witnesses signed is the beginning of what is shown. @param {Tree} tree @param {{log: number, size: number, root: Uint8Array}} cosigned */
function checkWitnessed(tree, { log, size, root }) {
  try {
    checkSeen(tree, { log, size, root: b64u(root) });
  } catch {
    throw logTrouble('witnesses-otherwise', { size });
  }
}

/**
 * Whether the list of people, the roots or the restore with which this log began came after what witnesses signed: a head can be
 * signed anew every hour while another log grows behind it.
 * @param {Tree} tree with all that came after it @param {number} size how many lines of this log they signed
 */
async function cameAfter(tree, size) {
  const { site, state, root } = await directory();
  const relied = Object.entries({ directory: state.version, root: root.version, restore: tree.log });
  return relied.some(([lane, n]) => find(tree, siteTag(site, lane, n)).some(({ log, index }) => log === tree.log && index >= size));
}

/** Lines before one. @param {{log: number, before: number}} args log: that grows; before: from 0, over all logs @returns {Promise<{lines: any[], next: number}>} */
async function lines({ log, before }) {
  const start = placeOf(Math.max(0, before - A_PAGE), log);
  const { tree } = await readFrom(start.log, start.index);
  return shownBefore(tree, before);
}

/** @param {Tree} tree @param {number} before */
async function shownBefore(tree, before) {
  const first = Math.max(0, before - A_PAGE);
  const shown = [];
  for (let line = before - 1; line >= first; line -= 1) {
    const { log, index } = placeOf(line, tree.log);
    const own = treeOf(tree, log);
    if (!own || index >= own.size) continue; // put back since the page was loaded
    const [hash] = leafHashes(leafAt(own, index));
    shown.push({ line: line + 1, number: shownLeaf(hash), what: await labelOf(own, index) });
  }
  return { lines: shown, next: first };
}

/** Every line: they give the root that is signed, no number is there twice, and the list of people and the roots are the newest that stand there. */
async function check() {
  const start = performance.now();
  let last = 0;
  const { tree } = await readFrom(FIRST_LOG, 0, (done, size) => {
    if (performance.now() - last < TELL_MS) return;
    last = performance.now();
    tell('progress', { done, size });
  });
  const again = doubled(tree);
  if (again !== null) throw logTrouble('line-twice', { line: again });
  checkNoted(tree);
  await checkSiteLanes(tree);
  await checkListStands(tree);
  return { lines: linesHeld(tree), seconds: (performance.now() - start) / 1000 };
}

/** Events by kind and month, for those whose part it is; a number that is none is left out. */
async function counts() {
  const answer = await post('/log/counts');
  const good = answer.counts.filter((/** @type {any} */ one) => /^\d{4}-\d\d$/.test(one.month) && Number.isSafeInteger(one.count));
  return { before: String(answer.before), counts: good.map((/** @type {any} */ { month, type, count }) => ({ month, type: String(type), count })) };
}

/** What did not fit is kept, to be saved as evidence. @param {(args: any) => any} method */
const noting = (method) => async (/** @type {any} */ args) => {
  try {
    return await method(args);
  } catch (error) {
    if (STOPS.includes(told(error).kind)) refused(error, '');
    throw error;
  }
};

/** @type {Record<string, (args: any) => any>} */
export const methods = {
  'log.look': noting(look), 'log.lines': noting(lines), 'log.check': noting(check), 'log.prove': noting(prove), 'log.goesOn': noting(goesOn),
  'log.counts': counts, 'log.evidence': async () => evidenceOf(isSignedIn() ? me() : { site: await siteHere() }),
};
