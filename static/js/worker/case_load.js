/**
 * A case fetched and proven: the chain, the rosters, the keys, what each entry says, and the numbers of its log lanes.
 * Nothing here is taken on the server's word; what does not verify stops the case, or is shown in its place as unreadable.
 */
import { CannotOpen, SealError, WrongPlace } from '../crypto/errors.js';
import { Chain } from '../crypto/chain.js';
import { b64u, equal, hex, unb64u, unframe } from '../crypto/frame.js';
import { openGrant, openLink } from '../crypto/grant.js';
import { readIdentity } from '../crypto/people.js';
import { authorAllowed, openRecord } from '../crypto/record.js';
import { checkActs, checkEntryEvents } from './case_lanes.js';
import { directory, reloadDirectory } from './directory.js';
import { me } from './me.js';
import { post } from './net.js';
import { note, notebook } from './notebook.js';
import { Trouble } from './trouble.js';

/**
 * @typedef {object} Entry
 * @property {number} seq @property {'roster' | 'record'} type @property {Uint8Array} hash @property {number} day @property {number} e
 * @property {string} author hex fp @property {string} [record] hex @property {Record<string, any> | null} payload null: unreadable
 * @property {boolean} erased @property {boolean} counts its author may write this kind @property {string[]} [members] hex, of a roster
 */
/**
 * @typedef {object} Case
 * @property {Uint8Array} id @property {Chain} chain @property {Map<string, Uint8Array>} identities frames by hex fp
 * @property {Map<number, Uint8Array>} keys epoch keys that this person can open @property {Entry[]} entries
 * @property {Set<string>} left hex fps whose `leave` was opened @property {any[]} acts @property {any[]} events of entries
 * @property {number} since the first seq at which this person is a member
 */

/** @type {Map<string, Promise<Case>>} one load at a time for each case */
const loading = new Map();
/** @type {Map<string, Case>} */
const open = new Map();

/** Forget every opened case, at a lock. */
export function forgetCases() {
  for (const known of open.values()) for (const key of known.keys.values()) key.fill(0);
  open.clear();
  loading.clear();
}

/** The case as it stands now, verified. @param {string} id hex @returns {Promise<Case>} @throws {SealError} @throws {Trouble} */
export function loadCase(id) {
  const before = loading.get(id) ?? Promise.resolve(open.get(id) ?? null);
  const next = before.catch(() => open.get(id) ?? null).then((known) => refresh(id, known));
  loading.set(id, next);
  return next;
}

/** The cases of whoever is signed in, as the server lists them; each is verified when it is opened. */
export async function listCases() {
  const { cases } = await post('/cases/mine');
  return cases.map((/** @type {any} */ one) => ({ id: hex(unb64u(one.case)), owner: one.owner, seq: one.seq }));
}

