import { H, BadSignature, Malformed, concat, hex, sodium, unhex, utf8 } from './bytes.js';
import { publicKey, signBytes, verifyBytes } from './keys.js';

export const ED25519 = 1;
export const COSIGNATURE = 4;
const ALGORITHMS = [ED25519, COSIGNATURE];

/** @param {Uint8Array} data @returns {string} RFC 4648 section 4, padded */
export function base64(data) {
  return sodium.to_base64(data, sodium.base64_variants.ORIGINAL);
}

/** @param {string} text @returns {Uint8Array} @throws {Malformed} on any but the one spelling */
function unbase64(text) {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) || !text) throw new Malformed('not base64');
  let data;
  try {
    data = sodium.from_base64(text, sodium.base64_variants.ORIGINAL);
  } catch {
    throw new Malformed('not base64');
  }
  if (base64(data) !== text) throw new Malformed('not base64');
  return data;
}

/** @param {string} text @returns {number} written in decimal, without leading zeros @throws {Malformed} */
function decimal(text) {
  const n = Number(text);
  if (!/^(?:0|[1-9][0-9]*)$/.test(text) || !Number.isSafeInteger(n)) throw new Malformed('not a number');
  return n;
}

/** A key's name on a note: letters without white space or plus. @param {string} name */
function isName(name) {
  return /^[^\s+]+$/.test(name);
}

/**
 * The 4 bytes by which a note names a key.
 * @param {string} name @param {Uint8Array} edPk 32 bytes @param {number} [algorithm] @returns {Uint8Array}
 */
export function keyId(name, edPk, algorithm = ED25519) {
  return H(concat(utf8(name), utf8('\n'), Uint8Array.of(algorithm), edPk)).slice(0, 4);
}

/**
 * @param {string} name @param {Uint8Array} edPk 32 bytes @param {number} [algorithm]
 * @returns {string} `name+keyid+base64` @throws {RangeError}
 */
export function vkey(name, edPk, algorithm = ED25519) {
  if (!isName(name) || edPk.length !== 32 || !ALGORITHMS.includes(algorithm)) throw new RangeError('no such note key');
  return `${name}+${hex(keyId(name, edPk, algorithm))}+${base64(concat(Uint8Array.of(algorithm), edPk))}`;
}

/**
 * @param {string} text
 * @returns {{name: string, key_id: Uint8Array, algorithm: number, ed_pk: Uint8Array}} algorithm 1 of a log, 4 of a witness
 * @throws {Malformed}
 */
export function readVkey(text) {
  const [, name, id, key] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text) ?? [];
  if (key === undefined || !isName(name)) throw new Malformed('not a note key');
  const data = unbase64(key);
  const ed_pk = data.slice(1);
  if (data.length !== 33 || !ALGORITHMS.includes(data[0])) throw new Malformed('not a note key');
  const key_id = keyId(name, ed_pk, data[0]);
  if (hex(key_id) !== id) throw new Malformed('the id of another note key');
  return { name, key_id, algorithm: data[0], ed_pk };
}

/**
 * @param {string} text ending in a line break @param {string} name @param {Uint8Array} edPk
 * @param {Uint8Array} sig 64 bytes over the text @returns {string} a note
 */
export function signedNote(text, name, edPk, sig) {
  if (!text.endsWith('\n') || !isName(name) || sig.length !== 64) throw new RangeError('no text, name or signature of a note');
  return `${text}\n\u2014 ${name} ${base64(concat(keyId(name, edPk), sig))}\n`;
}

/** A C2SP signed note. @param {string} text ending in a line break @param {string} name @param {Uint8Array} edSeed @returns {string} */
export function signNote(text, name, edSeed) {
  return signedNote(text, name, publicKey(edSeed), signBytes(edSeed, utf8(text)));
}

/**
 * A key as `openNote` and `cosignatures` look it up.
 * @param {string} name @param {Uint8Array} edPk @param {number} [algorithm]
 * @returns {[string, Uint8Array]} `name+keyid` and key
 */
export function noteKey(name, edPk, algorithm = ED25519) {
  return [`${name}+${hex(keyId(name, edPk, algorithm))}`, edPk];
}

/** @param {string} note @returns {{text: string, lines: {id: string, name: string, data: Uint8Array}[]}} @throws {Malformed} */
function parse(note) {
  const gap = note.lastIndexOf('\n\n');
  if (gap < 0 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(note)) throw new Malformed('not a note');
  const lines = note.slice(gap + 2, -1).split('\n').map((line) => {
    const [, name, signature] = /^\u2014 ([^ +]+) (\S+)$/.exec(line) ?? [];
    if (signature === undefined) throw new Malformed('not a line of a note');
    const data = unbase64(signature);
    if (data.length < 5) throw new Malformed('not a line of a note');
    return { id: `${name}+${hex(data.subarray(0, 4))}`, name, data: data.slice(4) };
  });
  return { text: note.slice(0, gap + 1), lines };
}

