/** A whole case read by one of its members, and the file in which it is taken home. */
import { CannotOpen, Malformed, NotAllowed, SealError, b64u, concat, equal, hex, u64 } from './bytes.js';
import { Chain } from './chain.js';
import { openGrant, openLink, readHeader } from './entry.js';
import { frame, tagOf, unframe } from './frame.js';
import { openBundle, openNotebook } from './keys.js';
import { openLetter, readMail } from './letter.js';
import { method, unwrap } from './method.js';
import { ROLES, fingerprint, identityOf, readBinding, readIdentity } from './people.js';
import { KINDS, authorAllowed, openRecord } from './record.js';

/**
 * @typedef {import('./frame.js').Fields} Fields
 * @typedef {import('./keys.js').Identity} Identity
 * @typedef {import('./people.js').Binding} Binding
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

const GRANT = 1200;
const LISTS = ['bindings', 'entries', 'mails', 'receipts'];

/** @param {Uint8Array[]} items @returns {Uint8Array} each with its length, u32 big-endian, before it */
function pack(items) {
  return concat(...items.flatMap((item) => [u64(item.length).slice(4), item]));
}

/** @param {Uint8Array} data @returns {Uint8Array[]} @throws {Malformed} */
function unpack(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const items = [];
  for (let at = 0; at < data.length; ) {
    const end = at + 4 <= data.length ? at + 4 + view.getUint32(at) : Infinity;
    if (end > data.length) throw new Malformed('a list cut short');
    items.push(data.slice(at + 4, end));
    at = end;
  }
  return items;
}

/** @param {Uint8Array} data @returns {[number, Uint8Array]} a number, u64 big-endian, and what follows @throws {Malformed} */
function numbered(data) {
  if (data.length < 8 || data[0] > 0 || data[1] > 31) throw new Malformed('no number before it');
  return [Number(new DataView(data.buffer, data.byteOffset).getBigUint64(0)), data.slice(8)];
}

/**
 * A case to take home in one file. Made in the browser; nothing in it is readable without the words or the sheet.
 * @param {object} parts
 * @param {Uint8Array} parts.site @param {string} parts.role @param {string} parts.kind @param {Uint8Array} parts.locator
 * @param {Uint8Array} parts.fp @param {Uint8Array} parts.wrap @param {Uint8Array} parts.bundle
 * @param {Uint8Array[]} parts.bindings `signed` bindings, and `identity` frames of those who have none (the peer)
 * @param {Uint8Array[]} parts.entries from seq 1; of an erased one the body is the hash of what stood there
 * @param {Map<number, Uint8Array>} parts.grants 1200 bytes by epoch @param {[number, Uint8Array]} parts.notebook version and box
 * @param {Uint8Array[]} [parts.mails] @param {Uint8Array[]} [parts.receipts] @returns {Uint8Array} frame `export`
 */
export function makeExport({ bindings, entries, grants, notebook, mails = [], receipts = [], ...rest }) {
  const sorted = [...grants].sort(([a], [b]) => a - b);
  return frame('export', {
    ...rest,
    ...{ bindings: pack(bindings), entries: pack(entries), mails: pack(mails), receipts: pack(receipts) },
    grants: pack(sorted.map(([e, grant]) => concat(u64(e), grant))),
    notebook: concat(u64(notebook[0]), notebook[1]),
  });
}

/**
 * The fields of frame `export`, its lists taken apart; `grants` by epoch, `notebook` [version, box], `people` and
 * `identities` by fp in hex.
 * @param {Uint8Array} data @returns {Fields}
 * @throws {Malformed} @throws {BadSignature}
 */
export function readExport(data) {
  const fields = unframe('export', data);
  for (const name of LISTS) fields[name] = unpack(fields[name]);
  const grants = unpack(fields.grants).map(numbered);
  if (grants.some(([, grant]) => grant.length !== GRANT)) throw new Malformed('a grant that can be none');
  /** @type {Map<string, Binding>} */
  const people = new Map();
  /** @type {Map<string, Uint8Array>} */
  const identities = new Map();
  for (const one of fields.bindings) {
    if (tagOf(one) === 'identity') identities.set(hex(fingerprint(one)), one);
    else {
      const person = readBinding(one);
      people.set(hex(person.fp), person);
      identities.set(hex(person.fp), identityOf(person));
    }
  }
  return { ...fields, grants: new Map(grants), notebook: numbered(fields.notebook), people, identities };
}

/**
 * Everything in the file, opened and proven. An export is the past: who was revoked since then was not when it was written.
 * @param {Uint8Array} data @param {Uint8Array} secret of words, sheet or passkey, as the file's `kind` says
 * @param {{revoked?: Set<string>}} [known]
 * @returns {Fields} site, role, fp, identity, notebook, reading (or null), letters, receipts, people
 * @throws {CannotOpen} another secret @throws {Malformed} @throws {WrongPlace} @throws {BadSignature} @throws {NotAllowed}
 */
export function openExport(data, secret, { revoked = new Set() } = {}) {
  const { site, role, kind, locator, fp, wrap, bundle, ...file } = readExport(data);
  const by = method(secret, site, role, kind);
  if (!equal(by.locator, locator)) throw new CannotOpen('it does not open');
  const accountKey = unwrap(by, site, role, fp, wrap);
  const identity = openBundle(accountKey, site, role, fp, bundle);
  const identities = new Map([...file.identities, [hex(fp), identity.frame]]);
  const [version, sealed] = file.notebook;
  return {
    ...{ site, role, fp, identity, people: file.people, receipts: file.receipts },
    notebook: openNotebook(accountKey, site, fp, version, sealed),
    reading: file.entries.length ? readCase(site, file.entries, identities, file.grants, identity, { revoked, new: false }) : null,
    letters: file.mails.map((/** @type {Uint8Array} */ mail) => letter(mail, identity, identities, site)),
  };
}

/**
 * @param {Uint8Array} mail @param {import('./keys.js').Identity} reader
 * @param {Map<string, Uint8Array>} identities @param {Uint8Array} site
 */
function letter(mail, reader, identities, site) {
  const { kind, from, to, about, day } = readMail(mail);
  const shown = { kind, from, to, about, day };
  const sender = identities.get(hex(from));
  try {
    // Which roles its owner held is the directory's to say; whoever the letter was delivered to took it home.
    const payload = openLetter(mail, reader, sender ? readIdentity(sender).ed_pk : null, { site, roles: ROLES });
    return { ...shown, payload, unreadable: null };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return { ...shown, payload: null, unreadable: 'does not open' };
  }
}
