/**
 * A case held against the log, which is fetched beside it, before the page shows it: each of its lines stands there once, as it was
 * told, and the next number of each lane not at all. What was proven before is pinned, and only what is new is looked for.
 */
import { H, SealError, b64u, concat, equal, hex } from '../crypto/bytes.js';
import { noteKey, openNote, promiseOrigin, readPromise, readVkey } from '../crypto/checkpoint.js';
import { unframe } from '../crypto/frame.js';
import { leaf, leafHash } from '../crypto/log.js';
import { actLines, entryLines, leftOut, nextTags } from './case_lanes.js';
import { overdue } from './clock.js';
import { withLogKeys } from './directory.js';
import { logTrouble } from './evidence.js';
import { beginningOf, find, isBefore, rootAt } from './leaves.js';
import { follow, readSeen } from './log.js';
import { checkOwnLane, checkSiteLanes } from './log_lanes.js';
import { me } from './me.js';
import { notebook } from './notebook.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./case_load.js').Case} Case */
/** @typedef {import('./case_lanes.js').Line} Line */
/** @typedef {import('./leaves.js').Tree} Tree */
/** @typedef {{seq: number, head: string, log?: import('./log.js').Seen, acts?: Record<string, {n: number, hash: string}>}} Pin what was proven of a case */
/**
 * @typedef {object} Proof
 * @property {Line[]} entries @property {Line[]} acts
 * @property {import('./log.js').Seen | null} until where the log ended that it was held against; null: against none
 * @property {Line[]} waiting promised, and not in the log yet @property {Line[]} older in the log before the lines held here, if the site can prove it
 */

const EVER = { log: Infinity, size: 0 };

/**
 * Everything that the log can say of a case now.
 * @param {Case} state @param {Tree | null} tree null: it was not to be had yet @param {Pin | undefined} pin
 * @returns {Promise<Proof>}
 * @throws {Trouble} Inconsistent
 */
export async function prove(state, tree, pin) {
  try {
    return await withLogKeys((vkeys) => proveUnder(vkeys, state, tree, pin));
  } catch (error) {
    throw error instanceof SealError ? logTrouble('log-signature') : error;
  }
}

/** @param {string[]} vkeys of the log, newest first @param {Case} state @param {Tree | null} tree @param {Pin | undefined} pin @returns {Proof} */
function proveUnder(vkeys, state, tree, pin) {
  const entries = entryLines(state);
  const acts = actLines(state);
  checkPinnedActs(acts, pin);
  /** @type {Proof} */
  const proof = { entries, acts, until: tree && endOf(tree), waiting: [], older: [] };
  for (const line of [...entries, ...acts]) {
    const pinned = isPinned(line, pin);
    const found = tree ? place(tree, line, pinned ? readSeen(pin?.log) : EVER) : false;
    if (found || pinned || line.index !== null) continue;
    checkPromise(line, vkeys);
    const before = tree && typeof line.given.position === 'number' && isBefore({ log: line.given.log ?? 1, size: line.given.position }, beginningOf(tree));
    (before ? proof.older : proof.waiting).push(line);
  }
  if (tree) checkNothingNext(tree, nextTags(state, acts));
  return proof;
}

/** What comes later is new to the next look. @param {Tree} tree @returns {import('./log.js').Seen} */
const endOf = (tree) => ({ log: tree.log, size: tree.size, root: b64u(rootAt(tree, tree.size)) });

/** Proven when it was pinned. Words that went since are not: what is left of them names its author by the log alone. @param {Line} line @param {Pin | undefined} pin */
function isPinned({ lane, e, n, erased }, pin) {
  if (!pin?.log) return false;
  return lane === 'entry' ? n <= pin.seq && !erased : n <= (pin.acts?.[e]?.n ?? 0);
}

/**
 * Whether a line stands in the log, once, as it was told. What was pinned stands there already, before the place `until`.
 * @param {Tree} tree @param {Line} line @param {{log: number, size: number}} until
 */
function place(tree, line, until) {
  const places = find(tree, line.tag);
  if (places.length > 1 || places.some(({ log, index }) => !isBefore({ log, size: index }, until))) throw logTrouble('number-twice', { line: places.at(-1)?.index });
  if (!places.length) return false;
  if (!equal(places[0].commit, line.commit)) throw logTrouble('line-changed', { line: places[0].index });
  [line.log, line.index] = [places[0].log, places[0].index];
  return true;
}

/** @param {Tree} tree @param {Uint8Array[]} tags */
function checkNothingNext(tree, tags) {
  for (const tag of tags) {
    const [hidden] = find(tree, tag);
    if (hidden) throw logTrouble('number-hidden', { line: hidden.index });
  }
}

