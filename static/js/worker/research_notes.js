/**
 * What a peer's notebook holds of research:
 *   research: {thread, rows: [{instrument, wave, month, letter, secret, sent, gone}], asked: day on which asking again was put off, or 0}
 * `thread` is one for all rows of a person, inside the seal alone. `letter` and `secret` are base64url: who knows the secret takes the row
 * back. `gone`: it is to be taken back, and stays here until the server has answered. The sealed row itself is not kept: its length would
 * tell who gave one, and until when it waits.
 */
import { b64u } from '../crypto/frame.js';
import { sodium } from '../crypto/sodium.js';
import { notebook } from './notebook.js';
import { noteAlong, withAlong } from './notebook_along.js';

/** @typedef {{instrument: string, wave: string, month: string, letter: string, secret: string, sent: boolean, gone: boolean}} Row */
/** @typedef {{thread: string, rows: Row[], asked: number}} Research */
/** @typedef {{instrument: string, wave: string}} Which `instrument` is 'comment' for words */

/** @param {Record<string, any>} book @returns {Research} its own, to be changed */
export const researchOf = (book) => (book.research ??= { thread: '', rows: [], asked: 0 });

/** As it will be after the next save. @returns {Research} a copy */
export const ahead = () => researchOf(withAlong(notebook()));

/** Whether the notebook that the server has holds this row, so that it can be taken back whatever happens here. @param {string} letter */
export const isKept = (letter) => rowsOf(notebook()).some((row) => row.letter === letter && !row.gone);

/** @param {Record<string, any>} book @returns {Row[]} */
const rowsOf = (book) => book.research?.rows ?? [];

/** The row that stands for this. @param {Row[]} rows @param {Which} which */
export const standing = (rows, { instrument, wave }) => rows.find((row) => !row.gone && row.instrument === instrument && row.wave === wave);

/** Note a row that is about to be sent, unless another tab has. @param {Which} which @returns {{letter: string, kept: Promise<void>}} kept: saved */
export function addRow({ instrument, wave }) {
  const [letter, thread, secret] = [16, 16, 32].map((length) => b64u(sodium.randombytes_buf(length)));
  const kept = noteAlong((book) => {
    const research = researchOf(book);
    research.thread ||= thread;
    if (!standing(research.rows, { instrument, wave })) research.rows.push({ instrument, wave, month: '', letter, secret, sent: false, gone: false });
  });
  return { letter, kept };
}

/** Whoever says yes again after everything was taken back is somebody new to the stewards. @param {string} letter */
export function markGone(letter) {
  change(letter, (row, research) => {
    row.gone = true;
    if (research.rows.every((one) => one.gone)) research.thread = '';
  });
}

/** @param {string} letter @param {string} month YYYY-MM */
export const markSent = (letter, month) => change(letter, (row) => Object.assign(row, { sent: true, month }));

/** @param {string} letter */
export const forgetRow = (letter) => change(letter, (row, research) => { research.rows = research.rows.filter((one) => one !== row); });

/** @param {number} day since 1970 */
export function putOffUntilLater(day) {
  noteAlong((book) => { researchOf(book).asked = day; });
}

/** @param {string} letter @param {(row: Row, research: Research) => void} how */
function change(letter, how) {
  noteAlong((book) => {
    const research = researchOf(book);
    const row = research.rows.find((one) => one.letter === letter);
    if (row) how(row, research);
  });
}
