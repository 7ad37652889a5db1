import { Chain } from './chain.js';
import { readHeader } from './entry.js';
import { CannotOpen, NotAllowed, SealError } from './errors.js';
import { b64u, equal, hex, unframe } from './frame.js';
import { openGrant, openLink } from './grant.js';
import { readIdentity } from './people.js';
import { KINDS, authorAllowed, openRecord } from './record.js';

/**
 * @typedef {import('./frame.js').Fields} Fields
 * @typedef {import('./keys.js').Identity} Identity
 */

/**
 * A case read to its end. An item is what `Chain.accept` gives; of a record also `payload` (or null) and `unreadable`
 * (or null: 'no key', 'does not open', 'not allowed', 'unknown kind', 'erased').
 * @typedef {object} Reading
 * @property {Chain} chain @property {Map<number, Uint8Array>} keys by epoch
 * @property {Set<string>} left fps (hex) of those who wrote `leave` @property {Fields[]} items in order
 */

/** What `attempt` gives, or null where sealed bytes are refused. @template T @param {() => T} attempt @returns {T | null} */
function orNull(attempt) {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/**
 * Open the grants, then follow the links down. A grant that fails leaves its epoch shut, and no other.
 * @param {Map<number, Uint8Array>} rosters frames by epoch @param {Map<number, Uint8Array>} grants 1200 bytes by epoch
 * @param {Identity} reader @returns {Map<number, Uint8Array>} keys by epoch
 */
function openKeys(rosters, grants, reader) {
  /** @type {Map<number, Uint8Array>} */
  const keys = new Map();
  for (const [e, roster] of [...rosters].sort(([a], [b]) => b - a)) {
    const grant = grants.get(e);
    const above = rosters.get(e + 1);
    const aboveKey = keys.get(e + 1);
    const key = (grant && orNull(() => openGrant(grant, roster, reader))) ?? (above && aboveKey && orNull(() => openLink(above, aboveKey, roster)));
    if (key) keys.set(e, key);
  }
  return keys;
}

/** @param {Fields[]} items so far @param {Record<string, any>} payload @param {Uint8Array} author fp @returns {boolean} */
function isAboutSelf(items, payload, author) {
  // `leave` and `read` speak of nobody else; `erase` names a record (hex) and its entry's hash (base64url).
  if (payload.kind !== 'erase') return true;
  return items.some(
    (item) => item.kind === 'record' && hex(item.record) === payload.record && b64u(item.hash) === payload.entry && equal(item.author_fp, author),
  );
}

/** @param {Reading} reading @param {Map<string, Uint8Array>} identities @param {Uint8Array} entry @param {Fields} item @returns {Fields} */
function openItem({ chain, keys, items }, identities, entry, item) {
  const key = keys.get(item.e);
  const author = identities.get(hex(item.author_fp));
  if (!key || !author) return { payload: null, unreadable: 'no key' };
  const payload = orNull(() => openRecord(entry, key, readIdentity(author).ed_pk));
  if (!payload) return { payload, unreadable: 'does not open' };
  if (!Object.hasOwn(KINDS, payload.kind)) return { payload: null, unreadable: 'unknown kind' };
  const isOwner = equal(item.author_fp, chain.owner);
  if (!authorAllowed(payload.kind, isOwner, isAboutSelf(items, payload, item.author_fp))) return { payload: null, unreadable: 'not allowed' };
  return { payload, unreadable: null };
}

/**
 * @param {Reading} reading @param {Map<string, Uint8Array>} identities @param {Uint8Array} entry
 * @param {import('./chain.js').Judging} judging
 */
function take(reading, identities, entry, judging) {
  const { chain, left, items } = reading;
  const before = new Set(chain.members.map(({ fp }) => hex(fp)));
  const { header, body } = unframe('entry', entry);
  if (body.length === 32) {
    items.push({ ...chain.acceptErased(header, body), payload: null, unreadable: 'erased' });
    return;
  }
  // Without the key of the epoch so far, nobody can say who wrote `leave` in it; removals alone get by.
  const item = chain.accept(entry, identities, { ...judging, left: reading.keys.has(chain.epoch) ? left : null });
  const opened = item.kind === 'record' ? openItem(reading, identities, entry, item) : {};
  if (opened.payload?.kind === 'leave') left.add(hex(item.author_fp));
  // Whoever was asked back has not left.
  for (const { fp } of item.people ?? []) if (!before.has(hex(fp))) left.delete(hex(fp));
  items.push({ ...item, ...opened });
}

/**
 * A case read to its end. A record that does not open is shown in its place, and the chain goes on over it.
 * @param {Uint8Array} site @param {Uint8Array[]} entries from seq 1; of an erased one the body is the hash of what stood there
 * @param {Map<string, Uint8Array>} identities frames by fp, in hex @param {Map<number, Uint8Array>} grants the reader's, by epoch
 * @param {Identity} reader @param {import('./chain.js').Judging} [judging]
 * @returns {Reading}
 * @throws as `Chain.accept` @throws {NotAllowed} the reader is in no roster @throws {CannotOpen} no grant opens
 */
export function readCase(site, entries, identities, grants, reader, judging = {}) {
  if (!entries.length) throw new RangeError('a case has entries');
  const headers = entries.map((entry) => unframe('entry', entry).header);
  const heads = headers.map(readHeader);
  const rosters = new Map(heads.flatMap((head, i) => (head.kind === 'roster' ? [[head.e, headers[i]]] : [])));
  /** @type {Reading} */
  const reading = { chain: new Chain(site, heads[0].case), keys: openKeys(rosters, grants, reader), left: new Set(), items: [] };
  for (const entry of entries) take(reading, identities, entry, judging);
  const isMember = heads.some(({ people = [] }) => people.some((/** @type {{fp: Uint8Array}} */ one) => equal(one.fp, reader.fp)));
  if (!isMember) throw new NotAllowed('not a member of this case');
  if (!reading.keys.size) throw new CannotOpen('no grant opens');
  return reading;
}
