/** Words taken away: by a signed `erase` further on, or by the server alone, and then nothing is built on what it says stood there. */
import { b64u, equal, hex } from '../crypto/bytes.js';
import { me } from './me.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./case_load.js').Case} Case */
/** @typedef {import('./case_load.js').Entry} Entry */

/** Whether whoever wrote it, or the owner, erased it in a record of their own further on. @param {Entry} gone @param {Case} state */
export function isErased(gone, state) {
  return state.entries.some((one) => one.counts && one.seq > gone.seq && one.payload?.kind === 'erase' && one.payload.entry === b64u(gone.hash)
    && (one.author === gone.author || one.author === hex(state.chain.owner)));
}

/** The entries without the words that were signed away: also where the server keeps and hands out what it should have dropped. @param {Case} state @returns {Entry[]} */
export function withoutErased(state) {
  const gone = (/** @type {Entry} */ one) => one.payload && one.payload.kind !== 'erase' && isErased(one, state);
  return state.entries.map((one) => (gone(one) ? { ...one, payload: null, erased: true, counts: false } : one));
}

/**
 * An entry whose words are gone and that nobody signed away: at the end of the case the server could have made it up whole.
 * Not so where later records are closed to this reader, who came without their key: the `erase` can be among them.
 * @param {Case} state @returns {Trouble | null}
 */
export function withheld(state) {
  const closed = state.entries.filter((one) => one.type === 'record' && !state.keys.has(one.e)).at(-1)?.seq ?? 0;
  const found = state.entries.some((one) => one.erased && one.seq > closed && !isErased(one, state));
  return found ? new Trouble('Inconsistent', 'withheld', 'We stopped, because the site holds words of this case back. It says that they were erased, and nobody signed that. Nothing you wrote was shown to anyone new. Tell a coordinator.') : null;
}

/**
 * Any one member can have words of their own dropped without an `erase`, and that must not close the case: its owner may sign them
 * away, or take somebody out. Nothing else is written while they are withheld.
 * @param {Case} state
 */
export function mayHeal({ marked, chain }) {
  return marked?.code === 'withheld' && equal(chain.owner, me().fp);
}
