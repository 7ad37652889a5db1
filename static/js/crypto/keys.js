/** Signatures and how they are verified; the keys of an account, and what is sealed under them for their owner alone. */
import { box, fromJson, toJson, unbox } from './box.js';
import { H, BadSignature, CannotOpen, Malformed, WrongPlace, concat, equal, hex, hkdf, sodium, unb64u, utf8 } from './bytes.js';
import { frame, unframe } from './frame.js';

/** What a signature of `x` is made over. @param {Uint8Array} x a whole frame @returns {Uint8Array} */
export function signedInput(x) {
  return frame('sig', { hash: H(x) });
}

const MOST_SOUND = 64;
/** Keys found to be in the main subgroup, in hex. A long case has thousands of signatures under a few keys. @type {Set<string>} */
const sound = new Set();

/** @param {Uint8Array} edPk 32 bytes @returns {boolean} */
function isSound(edPk) {
  const name = hex(edPk);
  if (sound.has(name)) return true;
  if (!sodium.crypto_core_ed25519_is_valid_point(edPk)) return false;
  if (sound.size >= MOST_SOUND) sound.clear();
  sound.add(name);
  return true;
}

/**
 * Passes when `sig` is a signature of `x` (RFC 8032). A key must be a point of the main subgroup: one of small
 * order has a signature that fits every message. OpenSSL and WebCrypto take such keys, so never verify with those.
 * @param {Uint8Array} edPk 32 bytes
 * @param {Uint8Array} x a whole frame
 * @param {Uint8Array} sig 64 bytes
 * @throws {BadSignature}
 */
export function verify(edPk, x, sig) {
  verifyBytes(edPk, signedInput(x), sig);
}

/** The same over bytes that are no frame (notes). @param {Uint8Array} edPk @param {Uint8Array} data @param {Uint8Array} sig */
export function verifyBytes(edPk, data, sig) {
  if (edPk.length !== 32) throw new RangeError('a public key is 32 bytes');
  const fit = sig.length === 64 && isSound(edPk);
  if (!fit || !sodium.crypto_sign_verify_detached(sig, data, edPk)) throw new BadSignature('a signature does not verify');
}

/**
 * A `signed` frame taken apart; nothing is verified.
 * @param {Uint8Array} data
 * @returns {{thing: Uint8Array, sigs: Map<string, Uint8Array>}} signatures by signer, in hex
 * @throws {Malformed}
 */
export function readSigned(data) {
  const { thing, sigs } = unframe('signed', data);
  /** @type {Map<string, Uint8Array>} */
  const bySigner = new Map();
  for (const item of sigs) {
    const signer = hex(item.subarray(0, 32));
    if (bySigner.has(signer)) throw new Malformed('two signatures of one signer');
    bySigner.set(signer, item.slice(32));
  }
  return { thing, sigs: bySigner };
}

/**
 * Those of `keys` who signed. Unknown signers are passed over; a wrong signature under a known name is refused.
 * @param {Uint8Array} data `signed` frame
 * @param {Map<string, Uint8Array>} keys Ed25519 keys by signer, in hex
 * @returns {string[]} signers, in hex, in byte order
 * @throws {BadSignature} @throws {Malformed}
 */
export function verifySigned(data, keys) {
  const { thing, sigs } = readSigned(data);
  const signers = [];
  for (const [signer, sig] of sigs) {
    const key = keys.get(signer);
    if (!key) continue;
    verify(key, thing, sig);
    signers.push(signer);
  }
  return signers;
}

/** @param {Uint8Array} data @returns {boolean} whether all bytes are zero */
export function isZero(data) {
  return equal(data, new Uint8Array(data.length));
}

/**
 * What an `Authorization` header says.
 * @typedef {{locator: Uint8Array, nonce: Uint8Array, act: Uint8Array, sig: Uint8Array}} Authorization
 */

/** @param {string} header @returns {Authorization} @throws {Malformed} */
export function readAuthorization(header) {
  const match = /^AL1 ([A-Za-z0-9_-]{192})$/.exec(header);
  if (!match || header.length !== 196) throw new Malformed('no such sign-in header');
  const data = unb64u(match[1]);
  return { locator: data.slice(0, 16), nonce: data.slice(16, 48), act: data.slice(48, 80), sig: data.slice(80) };
}

/**
 * A header's parts, once its signature is by this method and for this site.
 * @param {Uint8Array} loginPk @param {Uint8Array} site @param {string} header
 * @returns {Authorization}
 * @throws {Malformed} @throws {BadSignature}
 */
export function checkLogin(loginPk, site, header) {
  const said = readAuthorization(header);
  const { locator, nonce, act } = said;
  verify(loginPk, frame('login', { site, locator, nonce, act }), said.sig);
  return said;
}

/**
 * Someone's two key pairs. `frame` is the public identity frame, `fp` its hash.
 * @typedef {object} Identity
 * @property {Uint8Array} ed_seed 32 bytes @property {Uint8Array} xwing_seed 32 bytes
 * @property {Uint8Array} ed_pk @property {Uint8Array} xwing_pk 1216 bytes @property {Uint8Array} frame @property {Uint8Array} fp
 */

/** @param {Uint8Array} data @param {number} n @throws {RangeError} */
function need(data, n) {
  if (!(data instanceof Uint8Array) || data.length !== n) throw new RangeError(`${n} bytes wanted`);
}

