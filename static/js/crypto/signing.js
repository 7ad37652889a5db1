import { BadSignature, Malformed } from './errors.js';
import { H, equal, frame, hex, unb64u, unframe } from './frame.js';
import { sodium } from './sodium.js';

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
