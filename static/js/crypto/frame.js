import { Malformed, compare, concat, equal, u64, unutf8, utf8 } from './bytes.js';

/** The frame table of SPEC.md: `name type` for each field, in order. The same data as crypto/frames.json. */
const TABLE = {
  root: 'version u, prev b32, threshold u, root_pks l32, coordinators u, log_vkey t512, witnesses t4096, quorum u',
  'kdf-salt': 'site b32, role t16, email t254',
  method: 'site b32, role t16, kind t16',
  login: 'site b32, locator b16, nonce b32, act b32',
  wrap: 'site b32, role t16, kind t16, locator b16, fp b32',
  bundle: 'site b32, role t16, fp b32',
  notebook: 'site b32, fp b32, version u',
  draft: 'site b32, fp b32, draft b16',
  identity: 'ed_pk b32, xwing_pk b1216',
  enrol:
    'site b32, role t16, ed_pk b32, xwing_pk b1216, locator b16, kind t16, login_pk b32, wrap b328, ' +
    'bundle b328, notebook v65536, tag b32',
  binding: 'site b32, person b16, seq u, prev b32, roles t64, name t120, ed_pk b32, xwing_pk b1216, day u',
  directory: 'site b32, version u, prev b32, root b32, issued u, expires u, bindings l32, revoked l32',
  attest: 'site b32, fp b32, module t32, content b32, day u',
  manifest: 'site b32, version u, prev b32, files v262144',
  restore: 'site b32, log u, size u, root b32, time u',
  signed: 'thing v1048576, sigs l96',
  case: 'site b32, owner b32, parent b16, nonce b16',
  roster:
    'site b32, case b16, parent b16, nonce b16, seq u, prev b32, e u, last_roster b32, ' +
    'parent_roster b32, issuer b32, members l33, kc b32, link v328, log_size u, log_root b32, day u',
  grant: 'site b32, case b16, e u, roster b32, grantee b32',
  link: 'site b32, case b16, e u, last_roster b32',
  record: 'site b32, case b16, record b16, seq u, prev b32, e u, roster b32, author u, day u',
  entry: 'header v8192, body v1048576',
  said: 'header b32, payload b32',
  rekey: 'entry v16384, grants l1200, lane_key b32',
  submission: 'enrol v98304, rekey v32768, record v1048576, card v131072',
  letter: 'site b32, kind t16, letter b16, to b32, from b32, about b16, day u',
  stanza: 'header b32, fp b32',
  mail: 'header v512, body v65536, stanzas l1200',
  row: 'mail v131072, instrument t32, withdraw b32',
  chunk: 'case b16, file b16, i u, n u',
  event: 'type t32, day u, subject b16, actor b32, object b32',
  commit: 'salt b32, event v512',
  leaf: 'tag b32, commit b32',
  tag: 'lane t16, n u',
  receipt: 'salt b32, event v512, tag b32, index u, proof o32, checkpoint t4096',
  sig: 'hash b32',
  box: 'hash b32',
  kc: 'case b16, e u',
  lane: 'case b16, e u',
  'lane-account': 'fp b32',
  'lane-site': 'site b32, name t16',
  safety: 'fp b32',
  role: 'site b32, role t16',
  withdraw: 'site b32, secret b32',
  passkey: 'site b32, role t16',
  sheet: 'site b32, code b20',
  export:
    'site b32, role t16, kind t16, locator b16, fp b32, wrap b328, bundle b328, bindings v4194304, ' +
    'entries v268435456, grants v1048576, notebook v65536, mails v67108864, receipts v4194304',
  release: 'site b32, version u, prev b32, manifest b32, day u',
  methods: 'site b32, fp b32, version u, tag b32, notebook v65536, kind t16, locator b16, login_pk b32, wrap v328',
  duty: 'site b32, issued u, expires u, bindings l32',
  tab: 'site b32, fp b32',
  'root-key': 'index u',
  'root-sheet': 'code b20',
};

/**
 * Tag to its fields in order, each `[name, type]`.
 * Types: `u` number; `bN` N bytes; `tN`, `vN` text or bytes of at most N; `lN` sorted items, `oN` items in order.
 * @type {Map<string, [string, string][]>}
 */
export const FRAMES = new Map(
  Object.entries(TABLE).map(([tag, fields]) => [
    tag,
    fields.split(', ').map((field) => /** @type {[string, string]} */ (field.split(' '))),
  ]),
);

/** The fields of a frame. @typedef {Record<string, any>} Fields */

const MAGIC = utf8('AL1');

/** @param {number} n @returns {Uint8Array} 4 bytes, big-endian */
function u32(n) {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, n);
  return out;
}

