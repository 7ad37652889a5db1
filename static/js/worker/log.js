/**
 * The site's log, followed: every line since this account last looked, the root recomputed, and held against all that was seen
 * before. Whatever was once in it must stay in it. Where roots declared that the site was put back from a backup (restores.js), it
 * goes on in the next log, as long as nothing that was seen is gone.
 *
 *   const tree = await follow();                  // at least from what the notebook has seen
 *   const tree = await follow({ from });          // and from a place that was seen earlier, {log, size, root}
 *   await agree(tree, claim);                     // witnesses.js: throws where somebody else saw another log
 *   const { size, root } = logNow();              // for what is signed next
 *
 * The requests carry no cookie: the log is public, and the server need not know who reads it.
 */
import { SealError, b64u, equal, unb64u } from '../crypto/bytes.js';
import { noteKey, openNote, origin, readCheckpoint, readVkey } from '../crypto/checkpoint.js';
import { TAG_AND_COMMIT } from '../crypto/tree.js';
import { siteHere, withLogKeys } from './directory.js';
import { logTrouble, sawCheckpoint } from './evidence.js';
import { after, beginningOf, grow, isBefore, join, plant, rootAt, treeOf } from './leaves.js';
import { me, whenForgotten } from './me.js';
import { postApart } from './net.js';
import { isOlder, notebook, sawLog, seenLog } from './notebook.js';
import { goneSince, putBack, restoredOn, restores } from './restores.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./leaves.js').Tree} Tree */
/** @typedef {{log: number, size: number, root: string, note?: string, claimed?: boolean}} Seen root in base64url; size 0: none yet; note: as it was signed; claimed: by another member, who names no number of a log */

const FIRST_LOG = 1;
const HASH = 32;

/** @type {Tree | null} the newest that was found to be whole */
let held = null;
/** @type {{log: number, size: number, root: Uint8Array, note: string, cosigned: string} | null} the checkpoint under it, and the last one that witnesses signed */
let newest = null;
/** @type {Seen | null} where the log ended when an account that was made here first looked */
let beginning = null;
/** @type {Promise<any>} one look after the other */
let last = Promise.resolve();

whenForgotten(() => { [held, newest, beginning] = [null, null, null]; });

/** What this account has seen of the log before. @returns {Seen} */
export function noted() {
  const kept = readSeen(notebook().log);
  return kept.size === 0 && beginning ? beginning : kept;
}

/** @param {any} kept @returns {Seen} a notebook of before logs had numbers is of the first */
export function readSeen(kept) {
  const { log = FIRST_LOG, size = 0, root = b64u(new Uint8Array(HASH)), note = '' } = kept ?? {};
  return { log, size, root, note };
}

/** The log as this worker last proved it, to be signed along and to be noted. @returns {Seen} */
export function logNow() {
  if (!newest) return noted();
  const { log, size, root, note } = newest;
  return { log, size, root: b64u(root), note };
}

/** The newest checkpoint that carries what witnesses signed; '' before the log was followed. @returns {string} */
export function cosignedNow() {
  return newest?.cosigned ?? '';
}

/** What a record says that its author has seen. @returns {{size: number, root: string}} */
export function seenNow() {
  const { size, root } = logNow();
  return { size, root };
}

/** The same for a roster. @returns {{logSize: number, logRoot: Uint8Array}} */
export function rosterLog() {
  const { size, root } = logNow();
  return { logSize: size, logRoot: unb64u(root) };
}

/**
 * The log up to now. What is returned holds every line from the earlier of `from` and what the notebook has seen.
 * @param {{from?: Seen | null}} [since] from: a place that was proven before @returns {Promise<Tree>}
 * @throws {Trouble} Inconsistent; Offline and Refused, where another try may go better
 */
export function follow({ from = null } = {}) {
  const next = last.catch(() => {}).then(() => followOn(from));
  last = next;
  return next;
}

/**
 * The log as far as this head at least. It is asked for only where what is held, and was found whole, does not reach so far; a look
 * that is on its way is waited for, since nothing is held meanwhile.
 * @param {{log: number, size: number}} head @returns {Promise<Tree>}
 */
