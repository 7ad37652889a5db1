import { CannotOpen } from './errors.js';
import { H, concat, equal, frame } from './frame.js';
import { hkdf } from './hkdf.js';
import { OVERHEAD, padme } from './outer.js';
import { sodium } from './sodium.js';

/** @param {Uint8Array} plaintext @returns {Uint8Array} with 0x80 and zeros to its Padme length */
export function pad(plaintext) {
  const out = new Uint8Array(padme(plaintext.length + 1));
  out.set(plaintext);
  out[plaintext.length] = 0x80;
  return out;
}

/** @param {Uint8Array} padded @returns {Uint8Array} @throws {CannotOpen} unless it is what `pad` gives */
export function unpad(padded) {
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end -= 1;
  if (end < 0 || padded[end] !== 0x80 || padme(end + 1) !== padded.length) throw new CannotOpen('padding that none of us makes');
  return padded.slice(0, end);
}

/** @param {Uint8Array} key @param {Uint8Array} x @returns {[Uint8Array, Uint8Array]} key and commitment */
function derive(key, x) {
  if (!(key instanceof Uint8Array) || key.length !== 32) throw new RangeError('a key is 32 bytes');
  const both = hkdf(key, frame('box', { hash: H(x) }), 64);
  return [both.subarray(0, 32), both.subarray(32)];
}

/**
 * `plaintext` under `key`, in the place that `x` names. Poly1305 does not commit to its key, so one ciphertext could
 * open under two; the 32 bytes in front do commit.
 * @param {Uint8Array} key 32 bytes @param {Uint8Array} x a whole frame @param {Uint8Array} plaintext
 * @param {Uint8Array | null} [nonce] 24 bytes, for vectors alone
 * @returns {Uint8Array} commitment 32, nonce 24, ciphertext (XChaCha20-Poly1305, `x` as additional data)
 * @throws {RangeError}
 */
export function box(key, x, plaintext, nonce = null) {
  const [inner, commitment] = derive(key, x);
  const used = nonce ?? sodium.randombytes_buf(24);
  if (used.length !== 24) throw new RangeError('a nonce is 24 bytes');
  const padded = pad(plaintext);
  const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(padded, x, null, used, inner);
  sodium.memzero(padded);
  const out = concat(commitment, used, sealed);
  sodium.memzero(inner);
  return out;
}

/**
 * @param {Uint8Array} key 32 bytes @param {Uint8Array} x a whole frame @param {Uint8Array} sealed
 * @returns {Uint8Array}
 * @throws {CannotOpen} another key, another place, or changed bytes
 */
export function unbox(key, x, sealed) {
  const [inner, commitment] = derive(key, x);
  if (sealed.length < OVERHEAD || !equal(commitment, sealed.subarray(0, 32))) throw new CannotOpen('it does not open');
  let padded;
  try {
    padded = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed.subarray(56), x, sealed.subarray(32, 56), inner);
  } catch {
    throw new CannotOpen('it does not open');
  } finally {
    sodium.memzero(inner);
  }
  const plaintext = unpad(padded);
  sodium.memzero(padded);
  return plaintext;
}
