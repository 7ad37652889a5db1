/**
 * What a page may ask about a case:
 *   case.list  case.open  case.write  case.proposals  case.approve  case.decline  case.remove  case.leave  case.erase
 *   case.openings  case.export
 * Every answer is already verified (case_load.js). Ids and fingerprints are hex.
 */
import { b64u, hex, unb64u } from '../crypto/frame.js';
import { identityOf, safetyWords } from '../crypto/people.js';
import { exportCase } from './case_export.js';
import { listCases, loadCase } from './case_load.js';
import { nameOf, viewCase, viewOpenings } from './case_view.js';
import { addRecord, changeMembers, currentMembers } from './case_write.js';
import { dateOf, nowS } from './clock.js';
import { checkPin, directory, mustBeFresh, person, pinPerson } from './directory.js';
import { mine, send } from './letters.js';
import { me } from './me.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./case_load.js').Case} Case */

/** Kinds that any member may write, and what the owner alone may. */
const WRITABLE = ['message', 'statement', 'plan', 'step', 'meeting', 'navigator', 'note', 'consent', 'card', 'exclude', 'accept'];

/** The caller's cases. A peer has one. @returns {Promise<{cases: {id: string, owner: boolean}[]}>} */
async function list() {
  return { cases: await listCases() };
}

/** The case, verified. Whoever left or was revoked is left out by the first browser that sees it. @param {{case: string}} args */
async function openCase({ case: id }) {
  let state = await loadCase(id);
  state = await leaveOutTheGone(id, state);
  state = await sayRead(id, state);
  return viewCase(state);
}

/** Rule c: any member's browser makes the next epoch without somebody who left or was revoked. @param {string} id @param {Case} state */
async function leaveOutTheGone(id, state) {
  const gone = await goneFrom(state);
  if (!gone.size || gone.has(hex(me().fp))) return state;
  try {
    return await changeMembers(id, (now) => currentMembers(now, (fp) => !gone.has(fp)));
  } catch (error) {
    // Reading goes on; writing says why it can't (protocol, "What a person meets").
    if (error instanceof Trouble || /** @type {Error} */ (error).name === 'Expired') return state;
    throw error;
  }
}

/** @param {Case} state @returns {Promise<Set<string>>} hex */
async function goneFrom(state) {
  const { state: list } = await directory();
  return new Set(state.chain.members.map((one) => hex(one.fp)).filter((fp) => list.revoked.has(fp) || state.left.has(fp)));
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
  const { state, others } = await addRecord(id, () => payload);
  return { view: await viewCase(state), others };
}

/**
 * The people whom a coordinator has offered, each with the statement they wrote. Nobody else can be approved.
 * @param {{case: string}} args
 */
async function proposals({ case: id }) {
  const state = await loadCase(id);
  const letters = await mine(['offer', 'statement', 'word']);
  const about = hex(state.id);
  const statements = letters.filter((one) => one.kind === 'statement' && one.about === about && one.payload);
  const { people, all } = await directory();
  const inCase = new Set(state.chain.members.map((one) => hex(one.fp)));
  const offered = await offers(state);
  const proposed = [...offered].map(([fp, offer]) => {
    const binding = people.get(fp);
    const statement = statements.filter((one) => one.from === fp).at(-1);
    return {
      fp, name: binding?.name ?? offer.name, date: offer.date, by: offer.by, note: offer.note, approved: inCase.has(fp),
      statement: statement ? { text: String(statement.payload?.text ?? ''), date: statement.date } : null,
      safety: binding ? safetyWords(binding.fp) : [], ready: !!binding && hex(binding.hash) === offer.binding, changed: !!binding && hex(binding.hash) !== offer.binding,
      declined: letters.some((one) => one.kind === 'word' && one.mine && one.payload?.type === 'decline' && one.payload?.whom === fp), seen: all.size > 0,
    };
  });
  const words = letters.filter((one) => one.kind === 'word' && one.payload).map(({ from, name, date, mine: own, payload, hash }) => ({
    from, name, date, mine: own, type: String(payload?.type ?? ''), text: String(payload?.text ?? ''), hash,
  })).filter(({ type }) => type !== 'decline');
  return { proposed, words };
}

/**
 * Everyone named in an `offer` for this case that a coordinator signed. The list of who may be approved comes from nowhere else.
 * @param {Case} state
 * @returns {Promise<Map<string, {name: string, binding: string, date: string, by: string, note: string}>>} by hex fp
 */