export async function followTo({ log, size }) {
  await last.catch(() => {});
  return held && held.log === log && held.size >= size ? held : follow();
}

/** @param {Seen | null} from */
async function followOn(from) {
  try {
    // Of an account that was made here nothing is in the log before now.
    if (me().made && noted().size === 0) beginning = await ending();
    sawCheckpoint('pinned', noted().note ?? '');
    const known = [noted(), ...(from ? [await placed(from)] : []), ...(newest ? [logNow()] : [])];
    const first = known.reduce((a, b) => (isBefore(b, a) ? b : a));
    const tree = held && !isBefore(first, beginningOf(held)) ? held : await begin(first);
    held = null; // what fails half-way is fetched anew
    const [whole, checkpoint] = await fetchOn(tree);
    for (const one of known) checkSeen(whole, one);
    await checkThisTab(whole);
    [held, newest] = [whole, checkpoint];
    sawLog({ ...checkpoint, root: b64u(checkpoint.root) });
    return whole;
  } catch (error) {
    held = null;
    throw asTrouble(error);
  }
}

/** What keeps a log from being read, as the person is told of it. @param {any} error */
export function asTrouble(error) {
  if (error instanceof RangeError) return logTrouble('log-garbled'); // hashes of another number or length
  return error instanceof SealError ? logTrouble('log-signature') : error;
}

/** What this tab saw on an earlier page is still there, or the person is asked. @param {Tree} tree */
async function checkThisTab(tree) {
  const saw = seenLog();
  if (!saw || isOlder()) return;
  const gone = goneSince(await restores(tree.log), saw);
  if (gone) throw putBack(gone);
  if (saw.log > tree.log || (saw.log === tree.log && saw.size > tree.size)) throw logTrouble('log-shrunk', { size: saw.size });
  if (saw.root && !isBefore(saw, beginningOf(tree))) checkSeen(tree, saw);
}

/** What a member signed says no number of a log: the newest one that begins so. @param {Seen} seen @returns {Promise<Seen>} */
async function placed(seen) {
  if (!seen.claimed || seen.size === 0) return seen;
  const last = newest?.log ?? (await postApart('/log/proofs', { leaves: [] })).log;
  if (last === FIRST_LOG) return seen;
  const ends = await restores(last);
  for (let log = last; log >= FIRST_LOG; log -= 1) {
    if (seen.size <= (ends.get(log + 1)?.size ?? Infinity) && await beginsSo(log, seen)) return { ...seen, log };
  }
  throw logTrouble('split-view', { size: seen.size });
}

/** @param {number} log @param {Seen} seen */
async function beginsSo(log, { size, root }) {
  try {
    const { frontier } = await postApart('/log/since', { log, size });
    return b64u(rootAt(plant(log, size, cut(unb64u(frontier))), size)) === root;
  } catch (error) {
    if (error instanceof Trouble && error.code === 'ahead') return false;
    throw error;
  }
}

/** The lines that came with the frontier of a tree, which `fetchOn` takes: nothing is asked for twice. @type {WeakMap<Tree, any>} */
const came = new WeakMap();

/** A tree that starts where something was seen; whether it is that one, its root says. @param {{log: number, size: number}} seen @returns {Promise<Tree>} */
export async function begin(seen) {
  if (seen.size === 0) return plant(seen.log, 0, []);
  const answer = await since(seen.log, seen.size);
  const tree = plant(seen.log, seen.size, cut(unb64u(answer.frontier)));
  came.set(tree, answer);
  return tree;
}

/** @param {Uint8Array} data */
function cut(data) {
  return Array.from({ length: Math.ceil(data.length / HASH) }, (_, i) => data.slice(i * HASH, (i + 1) * HASH));
}

/** @returns {Promise<Seen>} */
async function ending() {
  const { log, checkpoint } = await postApart('/log/proofs', { leaves: [] });
  await restores(log);
  const { size, root } = await openCheckpoint(checkpoint, log);
  return { log, size, root: b64u(root) };
}

