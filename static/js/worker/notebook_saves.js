/**
 * What goes with the saves of the notebook, and what none of them may lose. Some things wait for the next one, and have room in it that
 * looks alike whatever it holds: a save of its own, or a longer notebook, would tell the server who gives a row to research, and when.
 */
import { me } from './me.js';

/** @typedef {Record<string, any>} Book */
/** @typedef {{change: (book: Book) => void, saved: () => void}} Along */

const ROOM = 4096; // bytes that what is noted of research takes in every peer's notebook; a row takes some 200

/** What a peer who gave nothing has noted of research (research_notes.js). */
export const NONE = Object.freeze({ thread: '', rows: Object.freeze([]), asked: 0, saved: 0 });

/** @type {Along[]} */
let waiting = [];

/** Change the notebook along with the next save that happens anyway. @param {(book: Book) => void} change @returns {Promise<void>} once it is saved */
export function noteAlong(change) {
  return new Promise((saved) => { waiting.push({ change, saved }); });
}

/** Make the changes that wait. @param {Book} book changed here @returns {Along[]} to be told when it is saved */
export function changeAlong(book) {
  for (const { change } of waiting) change(book);
  if (me().role === 'peer') keepRoom(book);
  return [...waiting];
}

/** The notebook as it will be once what waits is saved. @param {Book} book @returns {Book} a copy */
export function withAlong(book) {
  const copy = structuredClone(book);
  for (const { change } of waiting) change(copy);
  return copy;
}

/** They are saved. @param {Along[]} done */
export function savedAlong(done) {
  waiting = waiting.filter((one) => !done.includes(one));
  for (const { saved } of done) saved();
}

/** At a lock. */
export function forgetAlong() {
  waiting = [];
}

/** @param {Book} book */
function keepRoom(book) {
  book.research ??= structuredClone(NONE);
  const taken = JSON.stringify(book.research).length;
  book.room = '.'.repeat(ROOM * Math.ceil(taken / ROOM) - taken);
}

/** So many versions before itself does a notebook name. */
export const PAST = 64;

/**
 * @param {Book} before @param {Book} now
 * @param {boolean} grew that `now` came out of `before` is proven: then somebody's other key was compared in another tab
 * @returns {boolean}
 */
export function keepsWhatItHeld(before, now, grew) {
  if (Object.keys(now.restores ?? {}).length > Object.keys(before.restores ?? {}).length) return true; // they said yes to it in another tab
  const [was, is] = [before.pins, now.pins];
  return holds(was.directory, is.directory, 'version', 'hash') && holds(was.root, is.root, 'version', 'hash') && holdsLog(before.log, now.log)
    && Object.entries(was.cases).every(([id, pin]) => holds(pin, is.cases[id], 'seq', 'head'))
    && Object.entries(was.people).every(([whom, fp]) => (grew ? whom in is.people : is.people[whom] === fp));
}

/** A log of a later number begins at nothing. @param {any} was @param {any} is */
function holdsLog(was, is) {
  return (is?.log ?? 1) > (was?.log ?? 1) || ((is?.log ?? 1) === (was?.log ?? 1) && holds(was, is, 'size', 'root'));
}

/** As far as before, and the same where it is as far. @param {any} was @param {any} is @param {string} number @param {string} hash */
function holds(was, is, number, hash) {
  return !!is && (is[number] > was[number] || (is[number] === was[number] && is[hash] === was[hash]));
}
