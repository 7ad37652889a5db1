/** Where the lines of a case stand in the log, for pages that show it and for the copy that is taken home. */
import { hex } from '../crypto/bytes.js';
import { hashOf } from './case_proof.js';
import { standings } from './receipts.js';
import { linesBefore } from './restores.js';

/** @typedef {import('./case_load.js').Case} Case */
/** @typedef {import('./case_lanes.js').Line} Line */
/** @typedef {import('./receipts.js').Standing} Standing */

const MOST = 300;

/**
 * Prove where the newest lines stand that a page shows. Those that were pinned long ago are not held here any more.
 * @param {Case} state @returns {Promise<void>} @throws {import('./trouble.js').Trouble} Inconsistent 'not-in-log'
 */
export async function placeLines({ proof, entries }) {
  if (!proof) return;
  const read = new Set(entries.filter((one) => one.payload?.kind === 'read').map((one) => one.seq));
  const shown = [...proof.acts, ...proof.entries.filter((line) => read.has(line.n))];
  const unplaced = shown.filter((line) => line.index === null && !proof.waiting.includes(line)).slice(-MOST);
  const places = await standings(unplaced.map(hashOf));
  places.forEach((standing, i) => { if (standing) [unplaced[i].log, unplaced[i].index] = [standing.log, standing.index]; });
}

/** Proofs of a case's entries, by hex of the tag. @param {Line[]} lines @returns {Promise<Map<string, Standing>>} */
export async function proofsOf(lines) {
  const places = await standings(lines.map(hashOf));
  return new Map(lines.flatMap((line, i) => (places[i] ? [[hex(line.tag), /** @type {Standing} */ (places[i])]] : [])));
}

/** The line of an entry, from 1; null while it is not proven where it stands. @param {Case} state @param {number} seq */
export function lineOfEntry({ proof }, seq) {
  return numberOf(proof?.entries.find((line) => line.n === seq));
}

/** The same for an event of the site's own. @param {Case} state @param {any} given as the site told of it */
export function lineOfAct({ proof }, given) {
  return numberOf(proof?.acts.find((line) => line.given === given));
}

/** @param {Line | undefined} line */
function numberOf(line) {
  return typeof line?.index === 'number' ? linesBefore(line.log) + line.index + 1 : null;
}
