/**
 * The signed-in person's private, sealed page of notes: pins, methods, what was last seen. Every save is a logged version.
 *
 *   const seen = notebook().pins.cases[hexCase];                    // read; do not change what you get
 *   await note((book) => { book.pins.cases[hexCase] = { seq, head }; });   // change and save
 *
 * `note` runs your change again on the newer notebook when another tab saved first, so write it as a change ("raise seq to
 * at least n"), not as a copy. To stop a save, throw from it. Bytes are kept as base64url. Names in use:
 *   past: [[version, hash in base64url], ...] of the versions before this one, the newest 64: it goes on from them
 *   methods: [{kind, locator, login_seed, day}]    log: {log, size, root, note} as last proven
 *   restores: {number of the log that began then: day on which the person said yes to it}
 *   looked: {hex case16: seq}   up to which entry the messages were looked at
 *   pins: {directory: {version, hash, unsure: true while it was first seen in notes that knew of none}, root: {version, hash}, people: {hex person16: hex fp}, names: {hex fp: name}, cases: {hex case16: {seq, head, acts: {epoch: {n, hash}}, log: {log, size, root}}}}
 *   research, room: of peers (research.js, notebook_saves.js)
 * Other rooms add a name of their own at the top, e.g. book.unread.
 */
import { H, b64u, concat, hex, u64, unb64u } from '../crypto/bytes.js';
import { laneAccount, openNotebook, sealNotebook } from '../crypto/keys.js';
import { accountTag, laneTag } from '../crypto/log.js';
import { me } from './me.js';
import { post } from './net.js';
import { PAST, changeAlong, forgetAlong, keepsWhatItHeld, savedAlong } from './notebook_saves.js';
import { promised } from './promise.js';
import { Trouble, tell } from './trouble.js';

const TRIES = 5;

/** @typedef {Record<string, any>} Book @typedef {{log: number, size: number, root: string}} SeenLog root in base64url; '': not known */

/** @type {{version: number, book: Book, hash: string} | null} hash: base64url, of the box */
let open = null;
/**
 * The newest notebook that this tab has opened. It outlives a lock and, in the tab's storage, the page. `whose` is a number of
 * the account's lane in the log that is never used: it tells one account from another, and says nothing to who finds it.
 * log: how far the site's log was followed by then.
 * @type {{whose: string, version: number, hash: string, log: SeenLog | null} | null}
 */
let seen = null;
/** The open one is older than what this tab saw, because the site was put back. It is read, and not written in, until the person says yes. @type {Trouble | null} */
let older = null;
/** @type {Promise<any>} saves of this tab follow one another */
let last = Promise.resolve();

/** A notebook for a new account. @returns {Book} */
export function blankNotebook() {
  return { methods: [], pins: { directory: { version: 0, hash: '' }, root: { version: 0, hash: '' }, people: {}, cases: {} }, log: { log: 1, size: 0, root: b64u(new Uint8Array(32)) } };
}

/** The notebook of whoever is signed in. @returns {Book} @throws {Trouble} Locked */
export function notebook() {
  me();
  return /** @type {{book: Book}} */ (open).book;
}

/** Take what came with the sign-in. @param {number} version @param {Uint8Array} box @throws {import('../crypto/bytes.js').CannotOpen} never made anew */
export function takeNotebook(version, box) {
  checkSeen(version, box);
  const book = read(version, box);
  checkGoesOn(version, book);
  open = { version, book, hash: b64u(H(box)) };
  older = null;
  remember(version, box);
}

/**
 * The same of one that is older than what this tab saw: the roots have declared why.
 * @param {number} version @param {Uint8Array} box @param {Trouble} why what is said wherever something would be written
 */
export function takeOlder(version, box, why) {
  open = { version, book: read(version, box), hash: b64u(H(box)) };
  older = why;
}

/** The person goes on from the older notebook that is open. @param {number} version @param {Uint8Array} box */
export function goOnFromOlder(version, box) {
  [older, seen] = [null, null];
  remember(version, box);
}

/** Whether a notebook is not older than what this tab saw, by its number. @param {number} version @param {Uint8Array} box */
export function isAsNew(version, box) {
  try {
    checkSeen(version, box);
    return true;
  } catch (error) {
    if (error instanceof Trouble) return false;
    throw error;
  }
}

/** Whether these very notes are the ones that are open. @param {number} version @param {Uint8Array} box */
export const isOpen = (version, box) => open?.version === version && open.hash === b64u(H(box));

/** Why nothing may be written now; null: it may. */
export const isOlder = () => older;

/** @param {number} version @param {Uint8Array} box @returns {Book} */
function read(version, box) {
  const { account_key, site, fp } = me();
  const opened = openNotebook(account_key, site, fp, version, box);
  const blank = blankNotebook();
  return { ...blank, ...opened, pins: { ...blank.pins, ...opened.pins } };
}

/** What this tab saw before the page was loaded, as its storage kept it. @param {string | null | undefined} kept */
export function recallNotebook(kept) {
  if (seen || !kept) return;
  const [whose, version, hash, log, size, root = ''] = kept.split('.');
  seen = { whose, version: Number(version), hash, log: size ? { log: Number(log), size: Number(size), root } : null };
}

/** How far this tab has followed the log for whoever is signed in. @returns {SeenLog | null} */
export function seenLog() {
  return seen?.whose === whose() ? seen.log : null;
}

/** The log was proven up to here. @param {SeenLog} to */
export function sawLog({ log, size, root }) {
  if (!seen || older || seen.whose !== whose() || (seen.log?.log === log && seen.log.size === size)) return;
  seen.log = { log, size, root };
  tellSeen();
}