/**
 * All lines after the ones that are held, and the log that grows now. A case may be held against the tree meanwhile: it grows once
 * the head over all of them was checked, and not by a line of what fails half-way.
 * @param {Tree} tree @param {(read: Tree, checkpoint: string) => void} [fetched] hears of each page @returns {Promise<[Tree, NonNullable<typeof newest>]>}
 */
export async function fetchOn(tree, fetched = () => {}) {
  const read = after(tree);
  for (;;) {
    const { checkpoint, cosigned, leaves, more, newest: number } = came.get(tree) ?? await since(read.log, read.size);
    came.delete(tree);
    if (number > tree.log) return fetchOn(await cross(tree, read, number), fetched);
    const lines = unb64u(leaves);
    grow(read, lines);
    fetched(read, checkpoint);
    if (more && lines.length) continue;
    const signed = await openCheckpoint(checkpoint, read.log);
    sawCheckpoint('shown', signed.note);
    if (signed.size < read.size) throw logTrouble('log-shrunk', { size: signed.size });
    const root = rootAt(read, read.size);
    if (signed.size !== read.size || !equal(signed.root, root)) throw logTrouble('log-garbled', { size: signed.size });
    join(tree, read);
    return [tree, { ...signed, root, cosigned: cosigned ?? checkpoint }];
  }
}

/** The rest of a log that counts, and the next one after it, which roots declared. @param {Tree} tree @param {Tree} read what came after it @param {number} number of the log that grows @returns {Promise<Tree>} */
async function cross(tree, read, number) {
  const ends = await restores(number);
  const end = /** @type {import('./restores.js').Restore} */ (ends.get(tree.log + 1));
  const gone = goneSince(ends, read);
  if (gone) {
    await numberNow(tree.log);
    throw putBack(gone);
  }
  while (read.size < end.size) {
    const lines = unb64u((await since(read.log, read.size)).leaves).subarray(0, (end.size - read.size) * TAG_AND_COMMIT);
    if (!lines.length) throw logTrouble('log-ended-otherwise', { size: read.size });
    grow(read, lines);
  }
  if (!equal(rootAt(read, end.size), end.root)) throw logTrouble('log-ended-otherwise', { size: end.size });
  join(tree, read);
  return plant(tree.log + 1, 0, [], tree);
}

/** @param {number} log @param {number} size */
async function since(log, size) {
  try {
    const answer = await postApart('/log/since', { log, size });
    if (answer.log !== log) throw logTrouble('log-renumbered');
    return answer;
  } catch (error) {
    if (!(error instanceof Trouble) || error.code !== 'ahead') throw error;
    const gone = goneSince(await restores(await numberNow(log)), { log, size });
    if (gone) throw putBack(gone);
    throw logTrouble('log-shrunk', { size });
  }
}

/** Which log grows now. Its head, as the site signed it, is the proof of what is shown. @param {number} log where that can't be said @returns {Promise<number>} */
export async function numberNow(log) {
  try {
    const { log: number, checkpoint } = await postApart('/log/proofs', { leaves: [] });
    sawCheckpoint('shown', (await openCheckpoint(checkpoint, number)).note);
    return number;
  } catch {
    return log; // the refusal is said all the same
  }
}

/** A checkpoint that the key in the newest root signed, of this very log. @param {string} note @param {number} log */
export async function openCheckpoint(note, log) {
  const name = origin(await siteHere(), log);
  const read = readCheckpoint(await withLogKeys(([newest]) => openNote(note, new Map([noteKey(name, readVkey(newest).ed_pk)]))));
  if (read.origin !== name) throw logTrouble('log-renumbered');
  return { log, size: read.size, root: read.root, note };
}

/** What was seen before must be the beginning of what is there now. @param {Tree} tree @param {Seen} seen */
export function checkSeen(tree, { log, size, root, claimed }) {
  if (size === 0) return;
  const own = treeOf(tree, log);
  if (!own) throw logTrouble('log-renumbered');
  if (size > own.size) throw own === tree ? logTrouble(claimed ? 'split-view' : 'log-shrunk', { size }) : putBack({ lines: size - own.size, date: restoredOn(log + 1) });
  if (b64u(rootAt(own, size)) !== root) throw logTrouble(claimed ? 'split-view' : 'log-rewritten', { size });
}