/**
 * The site's signed word that this very line will stand in the log. An older key's will do: the line has to be there in ten seconds.
 * @param {Line} line @param {string[]} vkeys @throws {SealError}
 */
function checkPromise(line, vkeys) {
  const name = promiseOrigin(me().site);
  const text = openNote(line.given.promise, new Map(vkeys.map((one) => noteKey(name, readVkey(one).ed_pk))));
  if (!equal(readPromise(text).leaf_hash, hashOf(line))) throw logTrouble('line-changed');
}

/** @param {Line} line */
export function hashOf(line) {
  return leafHash(leaf(line.tag, line.commit));
}

/** What the site noted before stays as it was told then. @param {Line[]} acts @param {Pin | undefined} pin */
function checkPinnedActs(acts, pin) {
  for (const [e, { n, hash }] of Object.entries(pin?.acts ?? {})) {
    const lines = acts.filter((one) => one.e === Number(e));
    if (b64u(running(lines.slice(0, n))) !== hash) throw logTrouble('line-changed');
  }
}

/** One hash over lines in their order. @param {Line[]} lines */
function running(lines) {
  let hash = new Uint8Array(32);
  for (const line of lines) hash = Uint8Array.from(H(concat(hash, hashOf(line))));
  return hash;
}

/** What to pin of a case of which everything was found. @param {Case} state @param {Proof} proof @returns {Pin} */
export function pinOf({ chain }, { acts, until }) {
  /** @type {Map<number, Line[]>} */
  const lanes = new Map();
  for (const one of acts) {
    const lane = lanes.get(one.e);
    if (lane) lane.push(one);
    else lanes.set(one.e, [one]);
  }
  const noted = [...lanes].map(([e, lines]) => [e, { n: lines.length, hash: b64u(running(lines)) }]);
  return { seq: chain.seq, head: b64u(chain.head), acts: Object.fromEntries(noted), log: until ?? undefined };
}

/** What was seen before must still be there. @param {Case} state @param {{cases: Record<string, {seq: number, head: string}>}} pins */
export function checkCasePin(state, { cases }) {
  const pin = cases[hex(state.id)];
  if (!pin) return;
  const then = state.entries.find((one) => one.seq === pin.seq);
  if (!then || b64u(then.hash) !== pin.head) {
    throw new Trouble('Inconsistent', 'rolled-back', 'We stopped, because part of this case that you have seen before is missing or changed. Nothing you wrote was shown to anyone new. Tell a coordinator.');
  }
}

/** How a line is told apart from any other while it is waited for. @param {Line} line */
export const nameOfLine = (line) => hex(line.tag);

/** @typedef {{tree: import('./leaves.js').Tree | null, fault: Trouble | null}} Looked tree null: not to be had, or at fault */

/**
 * The log from a place on; or why it can't be had, which is said when the case is held against it.
 * @param {import('./log.js').Seen} from @returns {Promise<Looked>}
 */
export async function looked(from) {
  try {
    const tree = await follow({ from });
    await checkOwnLane(tree);
    await checkSiteLanes(tree);
    return { tree, fault: null };
  } catch (error) {
    if (error instanceof Trouble && error.kind === 'Inconsistent') return { tree: null, fault: error };
    if (error instanceof Trouble && ['Offline', 'Refused'].includes(error.kind)) return { tree: null, fault: null }; // it is asked again
    throw error;
  }
}

/** Where the log stood when this person came in, as whoever let them in signed it. @param {Case} state @returns {import('./log.js').Seen} */
export function claimedLog({ chain, since }) {
  const rosters = [...chain.rosters.values()].map((one) => unframe('roster', one));
  const came = rosters.find((one) => one.seq === since);
  return { ...readSeen(came && { size: came.log_size, root: b64u(came.log_root) }), claimed: true };
}

/**
 * Why the log does not fit this case, or null. It is then read with a mark and not written in.
 * @param {Case} state @param {Looked} log @returns {Promise<Trouble | null>}
 */
export async function logFault(state, { tree, fault }) {
  const id = hex(state.id);
  try {
    state.proof = await prove(state, tree, notebook().pins.cases[id]);
    if (fault) return fault;
    return overdue(id, state.proof.waiting.map(nameOfLine)) ? logTrouble('promise-broken') : null;
  } catch (error) {
    if (error instanceof SealError) return leftOut('log-signature');
    if (error instanceof Trouble && error.kind === 'Inconsistent') return fault ?? error;
    throw error;
  }
}