/** The identity that two seeds make. @param {Uint8Array} edSeed @param {Uint8Array} xwingSeed @returns {Identity} @throws {RangeError} */
export function identity(edSeed, xwingSeed) {
  need(xwingSeed, 32);
  const ed_pk = publicKey(edSeed);
  const pair = sodium.crypto_kem_xwing_seed_keypair(xwingSeed);
  const whole = frame('identity', { ed_pk, xwing_pk: pair.publicKey });
  return { ed_seed: edSeed, xwing_seed: xwingSeed, ed_pk, xwing_pk: pair.publicKey, frame: whole, fp: H(whole) };
}

/** @returns {Identity} of fresh random seeds */
export function newIdentity() {
  return identity(sodium.randombytes_buf(32), sodium.randombytes_buf(32));
}

/** @param {Uint8Array} edSeed 32 bytes @returns {Uint8Array} Ed25519 public key @throws {RangeError} */
export function publicKey(edSeed) {
  need(edSeed, 32);
  const pair = sodium.crypto_sign_seed_keypair(edSeed);
  sodium.memzero(pair.privateKey);
  return pair.publicKey;
}

/** The same over bytes that are no frame (notes). @param {Uint8Array} edSeed @param {Uint8Array} data */
export function signBytes(edSeed, data) {
  need(edSeed, 32);
  const pair = sodium.crypto_sign_seed_keypair(edSeed);
  const sig = sodium.crypto_sign_detached(data, pair.privateKey);
  sodium.memzero(pair.privateKey);
  return sig;
}

/**
 * Ed25519 over `frame('sig', H(x))`.
 * @param {Uint8Array} edSeed 32 bytes @param {Uint8Array} x a whole frame @returns {Uint8Array} 64 bytes
 */
export function sign(edSeed, x) {
  return signBytes(edSeed, signedInput(x));
}

/**
 * A `signed` frame. @param {Uint8Array} thing a whole frame
 * @param {[Uint8Array, Uint8Array][]} signers each root key or fingerprint, and its Ed25519 seed
 * @returns {Uint8Array}
 */
export function signThing(thing, signers) {
  return frame('signed', { thing, sigs: signers.map(([signer, seed]) => concat(signer, sign(seed, thing))) });
}

/** Key of the lane that a notebook's versions stand in. @param {Identity} who @returns {Uint8Array} 32 bytes */
export function laneAccount(who) {
  return hkdf(who.ed_seed, frame('lane-account', { fp: who.fp }), 32);
}

/** @param {Uint8Array} accountKey @param {Uint8Array} site @param {string} role @param {Identity} who @returns {Uint8Array} 328 bytes */
export function sealBundle(accountKey, site, role, who) {
  const seeds = concat(who.ed_seed, who.xwing_seed);
  const sealed = box(accountKey, frame('bundle', { site, role, fp: who.fp }), seeds);
  sodium.memzero(seeds);
  return sealed;
}

/**
 * The seeds, once they make the fingerprint that the server named. A bundle that fails is never made anew.
 * @param {Uint8Array} accountKey @param {Uint8Array} site @param {string} role @param {Uint8Array} fp @param {Uint8Array} sealed
 * @returns {Identity}
 * @throws {CannotOpen} @throws {WrongPlace}
 */
export function openBundle(accountKey, site, role, fp, sealed) {
  const seeds = unbox(accountKey, frame('bundle', { site, role, fp }), sealed);
  if (seeds.length !== 64) throw new CannotOpen('not a bundle');
  const who = identity(seeds.slice(0, 32), seeds.slice(32));
  sodium.memzero(seeds);
  if (!equal(who.fp, fp)) throw new WrongPlace('keys of someone else');
  return who;
}

/**
 * @param {Uint8Array} accountKey @param {Uint8Array} site @param {Uint8Array} fp @param {number} version from 1
 * @param {Record<string, any>} notebook JSON
 * @returns {Uint8Array} a box, at most 64 KiB
 * @throws {RangeError} too long
 */
export function sealNotebook(accountKey, site, fp, version, notebook) {
  const sealed = box(accountKey, frame('notebook', { site, fp, version }), toJson(notebook));
  if (sealed.length > 65536) throw new RangeError('the notebook is full');
  return sealed;
}

/** @param {Uint8Array} accountKey @param {Uint8Array} site @param {Uint8Array} fp @param {number} version @param {Uint8Array} sealed */
export function openNotebook(accountKey, site, fp, version, sealed) {
  return fromJson(unbox(accountKey, frame('notebook', { site, fp, version }), sealed));
}

/**
 * @param {Uint8Array} accountKey @param {Uint8Array} site @param {Uint8Array} fp
 * @param {Uint8Array} draft 16 bytes @param {Record<string, any>} content
 */
export function sealDraft(accountKey, site, fp, draft, content) {
  return box(accountKey, frame('draft', { site, fp, draft }), toJson(content));
}

/** @param {Uint8Array} accountKey @param {Uint8Array} site @param {Uint8Array} fp @param {Uint8Array} draft @param {Uint8Array} sealed */
export function openDraft(accountKey, site, fp, draft, sealed) {
  return fromJson(unbox(accountKey, frame('draft', { site, fp, draft }), sealed));
}

/**
 * The account key for this tab's storage, under the server's share.
 * @param {Uint8Array} share @param {Uint8Array} site @param {Uint8Array} fp @param {Uint8Array} accountKey
 */
export function sealTab(share, site, fp, accountKey) {
  need(accountKey, 32);
  return box(share, frame('tab', { site, fp }), accountKey);
}

/**
 * @param {Uint8Array} share @param {Uint8Array} site @param {Uint8Array} fp @param {Uint8Array} sealed
 * @returns {Uint8Array} the account key
 */
export function openTab(share, site, fp, sealed) {
  const accountKey = unbox(share, frame('tab', { site, fp }), sealed);
  if (accountKey.length !== 32) throw new CannotOpen('not an account key');
  return accountKey;
}