/**
 * The text of a note that one of `keys` or more signed (C2SP signed-note). Unknown keys are passed over.
 * @param {string} note @param {Map<string, Uint8Array>} keys by `name+keyid`, as `noteKey` gives them
 * @returns {string} with its last line break
 * @throws {Malformed} @throws {BadSignature}
 */
export function openNote(note, keys) {
  const { text, lines } = parse(note);
  let signers = 0;
  for (const { id, data } of lines) {
    const key = keys.get(id);
    if (!key) continue;
    verifyBytes(key, utf8(text), data);
    signers += 1;
  }
  if (!signers) throw new BadSignature('no signature of a known key');
  return text;
}

/**
 * When each known witness last saw this checkpoint (C2SP tlog-cosignature). A line that does not verify counts for nothing: one bad
 * line must not take the other witnesses' word with it.
 * @param {string} note @param {Map<string, Uint8Array>} keys by `name+keyid`, as `noteKey` gives them
 * @returns {Map<string, number>} Unix seconds by the witness's name
 * @throws {Malformed}
 */
export function cosignatures(note, keys) {
  const { text, lines } = parse(note);
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (const { id, name, data } of lines) {
    const key = keys.get(id);
    if (key && isCosignature(text, data, key)) seen.set(name, Math.max(seen.get(name) ?? 0, Number(timeOf(data))));
  }
  return seen;
}

/** @param {string} text @param {Uint8Array} data `time8 || sig64` @param {Uint8Array} key */
function isCosignature(text, data, key) {
  if (data.length !== 72) return false;
  try {
    verifyBytes(key, utf8(`cosignature/v1\ntime ${timeOf(data)}\n${text}`), data.subarray(8));
    return true;
  } catch (error) {
    if (error instanceof BadSignature) return false;
    throw error;
  }
}

/** @param {Uint8Array} data */
function timeOf(data) {
  return new DataView(data.buffer, data.byteOffset).getBigUint64(0);
}

/** First line of the checkpoints of a site's log number `k`, from 1. @param {Uint8Array} site @param {number} k @returns {string} */
export function origin(site, k) {
  if (site.length !== 32 || !Number.isSafeInteger(k) || k < 1) throw new RangeError('a site is 32 bytes, logs count from 1');
  return `alongside/${hex(site)}/log/${k}`;
}

/** First line of a promise. @param {Uint8Array} site @returns {string} */
export function promiseOrigin(site) {
  return `alongside/${hex(site)}/promise`;
}

/**
 * What the log's key signs at once: this leaf was taken then.
 * @param {Uint8Array} site @param {Uint8Array} leafHash @param {number} unixS @returns {string} three lines
 */
export function promiseText(site, leafHash, unixS) {
  if (site.length !== 32 || leafHash.length !== 32 || !Number.isSafeInteger(unixS) || unixS < 0) throw new RangeError('no promise of that');
  return `${promiseOrigin(site)}\n${base64(leafHash)}\n${unixS}\n`;
}

/** @param {string} text @returns {{site: Uint8Array, leaf_hash: Uint8Array, time: number}} @throws {Malformed} */
export function readPromise(text) {
  const [, site, leaf, time] = /^alongside\/([0-9a-f]{64})\/promise\n([^\n]*)\n([^\n]*)\n$/.exec(text) ?? [];
  if (time === undefined) throw new Malformed('not a promise');
  const leaf_hash = unbase64(leaf);
  if (leaf_hash.length !== 32) throw new Malformed('not a promise');
  return { site: unhex(site), leaf_hash, time: decimal(time) };
}

/**
 * @param {Uint8Array} site @param {number} k @param {number} size @param {Uint8Array} root
 * @returns {string} three lines (C2SP tlog-checkpoint)
 */
export function checkpointText(site, k, size, root) {
  if (root.length !== 32 || !Number.isSafeInteger(size) || size < 0) throw new RangeError('no checkpoint of that');
  return `${origin(site, k)}\n${size}\n${base64(root)}\n`;
}

/** @param {string} text @returns {{origin: string, size: number, root: Uint8Array}} @throws {Malformed} */
export function readCheckpoint(text) {
  const [, first, size, hash] = /^([^\n]+)\n([^\n]*)\n([^\n]*)\n/.exec(text) ?? [];
  if (hash === undefined) throw new Malformed('not a checkpoint');
  const root = unbase64(hash);
  if (root.length !== 32) throw new Malformed('not a checkpoint');
  return { origin: first, size: decimal(size), root };
}
