/**
 * What is taken home: a case in one sealed file, which opens without this site (`python -m crypto open FILE`); and the receipts of the
 * account once more, from the log of the case: the tab that sent it may have closed before they came.
 */
import { H, WrongPlace, b64u, equal, hex, unb64u } from '../crypto/bytes.js';
import { makeExport } from '../crypto/export.js';
import { frame, unframe } from '../crypto/frame.js';
import { laneKey } from '../crypto/grant.js';
import { openBundle, openNotebook } from '../crypto/keys.js';
import { laneTag } from '../crypto/log.js';
import { fetchCase, loadCase } from './case_load.js';
import { proofsOf } from './case_view.js';
import { directory } from './directory.js';
import { me } from './me.js';
import { post } from './net.js';
import { promised, receiptOf, shownLeaf } from './promise.js';
import { placedReceipts, withPlace } from './receipts.js';
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

const LETTERS = ['statement', 'offer', 'word'];

/**
 * The owner's own copy. Only what was proven goes into it.
 * @param {{case: string}} args
 * @returns {Promise<{bytes: Uint8Array, kind: string}>} kind: the way in that opens the file: words, sheet or passkey
 */
export async function exportCase({ case: id }) {
  const state = await loadCase(id);
  if (!equal(state.chain.owner, me().fp)) throw new Trouble('Refused', 'not-yours', 'Only the person whose case this is can take a copy of it.');
  const unlocking = await post('/cases/export', { case: state.id }, { act: true });
  const answers = await fetchCase(state.id, 0);
  const grants = answers.flatMap((answer) => answer.grants);
  const events = answers.flatMap((answer) => answer.entry_events).filter((one) => one.event);
  const places = await proofsOf(state.proof?.entries ?? []);
  const bytes = makeExport({
    ...ownKeys(unlocking),
    bindings: await peopleOf(state),
    entries: answers.flatMap((answer) => answer.entries).map((one) => provenEntry(state, one)),
    grants: new Map(grants.map((one) => [one.epoch, unb64u(one.grant)])),
    mails: await letters(),
    receipts: events.map((one) => placed(one, places)),
  });
  return { bytes, kind: unlocking.kind };
}

/** What opens the file again, held against the keys that are open here. @param {any} given */
function ownKeys({ role, kind, locator, wrap, bundle, notebook }) {
  const { site, fp, account_key, role: mine, method } = me();
  const [version, box] = [notebook.version, unb64u(notebook.box)];
  if (role !== mine || !method || method.kind !== kind || !equal(unb64u(locator), method.locator)) throw new WrongPlace('the way in of another account');
  openBundle(account_key, site, role, fp, unb64u(bundle));
  openNotebook(account_key, site, fp, version, box);
  return { site, role, kind, fp, locator: unb64u(locator), wrap: unb64u(wrap), bundle: unb64u(bundle), notebook: /** @type {[number, Uint8Array]} */ ([version, box]) };
}

/** An entry as it was proven when the case was opened; of an erased one the hash alone. @param {Case} state @param {any} given */
function provenEntry(state, given) {
  const known = state.entries.find((one) => one.seq === given.seq);
  const hash = given.erased ? unb64u(given.hash) : H(unb64u(given.entry));
  if (!known || !equal(known.hash, hash)) throw new WrongPlace('another entry than the one that was proven');
  if (!known.erased) return unb64u(given.entry);
  return frame('entry', { header: given.erased ? unb64u(given.header) : unframe('entry', unb64u(given.entry)).header, body: hash });
}

/** What the log says of an entry: its place, proven; or its promise, while it is on the way. @param {any} event @param {Map<string, import('./receipts.js').Standing>} places by hex tag */
function placed(event, places) {
  const standing = places.get(hex(unb64u(event.tag)));
  return standing ? withPlace(unframe('receipt', receiptOf(event)), standing) : receiptOf(event);
}

/** Everyone who was in the case or wrote to its owner: their signed bindings, and the plain keys of who has none. @param {Case} state */
async function peopleOf(state) {
  const { all, signed } = await directory();
  const named = new Set([...all.values()].map((one) => hex(one.fp)));
  return [...signed.values(), ...[...state.identities].filter(([fp]) => !named.has(fp)).map(([, data]) => data)];
}

/** Every letter from or to the owner, still sealed. */
async function letters() {
  /** @type {any[]} */
  const found = [];
  for (let more = true, after = null; more;) {
    const answer = await post('/letters/mine', { kinds: LETTERS, ...(after ? { after } : {}) });
    found.push(...answer.letters);
    after = answer.letters.at(-1)?.hash;
    more = answer.more && !!after;
  }
  return found.map((one) => frame('mail', { header: unb64u(one.header), body: unb64u(one.body), stanzas: [unb64u(one.stanza)] }));
}
