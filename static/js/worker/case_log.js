/** The log beside a case as it is opened: fetched at the same time, and what it says of the case before the page shows it. */
import { SealError, b64u, hex } from '../crypto/bytes.js';
import { unframe } from '../crypto/frame.js';
import { leftOut } from './case_lanes.js';
import { nameOfLine, prove } from './case_proof.js';
import { follow, readSeen } from './log.js';
import { checkOwnLane, checkSiteLanes } from './log_lanes.js';
import { logTrouble } from './log_trouble.js';
import { notebook } from './notebook.js';
import { Trouble } from './trouble.js';
import { overdue } from './waiting.js';

/** @typedef {import('./case_load.js').Case} Case */
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
