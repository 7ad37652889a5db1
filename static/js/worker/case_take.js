/** The entries of a case taken one by one: each proven by the chain, its key found, and what it says opened. */
import { SealError, b64u, hex, unb64u } from '../crypto/bytes.js';
import { openGrant, openLink } from '../crypto/entry.js';
import { unframe } from '../crypto/frame.js';
import { readIdentity } from '../crypto/people.js';
import { authorAllowed, openRecord } from '../crypto/record.js';
import { directory, reloadDirectory } from './directory.js';
import { me } from './me.js';
import { notebook } from './notebook.js';
import { readRecord } from './payloads.js';

/** @typedef {import('./case_load.js').Case} Case */
/** @typedef {import('../crypto/chain.js').Chain} Chain */

/** @param {Case} state @param {any[]} answers */
export async function takeEntries(state, answers) {
  const given = answers.flatMap((answer) => answer.entries);
  const rosters = rostersOf(given);
  if (rosters.length) reloadDirectory(); // a new roster can bring people whom the list that was loaded did not show
  const { state: people } = await directory();
  state.since ||= firstSeq(rosters);
  openKeys(state, rosters, new Map(answers.flatMap((answer) => answer.grants.map((/** @type {any} */ one) => [one.epoch, unb64u(one.grant)]))));
  const pinned = notebook().pins.cases[hex(state.id)]?.seq ?? 0;
  for (const one of given) takeEntry(state, one, { revoked: people.revoked, pinned });
}

/** The rosters among entries, not yet proven. @param {any[]} entries @returns {{header: Uint8Array, fields: any}[]} */
function rostersOf(entries) {
  return entries.filter((one) => !one.erased).map((one) => unframe('entry', unb64u(one.entry)).header)
    .map((header) => ({ header, fields: rosterFields(header) })).filter(({ fields }) => fields);
}

/** Where this person came in: whoever was revoked after that was not revoked then. @param {{fields: any}[]} rosters */
function firstSeq(rosters) {
  const self = hex(me().fp);
  return rosters.find(({ fields }) => fields.members.some((/** @type {Uint8Array} */ item) => hex(item.subarray(0, 32)) === self))?.fields.seq ?? 0;
}

/**
 * The keys of the epochs in this answer: by grant, and backwards along the links. Each is held against its roster's kc, and
 * counts for nothing until the chain has accepted that roster.
 * @param {Case} state @param {{header: Uint8Array, fields: any}[]} fresh @param {Map<number, Uint8Array>} grants
 */
function openKeys(state, fresh, grants) {
  const rosters = new Map(state.chain.rosters);
  for (const { header, fields } of fresh) rosters.set(fields.e, header);
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
  // Without the key of the epoch so far, nobody can say who wrote `leave` in it (SPEC 7).
  const left = state.keys.has(chain.epoch) ? state.left : null;
  const fields = chain.accept(entry, state.identities, { revoked, left, new: isNew });
  if (fields.kind === 'roster') takeRoster(state, fields);
  else takeRecord(state, fields, entry);
}

/** @param {Case} state @param {any} fields */
function takeRoster(state, fields) {
  const members = fields.people.map((/** @type {any} */ one) => hex(one.fp));
  const before = state.entries.filter((one) => one.type === 'roster').at(-1)?.members ?? [];
  for (const fp of members) if (!before.includes(fp)) state.left.delete(fp); // whoever was asked back has not left
  state.entries.push({
    seq: fields.seq, type: 'roster', hash: fields.hash, day: fields.day, e: fields.e, author: hex(fields.issuer), payload: null, erased: false, counts: true, members,
  });
}

/** @param {Case} state @param {any} fields @param {Uint8Array} entry */
function takeRecord(state, fields, entry) {
  const at = place(fields, state.chain);
  const { payload, seen } = openEntry(state, fields, entry, at.author);
  const counts = payload !== null && kindCounts(state, payload, at.author);
  if (counts && payload.kind === 'leave') state.left.add(at.author);
  state.entries.push({ ...at, hash: fields.hash, payload, seen, erased: false, counts });
}

/** @param {any} fields @param {Chain} chain */
function place(fields, chain) {
  const author = hex(chain.members[fields.author].fp);
  return { seq: fields.seq, type: /** @type {'record'} */ ('record'), day: fields.day, e: fields.e, author, record: hex(fields.record) };
}

/** @type {{payload: Record<string, any> | null, seen?: {size: number, root: string}}} */
const UNREADABLE = { payload: null };

/** What a record says and which log its author had seen; null when it does not open, is crooked, or its author did not sign it: one bad record closes no case. @param {Case} state @param {any} fields @param {Uint8Array} entry @param {string} author */
function openEntry(state, fields, entry, author) {
  const key = state.keys.get(fields.e);
  const identity = state.identities.get(author);
  if (!key || !identity) return UNREADABLE;
  try {
    const said = openRecord(entry, key, readIdentity(identity).ed_pk);
    return { payload: readRecord(said), seen: said.seen };
  } catch (error) {
    if (error instanceof SealError) return UNREADABLE;
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