async function offers(state) {
  const letters = await mine(['offer']);
  const found = new Map();
  for (const { payload, roles, about, date, name: by } of letters) {
    if (!payload || !offerCounts(roles, about, payload, state)) continue;
    for (const { fp, name, binding } of payload.people) found.set(hex(unb64u(fp)), { name, binding: hex(unb64u(binding)), date, by, note: String(payload.note ?? '') });
  }
  return found;
}

/** An offer is a coordinator's, and about this very case. @param {string[]} roles @param {string} about @param {any} payload @param {Case} state */
function offerCounts(roles, about, payload, state) {
  return roles.includes('coordinator') && about === hex(state.id) && payload.case === b64u(state.id) && Array.isArray(payload.people);
}

/**
 * Let one offered person in: the case's new key is sealed to theirs. This is the grant, and only the owner's browser can make it.
 * @param {{case: string, fp: string}} args
 */
async function approve({ case: id, fp }) {
  await mustBeFresh();
  const state = await loadCase(id);
  const binding = await approvable(state, fp);
  const next = await changeMembers(id, (now) => {
    if (now.chain.members.some((one) => hex(one.fp) === fp)) return null;
    return [...currentMembers(now), { identity: identityOf(binding), lead: false }];
  });
  await pinPerson(binding);
  return viewCase(next);
}

/** The binding that was offered, in force, and with the key that was seen before. @param {Case} state @param {string} fp */
async function approvable(state, fp) {
  const offered = (await offers(state)).get(fp);
  const binding = await person(Uint8Array.from(fp.match(/../g) ?? [], (pair) => parseInt(pair, 16)));
  if (!offered || !binding || hex(binding.hash) !== offered.binding || !binding.roles.includes('supporter')) {
    throw new Trouble('NotAllowed', 'not-offered', 'We stopped, because no coordinator has proposed this person with this key. Nothing you wrote was shown to anyone new. Ask a coordinator.');
  }
  await checkPin(binding);
  return binding;
}

/** No, thank you: the desk is told, the person is not given a reason. @param {{case: string, fp: string}} args */
async function decline({ case: id, fp }) {
  const state = await loadCase(id);
  await send('word', { kind: 'word', type: 'decline', whom: fp, text: '' }, { desk: true, about: state.id });
  return proposals({ case: id });
}

/** Take somebody out: a new key that they don't get. What they read stays read. @param {{case: string, fp: string}} args */
async function remove({ case: id, fp }) {
  const next = await changeMembers(id, (now) => {
    if (!now.chain.members.some((one) => hex(one.fp) === fp)) return null;
    return currentMembers(now, (one) => one !== fp);
  });
  return viewCase(next);
}

/** Go out of a case oneself, and tell the desk. @param {{case: string}} args */
async function leave({ case: id }) {
  const { state } = await addRecord(id, (now) => (now.left.has(hex(me().fp)) ? null : { kind: 'leave' }));
  await send('word', { kind: 'word', type: 'leaving', text: '' }, { desk: true, about: state.id });
  return {};
}

/** Erase the body of one record. Its place, its day and its hash stay, and who read it has read it. @param {{case: string, seq: number}} args */
async function erase({ case: id, seq }) {
  const before = await loadCase(id);
  const named = before.entries.find((one) => one.seq === seq);
  if (!named?.record) throw new TypeError('only a record can be erased');
  const { record } = named;
  const entry = nameOf(named);
  await addRecord(id, () => ({ kind: 'erase', record, entry }), { path: '/cases/erase', beside: { names: entry }, act: true });
  return viewCase(forgetBody(await loadCase(id), seq));
}

/** This tab held the words too. @param {Case} state @param {number} seq */
function forgetBody(state, seq) {
  const one = state.entries.find((other) => other.seq === seq);
  if (one) Object.assign(one, { payload: null, erased: true, counts: false });
  return state;
}

/** @param {{case: string}} args */
async function openings({ case: id }) {
  return { openings: await viewOpenings(await loadCase(id)), today: dateOf(Math.floor(nowS() / 86_400)) };
}

/** @type {Record<string, (args: any) => any>} */
export const methods = {
  'case.list': list, 'case.open': openCase, 'case.write': write, 'case.proposals': proposals, 'case.approve': approve,
  'case.decline': decline, 'case.remove': remove, 'case.leave': leave, 'case.erase': erase, 'case.openings': openings,
  'case.export': exportCase,
};
