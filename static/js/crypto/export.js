import { CannotOpen, Malformed, SealError } from './errors.js';
import { concat, equal, frame, hex, tagOf, u64, unframe } from './frame.js';
import { openBundle, openNotebook } from './keys.js';
import { openLetter, readMail } from './letter.js';
import { method, unwrap } from './method.js';
import { ROLES, fingerprint, identityOf, readBinding, readIdentity } from './people.js';
import { readCase } from './reading.js';

/**
 * @typedef {import('./frame.js').Fields} Fields
 * @typedef {import('./people.js').Binding} Binding
 */

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
