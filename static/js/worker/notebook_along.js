/**
 * What waits for the next save of the notebook, and room in it that looks alike whatever it holds. A save of its own, or a longer
 * notebook, would tell the server who gives a row to research, and when.
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