/** @param {number} version @param {Uint8Array} box @throws {Trouble} Inconsistent: older than what this tab saw, or another of that number */
function checkSeen(version, box) {
  if (!seen || seen.whose !== whose()) return;
  if (version < seen.version || (version === seen.version && hex(H(box)) !== seen.hash)) throw rolledBack({ version, seen: seen.version, ...seen.log });
}

/**
 * A newer one grew out of the one that this tab saw: else the server handed an old one to another tab, and that tab wrote on.
 * @param {number} version @param {Book} book @throws {Trouble} Inconsistent
 */
function checkGoesOn(version, book) {
  if (!seen || seen.whose !== whose() || version <= seen.version) return;
  const grew = grewFrom(/** @type {[number, string][]} */ (book.past ?? []), version, seen);
  if (open && !keepsWhatItHeld(open.book, book, grew)) throw rolledBack();
}

/**
 * @param {[number, string][]} past @param {number} version @param {{version: number, hash: string}} before
 * @returns {boolean} false: too many versions lie between to say
 * @throws {Trouble} Inconsistent: it grew out of another one
 */
function grewFrom(past, version, before) {
  const found = past.find(([number]) => number === before.version);
  if (found ? hex(unb64u(found[1])) !== before.hash : version - before.version <= PAST) throw rolledBack();
  return !!found;
}

/** @param {number} version @param {Uint8Array} box */
function remember(version, box) {
  seen = { whose: whose(), version, hash: hex(H(box)), log: seenLog() };
  tellSeen();
}

function tellSeen() {
  if (seen) tell('notebook', [seen.whose, seen.version, seen.hash, ...(seen.log ? [seen.log.log, seen.log.size, seen.log.root] : [])].join('.'));
}

function whose() {
  return hex(laneTag(laneAccount(me().identity), 'account', 0));
}

/** The number of the version that is open, once no save of this tab is under way. @returns {Promise<number>} */
export async function notesVersion() {
  await last;
  me();
  return /** @type {{version: number}} */ (open).version;
}

/** The newest one, for what may not wait for the next save: another tab may know more. @returns {Promise<void>} */
export function readAgain() {
  const read = last.then(async () => takeNewer(await post('/sign-in/notebook')));
  last = read.catch(() => {});
  return read;
}

/** Forget it, at a lock. */
export function forgetNotebook() {
  open = null;
  older = null;
  forgetAlong();
}

/** Change the notebook and save it. @param {(book: Book) => void} change @returns {Promise<void>} */
export function note(change) {
  const saved = last.then(() => save(change));
  last = saved.catch(() => {});
  return saved;
}

/**
 * The next version, sealed but not sent.
 * @param {(book: Book) => void} change
 * @returns {{version: number, tag: Uint8Array, box: Uint8Array, book: Book, along: import('./notebook_saves.js').Along[]}}
 */
export function nextNotebook(change) {
  if (older) throw older;
  const { account_key, site, fp, identity } = me();
  const before = /** @type {{version: number, book: Book, hash: string}} */ (open);
  const book = structuredClone(notebook());
  change(book);
  const along = changeAlong(book);
  book.past = [...(book.past ?? []), [before.version, before.hash]].slice(-PAST);
  const version = before.version + 1;
  const tag = laneTag(laneAccount(identity), 'account', version);
  return { version, tag, box: sealNotebook(account_key, site, fp, version, book), book, along };
}

/** The version that `nextNotebook` made has been stored. @param {ReturnType<typeof nextNotebook>} next */
export function wasSaved({ version, book, box, along }) {
  open = { version, book, hash: b64u(H(box)) };
  remember(version, box);
  savedAlong(along);
}

/** The log's word that this version, under its own number, was taken. @param {string} receipt @param {{tag: Uint8Array, box: Uint8Array}} next */
export function checkNotebookReceipt(receipt, { tag, box }) {
  const { fp } = me();
  return promised(receipt, { type: 'notebook', object: H(box), tag: accountTag(fp, tag), actor: fp });
}

/** Another tab saved first: its notebook comes in a 409 'newer'. @param {{version: number, box: string}} newer */
function takeNewer({ version, box }) {
  takeNotebook(version, unb64u(box));
}

/** @param {(book: Book) => void} change */
const save = (change) => saveBy(change, ({ version, tag, box }) => post('/sign-in/notebook/save', concat(u64(version), tag, box), { act: true }));

/**
 * Save what `change` makes of the notebook by a request that carries the next version along, on top of a newer one where there is one.
 * @param {(book: Book) => void} change
 * @param {(next: ReturnType<typeof nextNotebook>) => Promise<{receipt: string}>} send
 */
export async function saveBy(change, send) {
  for (let tries = 1; ; tries += 1) {
    const next = nextNotebook(change);
    try {
      const { receipt } = await send(next);
      await checkNotebookReceipt(receipt, next);
      wasSaved(next);
      return;
    } catch (error) {
      if (!(error instanceof Trouble) || error.code !== 'newer' || tries >= TRIES) throw error;
      takeNewer(/** @type {any} */ (error.facts));
    }
  }
}

/** @param {Record<string, number | string>} [facts] for the evidence */
function rolledBack(facts = {}) {
  return new Trouble('Inconsistent', 'rolled-back', 'We stopped, because the server handed out an older copy of your private notes. Nothing you wrote was shown to anyone new. Tell a coordinator.', facts);
}