/** @param {string} id hex @param {Case | null} known */
async function refresh(id, known) {
  const bytes = Uint8Array.from(id.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const draft = known ? copy(known) : blank(bytes);
  for (let more = true; more;) {
    const answer = await post('/cases/open', { case: bytes, after: draft.chain.seq });
    takeIdentities(draft, answer.identities);
    await takeEntries(draft, answer);
    draft.events.push(...answer.entry_events);
    more = answer.more;
    if (!more) draft.acts = answer.acts;
  }
  checkMembership(draft);
  checkCasePin(draft);
  const { root } = await directory();
  checkEntryEvents(draft, me().site, root.log_vkey);
  checkActs(draft, me().site, root.log_vkey);
  await pinCase(draft);
  open.set(id, draft);
  return draft;
}

/** @param {Uint8Array} id @returns {Case} */
function blank(id) {
  return { id, chain: new Chain(me().site, id), identities: new Map(), keys: new Map(), entries: [], left: new Set(), acts: [], events: [], since: 0 };
}

/** What is proven stays untouched when the next answer is refused. @param {Case} known @returns {Case} */
function copy(known) {
  const { chain } = known;
  const again = Object.assign(new Chain(chain.site, chain.case), chain, { rosters: new Map(chain.rosters), erased: new Map(chain.erased) });
  return { ...known, chain: again, identities: new Map(known.identities), keys: new Map(known.keys), entries: [...known.entries], left: new Set(known.left), events: [...known.events] };
}

/** @param {Case} state @param {string[]} frames */
function takeIdentities(state, frames) {
  for (const text of frames) {
    const data = unb64u(text);
    state.identities.set(hex(readIdentity(data).fp), data);
  }
}

/** @param {Case} state @param {any} answer */
async function takeEntries(state, answer) {
  reloadWhenNewRoster(answer);
  const { state: people } = await directory();
    const pinned = notebook().pins.cases[hex(state.id)]?.seq ?? 0;
  const grants = new Map(answer.grants.map((/** @type {any} */ one) => [one.epoch, unb64u(one.grant)]));
  openKeys(state, answer.entries, grants);
  for (const one of answer.entries) takeEntry(state, one, { revoked: people.revoked, pinned });
}

/** A new roster can bring people whom the list that was loaded did not show. @param {any} answer */
function reloadWhenNewRoster(answer) {
  if (answer.entries.length) reloadDirectory();
}

/**
 * The keys of the epochs in this answer: by grant, and backwards along the links. Each is held against its roster's kc, and
 * counts for nothing until the chain has accepted that roster.
 * @param {Case} state @param {any[]} entries @param {Map<number, Uint8Array>} grants
 */
function openKeys(state, entries, grants) {
  const rosters = new Map(state.chain.rosters);
  for (const one of entries) {
    if (one.erased) continue;
    const { header } = unframe('entry', unb64u(one.entry));
    const fields = rosterFields(header);
    if (fields) rosters.set(fields.e, header);
  }
  for (const e of [...rosters.keys()].sort((a, b) => b - a)) {
    if (state.keys.has(e)) continue;
    const roster = /** @type {Uint8Array} */ (rosters.get(e));
    const key = keyByGrant(roster, grants.get(e)) ?? keyByLink(rosters.get(e + 1), state.keys.get(e + 1), roster);
    if (key) state.keys.set(e, key);
  }
}

/** @param {Uint8Array} header */
function rosterFields(header) {
  try {
    return unframe('roster', header);
  } catch {
    return null;
  }
}

/** @param {Uint8Array} roster @param {Uint8Array | undefined} grant */
function keyByGrant(roster, grant) {
  if (!grant) return null;
  try {
    return openGrant(grant, roster, me().identity);
  } catch (error) {
    if (error instanceof SealError) return null; // missing or failing kc: older epochs can still be read
    throw error;
  }
}

/** @param {Uint8Array | undefined} next @param {Uint8Array | undefined} nextKey @param {Uint8Array} roster */
function keyByLink(next, nextKey, roster) {
  if (!next || !nextKey) return null;
  try {
    return openLink(next, nextKey, roster);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/** @param {Case} state @param {any} given @param {{revoked: Set<string>, pinned: number}} judging */
function takeEntry(state, given, { revoked, pinned }) {
  const { chain } = state;
  if (given.erased) {
    const fields = chain.acceptErased(unb64u(given.header), unb64u(given.hash));
    state.entries.push({ ...place(fields, chain), hash: unb64u(given.hash), payload: null, erased: true, counts: false });
    return;
  }
  const entry = unb64u(given.entry);
  const isNew = chain.seq + 1 > Math.max(pinned, state.since);
  const fields = chain.accept(entry, state.identities, { revoked, left: state.left, new: isNew });
  if (fields.kind === 'roster') takeRoster(state, fields);
  else takeRecord(state, fields, entry);
}

/** @param {Case} state @param {any} fields */
function takeRoster(state, fields) {
  const members = fields.people.map((/** @type {any} */ one) => hex(one.fp));
  if (!state.since && members.includes(hex(me().fp))) state.since = fields.seq;
  state.entries.push({
    seq: fields.seq, type: 'roster', hash: fields.hash, day: fields.day, e: fields.e, author: hex(fields.issuer), payload: null, erased: false, counts: true, members,
  });
}

/** @param {Case} state @param {any} fields @param {Uint8Array} entry */
function takeRecord(state, fields, entry) {
  const at = place(fields, state.chain);
  const payload = openEntry(state, fields, entry, at.author);
  const counts = payload !== null && kindCounts(state, payload, at.author);
  if (counts && payload.kind === 'leave') state.left.add(at.author);
  state.entries.push({ ...at, hash: fields.hash, payload, erased: false, counts });
}

/** @param {any} fields @param {Chain} chain */
function place(fields, chain) {
  const author = hex(chain.members[fields.author].fp);
  return { seq: fields.seq, type: /** @type {'record'} */ ('record'), day: fields.day, e: fields.e, author, record: hex(fields.record) };
}

/** What a record says, or null when it does not open or its author did not sign it: one bad record closes no case. @param {Case} state @param {any} fields @param {Uint8Array} entry @param {string} author */
function openEntry(state, fields, entry, author) {
  const key = state.keys.get(fields.e);
  const identity = state.identities.get(author);
  if (!key || !identity) return null;
  try {
    return openRecord(entry, key, readIdentity(identity).ed_pk);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/** Whether this author may write this kind. @param {Case} state @param {Record<string, any>} payload @param {string} author */
function kindCounts(state, payload, author) {
  const isOwner = author === hex(state.chain.owner);
  return authorAllowed(payload.kind, isOwner, isAboutSelf(state, payload, author));
}

/** @param {Case} state @param {Record<string, any>} payload @param {string} author */
function isAboutSelf(state, payload, author) {
  if (payload.kind !== 'erase') return true; // `leave` and `read` speak of their author by nature
  return state.entries.some((one) => one.author === author && one.record === payload.record && b64u(one.hash) === payload.entry);
}

/** @param {Case} state */
function checkMembership(state) {
  if (!state.chain.members.some((one) => equal(one.fp, me().fp))) throw new WrongPlace('not a member of this case');
  if (!state.keys.size) throw new CannotOpen('no key of this case opens');
}

/** What was seen before must still be there. @param {Case} state */
function checkCasePin(state) {
  const pin = notebook().pins.cases[hex(state.id)];
  if (!pin) return;
  const then = state.entries.find((one) => one.seq === pin.seq);
  if (!then || b64u(then.hash) !== pin.head) {
    throw new Trouble('Inconsistent', 'rolled-back', 'We stopped, because part of this case that you have seen before is missing or changed. Nothing you wrote was shown to anyone new. Tell a coordinator.');
  }
}

/** @param {Case} state */
async function pinCase(state) {
  const { seq, head } = state.chain;
  const id = hex(state.id);
  if ((notebook().pins.cases[id]?.seq ?? 0) >= seq) return;
  await note((book) => {
    if ((book.pins.cases[id]?.seq ?? 0) < seq) book.pins.cases[id] = { seq, head: b64u(head) };
  });
}
