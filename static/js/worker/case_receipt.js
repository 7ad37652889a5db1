/** The receipts of the account once more, from the log of the case: the tab that sent it may have closed before they came. */
import { b64u } from '../crypto/bytes.js';
import { laneKey } from '../crypto/grant.js';
import { laneTag } from '../crypto/log.js';
import { loadCase } from './case_load.js';
import { promised, receiptOf, shownLeaf } from './promise.js';
import { placedReceipts } from './receipts.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./case_load.js').Case} Case */

/**
 * What the log promised of the first two entries, checked as it is after sending.
 * @param {{case: string}} args
 * @returns {Promise<{time: number, receipts: Record<string, string>, case: string, leaf: string, line?: number, of?: number, place?: string}>}
 *   time: Unix seconds; line: in the log; place: 'later' where that can't be looked up now
 */
export async function receipts({ case: id }) {
  const state = await loadCase(id);
  const [roster, record] = [await receipt(state, 1), await receipt(state, 2)];
  const receipts = { roster: roster.frame, record: record.frame };
  return { time: record.time, leaf: shownLeaf(record.leaf), case: b64u(state.id), receipts, ...await placed(receipts) };
}

/** @param {Record<string, string>} receipts */
async function placed(receipts) {
  try {
    return await placedReceipts(receipts);
  } catch (error) {
    if (!(error instanceof Trouble) || !['Offline', 'Refused'].includes(error.kind)) throw error;
    return { place: 'later' };
  }
}

/** @param {Case} state @param {number} seq 1 or 2 */
async function receipt(state, seq) {
  const event = state.events.find((one) => one.seq === seq);
  const entry = state.entries[seq - 1];
  const key = state.keys.get(1);
  if (!event?.event || !key) throw new Trouble('Refused', 'no-receipt', 'Nothing is lost. The site does not hand out all that this receipt is made of now.');
  const frame = receiptOf(event);
  const tag = laneTag(laneKey(key, state.id, 1), 'entry', seq);
  const { time, leaf } = await promised(frame, { type: entry.type, object: entry.hash, actor: state.chain.owner, subject: state.id, tag });
  return { time, leaf, frame: b64u(frame) };
}