/** What every frame of a tag starts with, and its fields. @type {Map<string, [Uint8Array, [string, string][]]>} */
const HEADS = new Map([...FRAMES].map(([tag, fields]) => {
  const name = utf8(tag);
  return [tag, [concat(MAGIC, Uint8Array.of(name.length), name, Uint8Array.of(fields.length)), fields]];
}));

/** @param {string} tag */
function head(tag) {
  const found = HEADS.get(tag);
  if (!found) throw new RangeError('no such frame');
  return found;
}

/** @param {any} value @returns {Uint8Array} */
function bytes(value) {
  if (!(value instanceof Uint8Array)) throw new TypeError('bytes wanted');
  return value;
}

/** @param {string} type @param {any} value @returns {Uint8Array} */
function encode(type, value) {
  const size = Number(type.slice(1));
  if (type === 'u') return u64(value);
  if (type[0] === 'l' || type[0] === 'o') {
    if (!Array.isArray(value) || value.some((item) => bytes(item).length !== size)) throw new RangeError('an item has another length');
    const items = type[0] === 'l' ? [...value].sort(compare) : value;
    if (type[0] === 'l' && items.some((item, i) => i > 0 && equal(items[i - 1], item))) throw new RangeError('an item twice');
    return concat(...items);
  }
  if (type[0] === 't') {
    const text = utf8(value);
    if (text.length > size || value.startsWith('\ufeff') || value.normalize('NFC') !== value) throw new RangeError('text too long or not NFC');
    return text;
  }
  if (type[0] === 'b' ? bytes(value).length !== size : bytes(value).length > size) throw new RangeError('bytes of another length');
  return value;
}

/** @param {string} type @param {Uint8Array} data @returns {any} */
function decode(type, data) {
  const size = Number(type.slice(1));
  if (type === 'u') {
    if (data.length !== 8 || data[0] > 0 || data[1] > 31) throw new Malformed('not a whole number from 0 to 2^53-1');
    return Number(new DataView(data.buffer, data.byteOffset, 8).getBigUint64(0));
  }
  if (type[0] === 'l' || type[0] === 'o') {
    if (data.length % size) throw new Malformed('a list with part of an item');
    /** @type {Uint8Array[]} */
    const items = [];
    for (let at = 0; at < data.length; at += size) items.push(data.slice(at, at + size));
    if (type[0] === 'l' && items.some((item, i) => i > 0 && compare(items[i - 1], item) >= 0)) throw new Malformed('a list out of order');
    return items;
  }
  if (type[0] === 'b' ? data.length !== size : data.length > size) throw new Malformed('a field of another length');
  if (type[0] !== 't') return data;
  const text = unutf8(data);
  if (text.startsWith('\ufeff') || text.normalize('NFC') !== text) throw new Malformed('text not NFC');
  return text;
}

/**
 * The one encoding of these fields.
 * @param {string} tag
 * @param {Fields} fields exactly those of the table; lists are sorted here
 * @returns {Uint8Array}
 * @throws {RangeError|TypeError} a field missing, unknown, or of another type, length or form
 */
export function frame(tag, fields) {
  const [start, table] = head(tag);
  if (Object.keys(fields).length !== table.length || !table.every(([name]) => Object.hasOwn(fields, name))) {
    throw new RangeError('fields missing or unknown');
  }
  const parts = [start];
  for (const [name, type] of table) {
    const data = encode(type, fields[name]);
    parts.push(u32(data.length), data);
  }
  return concat(...parts);
}

/**
 * The fields of a received frame: exact tag, count and every length, no trailing byte.
 * @param {string} tag
 * @param {Uint8Array} data
 * @returns {Fields}
 * @throws {Malformed}
 */
export function unframe(tag, data) {
  const [start, table] = head(tag);
  if (!equal(bytes(data).subarray(0, start.length), start)) throw new Malformed('not this kind of frame');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  /** @type {Fields} */
  const fields = {};
  let at = start.length;
  for (const [name, type] of table) {
    if (at + 4 > data.length) throw new Malformed('a frame cut short');
    const length = view.getUint32(at);
    at += 4;
    if (at + length > data.length) throw new Malformed('a frame cut short');
    fields[name] = decode(type, Uint8Array.from(data.subarray(at, at + length)));
    at += length;
  }
  if (at !== data.length) throw new Malformed('bytes after a frame');
  return fields;
}

/** The tag of a received frame, its fields unchecked. @param {Uint8Array} data @returns {string} @throws {Malformed} */
export function tagOf(data) {
  for (const [tag, [start]] of HEADS) {
    if (equal(bytes(data).subarray(0, start.length), start)) return tag;
  }
  throw new Malformed('no frame');
}
