import { CannotOpen, WrongPlace } from './errors.js';
import { box, unbox } from './box.js';
import { signedNote } from './checkpoint.js';
import { H, concat, equal, frame, utf8 } from './frame.js';
import { hkdf } from './hkdf.js';
import { fromJson, toJson } from './payload.js';
import { signedInput } from './signing.js';
import { sodium } from './sodium.js';

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

/** @param {Uint8Array} edSeed @param {Uint8Array} data */
function signBytes(edSeed, data) {
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

/** A C2SP signed note. @param {string} text ending in a line break @param {string} name @param {Uint8Array} edSeed @returns {string} */
export function signNote(text, name, edSeed) {
  return signedNote(text, name, publicKey(edSeed), signBytes(edSeed, utf8(text)));
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
