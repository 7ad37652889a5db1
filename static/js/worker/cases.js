/**
 * What a page may ask about a case:
 *   case.list  case.open  case.looked  case.write  case.proposals  case.approve  case.decline  case.toDesk
 *   case.remove  case.renewKey  case.leave  case.erase  case.openings  case.export  case.receipts  case.evidence
 * Every answer is already verified (case_load.js). Ids and fingerprints are hex.
 */
import { b64u, hex, unhex } from '../crypto/bytes.js';
import { laneKey } from '../crypto/entry.js';
import { laneTag } from '../crypto/log.js';
import { uncheckedEpochs } from './case_lanes.js';
import { listCases, loadCase } from './case_load.js';
import { approve, decline, proposals } from './case_team.js';
import { exportCase, nameOf, placeLines, viewCase, viewOpenings } from './case_view.js';
import { addRecord, changeMembers, currentMembers, goneFrom, leaveOutTheGone } from './case_write.js';
import { dateOf, nowS } from './clock.js';
import { holders } from './directory.js';
import { evidence, refused } from './evidence.js';
import { send } from './letters.js';
import { me } from './me.js';
import { note, notebook } from './notebook.js';
import { promised, receiptOf, shownLeaf } from './promise.js';
import { placedReceipts } from './receipts.js';
import { tryRow } from './research_notes.js';
import { STOPS, Trouble, told } from './trouble.js';
import { watched } from './witnesses.js';

/** @typedef {import('./case_load.js').Case} Case */

/**
 * After a yes to research, a row that is not known to be sent is noted with the save that the case's own opening makes, before the page
 * has said what goes. Later it would wait for another save.
 * @param {Case} state of the owner, verified
 */
async function noteYes(state) {
  if (hex(state.chain.owner) !== hex(me().fp) || state.marked || !(await holders('steward')).length) return;
  const counted = state.entries.filter((one) => one.counts && one.payload);
  const account = counted.find((one) => one.payload?.kind === 'account')?.payload;
  const last = counted.filter((one) => one.payload?.kind === 'consent').at(-1)?.payload ?? account;
  if (!account?.instrument || last?.consents?.consent_research !== 'yes') return;
  tryRow({ instrument: account.instrument, wave: 'intake' });
}

/** Kinds that any member may write, and what the owner alone may. */
const WRITABLE = ['message', 'statement', 'plan', 'step', 'meeting', 'navigator', 'note', 'consent', 'card', 'exclude', 'accept'];

/** The caller's cases. A peer has one. @returns {Promise<{cases: {id: string, owner: boolean, seq: number, known: number}[]}>} known: the number of the last entry at the last visit, 0 before the first */
async function list() {
  const pins = notebook().pins.cases;
  return { cases: (await listCases()).map((/** @type {any} */ one) => ({ ...one, known: pins[one.id]?.seq ?? 0 })) };
}

/** The messages were looked at, up to this entry. @param {{case: string, seq: number}} args */
async function looked({ case: id, seq }) {
  if ((notebook().looked?.[id] ?? 0) < seq) await note((book) => { book.looked = { ...book.looked, [id]: seq }; });
  return {};
}

/** The case, verified. Whoever left or was revoked is left out by the first browser that sees it. @param {{case: string}} args */
async function openCase({ case: id }) {
  let state = await loadCase(id);
  state = await readWithoutTheGone(id, state);
  state = await sayRead(id, state);
  await noteYes(state);
  return viewCase(state);
}

/** Reading goes on if they can't be left out now; writing tries again, and says why it can't. @param {string} id @param {Case} state */
async function readWithoutTheGone(id, state) {
  try {
    return await leaveOutTheGone(id, state);
  } catch (error) {
    if (error instanceof Trouble || /** @type {Error} */ (error).name === 'Expired') return state;
    throw error;
  }
}

/** A supporter's first reading of the account is their own signed entry, not only the server's word. @param {string} id @param {Case} state */
async function sayRead(id, state) {
  const self = hex(me().fp);
  const account = state.entries.find((one) => one.counts && one.payload?.kind === 'account');
  const said = state.entries.some((one) => one.author === self && one.payload?.kind === 'read');
  if (!account || said || self === hex(state.chain.owner)) return state;
  try {
    return (await addRecord(id, () => ({ kind: 'read', about: nameOf(account) }))).state;
  } catch (error) {
    if (error instanceof Trouble || /** @type {Error} */ (error).name === 'Expired') return state;
    throw error;
  }
}

/**
 * Add words to the case.
 * @param {{case: string, kind: string, said: Record<string, any>}} args
 * @returns {Promise<{view: any, others: boolean}>} others: somebody wrote before this
 */
async function write({ case: id, kind, said }) {
  if (!WRITABLE.includes(kind)) throw new TypeError('no such kind of record');
  const payload = { ...said, kind, at: nowS() };
  const { state, others } = await addRecord(id, () => payload, { attempt: JSON.stringify([id, kind, said]) });
  return { view: await viewCase(state), others };
}

/**
 * Write to the desk. A complaint names no case, so that whoever it is about finds no trace of it in the log; it goes out whatever is
 * wrong with the case.
 * @param {{case: string, text: string, type?: 'question' | 'reply' | 'complaint' | 'exclude'}} args
 */
