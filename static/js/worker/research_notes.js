/**
 * What a peer's notebook holds of research:
 *   research: {thread, rows: [{instrument, wave, month, letter, secret, tries, sent, gone}], asked, saved}
 * `thread` is one for all rows of a person, inside the seal alone. `letter` and `secret` are base64url: who knows the secret takes the row
 * back. `gone`: it is to be taken back, and stays here until the server has answered. The sealed row itself is not kept: its length would
 * tell who gave one, and until when it waits. `tries`: how often it may have been sent, noted before each; a row that went out at every visit
 * would tell whose it is. `asked`: the day on which asking again was put off; `saved`: that of the last save for its own sake.
 */
import { b64u, sodium } from '../crypto/bytes.js';
import { whenForgotten } from './me.js';
import { note, notebook } from './notebook.js';
import { NONE, noteAlong, withAlong } from './notebook_saves.js';

const MOST_TRIES = 3;

/** @typedef {{instrument: string, wave: string, month: string, letter: string, secret: string, tries: number, sent: boolean, gone: boolean}} Row */
/** @typedef {{thread: string, rows: Row[], asked: number, saved: number}} Research */
/** @typedef {{instrument: string, wave: string}} Which `instrument` is 'comment' for words */

/** @param {Record<string, any>} book @returns {Research} its own, to be changed */
export const researchOf = (book) => (book.research ??= structuredClone(NONE));

/** As it will be after the next save. @returns {Research} a copy */
export const ahead = () => researchOf(withAlong(notebook()));

/** Whether the notebook that the server has holds this row: then it can be taken back, whatever happens here. @param {string} letter */
export const isKept = (letter) => rowsOf(notebook()).some((row) => row.letter === letter && !row.gone);

/** @param {Record<string, any>} book @returns {Row[]} */
const rowsOf = (book) => book.research?.rows ?? [];

/** The row that stands for this. @param {Row[]} rows @param {Which} which */
export const standing = (rows, { instrument, wave }) => rows.find((row) => !row.gone && row.instrument === instrument && row.wave === wave);

/** Rows that this worker sends once the next save is made. @type {Map<string, Promise<void>>} by letter */
const trying = new Map();

whenForgotten(() => trying.clear());

/**
 * Note that a row is about to be sent, once in the life of this worker.
 * @param {Which} which @returns {{letter: string, kept: Promise<void>} | null} kept: it is noted; null: it was sent, or tried often enough
 */
export function tryRow(which) {
  const row = standing(ahead().rows, which);
  const letter = row?.letter ?? b64u(sodium.randombytes_buf(16));
  const kept = trying.get(letter);
  if (kept) return { letter, kept };
  if (row && (row.sent || row.tries >= MOST_TRIES)) return null;
  const noted = row ? change(letter, (one) => { one.tries += 1; }) : addRow(which, letter);
  trying.set(letter, noted);
  return { letter, kept: noted };
}

/** Whether this row is sent no more, and nobody knows if it arrived: it went thrice, or the page was left thrice before it did. @param {Row} row */
export const isGivenUp = (row) => !row.sent && !row.gone && row.tries >= MOST_TRIES && !trying.has(row.letter);

/** Unless another tab has. @param {Which} which @param {string} letter @returns {Promise<void>} */
function addRow({ instrument, wave }, letter) {
  const [thread, secret] = [16, 32].map((length) => b64u(sodium.randombytes_buf(length)));
  return noteAlong((book) => {
    const research = researchOf(book);
    research.thread ||= thread;
    if (!standing(research.rows, { instrument, wave })) research.rows.push({ instrument, wave, month: '', letter, secret, tries: 1, sent: false, gone: false });
  });
}

/** Whoever says yes again after everything was taken back is somebody new to the stewards. @param {string} letter */
export function markGone(letter) {
  trying.delete(letter);
  change(letter, (row, research) => {
    row.gone = true;
    if (research.rows.every((one) => one.gone)) research.thread = '';
  });
}

/** @param {string} letter @param {string} month YYYY-MM */
export const markSent = (letter, month) => change(letter, (row) => Object.assign(row, { sent: true, month }));

/** @param {string} letter */
export const forgetRow = (letter) => change(letter, (row, research) => { research.rows = research.rows.filter((one) => one !== row); });

/** A save for its own sake, such as everybody's page makes. @param {number} day since 1970 */
export const saveNow = (day) => note((book) => { researchOf(book).saved = day; });

/** @param {number} day since 1970 */
export function putOffUntilLater(day) {
  noteAlong((book) => { researchOf(book).asked = day; });
}

/** @param {string} letter @param {(row: Row, research: Research) => void} how @returns {Promise<void>} */
function change(letter, how) {
  return noteAlong((book) => {
    const research = researchOf(book);
    const row = research.rows.find((one) => one.letter === letter);
    if (row) how(row, research);
  });
}
