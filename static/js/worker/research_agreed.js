/**
 * After a yes to research, a row that is not known to be sent is noted with the save that the case's own opening makes, before the page
 * has said what goes. Later it would wait for another save.
 */
import { hex } from '../crypto/bytes.js';
import { holders } from './directory.js';
import { me } from './me.js';
import { tryRow } from './research_notes.js';

/** @typedef {import('./case_load.js').Case} Case */

/** @param {Case} state of the owner, verified */
export async function noteYes(state) {
  if (hex(state.chain.owner) !== hex(me().fp) || state.marked || !(await holders('steward')).length) return;
  const counted = state.entries.filter((one) => one.counts && one.payload);
  const account = counted.find((one) => one.payload?.kind === 'account')?.payload;
  const last = counted.filter((one) => one.payload?.kind === 'consent').at(-1)?.payload ?? account;
  if (!account?.instrument || last?.consents?.consent_research !== 'yes') return;
  tryRow({ instrument: account.instrument, wave: 'intake' });
}