async function toDesk({ case: id, text, type = 'reply' }) {
  const { marked } = await loadCase(id);
  if (marked && type !== 'complaint') throw marked;
  const about = type === 'complaint' ? undefined : unhex(id);
  const whose = type === 'complaint' ? { identity: b64u(me().identity.frame) } : {}; // no card says whose key signed it
  await send('word', { kind: 'word', type, text, ...whose }, { desk: true, about });
  return proposals({ case: id });
}

/** A new key for the people who are in and should be: the owner's way on when the last one does not open. @param {{case: string}} args */
async function renewKey({ case: id }) {
  return viewCase(await changeMembers(id, async (now) => {
    const gone = await goneFrom(now);
    return currentMembers(now, (fp) => !gone.has(fp));
  }, { cutsOff: true }));
}

/** Take somebody out: a new key that they don't get. What they read stays read. @param {{case: string, fp: string}} args */
async function remove({ case: id, fp }) {
  const next = await changeMembers(id, (now) => {
    if (!now.chain.members.some((one) => hex(one.fp) === fp)) return null;
    return currentMembers(now, (one) => one !== fp);
  }, { heals: true });
  return viewCase(next);
}

/** Go out of a case oneself, and tell the desk. @param {{case: string}} args @returns {Promise<{told: boolean}>} told: the desk has it in writing */
async function leave({ case: id }) {
  const { state } = await addRecord(id, (now) => (now.left.has(hex(me().fp)) ? null : { kind: 'leave' }), { leaves: true });
  try {
    await send('word', { kind: 'word', type: 'leaving', text: '' }, { desk: true, about: state.id });
    return { told: true };
  } catch (error) {
    const { kind } = told(error);
    if (['Offline', 'Refused', 'Expired'].includes(kind)) return { told: false }; // out they are
    throw error;
  }
}

/** Erase the body of one record. Its place, its day and its hash stay, and who read it has read it. @param {{case: string, seq: number}} args */
async function erase({ case: id, seq }) {
  const before = await loadCase(id);
  const named = before.entries.find((one) => one.seq === seq);
  if (!named?.record) throw new TypeError('only a record can be erased');
  const { record } = named;
  const entry = nameOf(named);
  await addRecord(id, () => ({ kind: 'erase', record, entry }), { path: '/cases/erase', beside: { names: entry }, act: true, attempt: `erase ${id} ${seq}`, heals: named.erased });
  return viewCase(await loadCase(id));
}

/** @param {{case: string}} args */
async function openings({ case: id }) {
  const state = await loadCase(id);
  const watch = await aboutLog(state);
  const view = await viewCase(state);
  return { openings: await viewOpenings(state), unchecked: uncheckedEpochs(state), watch, view, marked: view.marked, today: dateOf(Math.floor(nowS() / 86_400)) };
}

/** Where the lines stand, and who watches from outside. The page is shown without it where the connection drops. @param {Case} state */
async function aboutLog(state) {
  try {
    await placeLines(state);
    return await watched(state);
  } catch (error) {
    if (error instanceof Trouble && error.kind === 'Inconsistent') state.marked ??= error;
    else if (!(error instanceof Trouble) || !['Offline', 'Refused'].includes(error.kind)) throw error;
    return null;
  }
}

/** What did not match is kept, to be saved as evidence. @param {(args: any) => any} method */
const noting = (method) => async (/** @type {any} */ args) => {
  try {
    const result = await method(args);
    if (result?.marked) refused(result.marked, args.case);
    return result;
  } catch (error) {
    if (STOPS.includes(told(error).kind)) refused(error, args?.case ?? '');
    throw error;
  }
};

/** @type {Record<string, (args: any) => any>} */
const asked = {
  'case.list': list, 'case.open': openCase, 'case.looked': looked, 'case.write': write, 'case.proposals': proposals, 'case.approve': approve,
  'case.decline': decline, 'case.toDesk': toDesk, 'case.remove': remove, 'case.renewKey': renewKey, 'case.leave': leave,
  'case.erase': erase, 'case.openings': openings, 'case.export': exportCase, 'case.receipts': receipts,
};

/**
 * What the log promised of the first two entries, checked as it is after sending: the tab that sent them may have closed before it came.
 * @param {{case: string}} args
 * @returns {Promise<{time: number, receipts: Record<string, string>, case: string, leaf: string, line?: number, of?: number, place?: string}>}
 *   time: Unix seconds; line: in the log; place: 'later' where that can't be looked up now
 */
export async function receipts({ case: id }) {
  const state = await loadCase(id);
  const [roster, record] = [await receipt(state, 1), await receipt(state, 2)];
  const receipts = { roster: roster.frame, record: record.frame };
  return { time: record.time, leaf: shownLeaf(record.leaf), case: b64u(state.id), receipts, ...await proven(receipts) };
}

/** @param {Record<string, string>} receipts */
async function proven(receipts) {
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

/** @type {Record<string, (args: any) => any>} */
export const methods = {
  ...Object.fromEntries(Object.entries(asked).map(([name, method]) => [name, noting(method)])), 'case.evidence': evidence,
};
