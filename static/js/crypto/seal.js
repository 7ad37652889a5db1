import { CannotOpen, Malformed, concat, hmac, sodium, utf8 } from './bytes.js';

/** Bytes of a sealed key: X-Wing ciphertext 1120, key 32, tag 16. */
export const SEALED = 1168;
const ENC = 1120;
const NONE = new Uint8Array();
const ZEROS = new Uint8Array(32);
/** "HPKE", KEM 0x647a (X-Wing), KDF 0x0001 (HKDF-SHA256), AEAD 0x0003 (ChaCha20-Poly1305). */
const SUITE = Uint8Array.of(0x48, 0x50, 0x4b, 0x45, 0x64, 0x7a, 0x00, 0x01, 0x00, 0x03);

/** LabeledExtract, RFC 9180 section 4. @param {Uint8Array} salt @param {string} label @param {Uint8Array} ikm */
function extract(salt, label, ikm) {
  return hmac(salt.length ? salt : ZEROS, concat(utf8('HPKE-v1'), SUITE, utf8(label), ikm));
}

/** LabeledExpand for at most 32 bytes. @param {Uint8Array} prk @param {string} label @param {Uint8Array} info @param {number} n */
function expand(prk, label, info, n) {
  return hmac(prk, concat(Uint8Array.of(0, n), utf8('HPKE-v1'), SUITE, utf8(label), info, Uint8Array.of(1))).slice(0, n);
}

/** Key schedule of base mode, RFC 9180 section 5.1. @param {Uint8Array} shared @param {Uint8Array} info */
function schedule(shared, info) {
  const context = concat(Uint8Array.of(0), extract(NONE, 'psk_id_hash', NONE), extract(NONE, 'info_hash', info));
  const secret = extract(shared, 'secret', NONE);
  const out = { key: expand(secret, 'key', context, 32), nonce: expand(secret, 'base_nonce', context, 12) };
  sodium.memzero(shared);
  sodium.memzero(secret);
  return out;
}

/**
 * Single-shot HPKE, base mode, empty `aad`, of any length; `seal` is the only caller but for others' vectors.
 * @param {Uint8Array} xwingPk @param {Uint8Array} info @param {Uint8Array} plaintext @param {Uint8Array | null} [coins] 64 bytes
 */
export function hpkeSeal(xwingPk, info, plaintext, coins = null) {
  let kem;
  try {
    kem = coins ? sodium.crypto_kem_xwing_enc_deterministic(xwingPk, coins) : sodium.crypto_kem_xwing_enc(xwingPk);
  } catch {
    throw new Malformed('not an X-Wing key');
  }
  const { key, nonce } = schedule(kem.sharedSecret, info);
  const sealed = sodium.crypto_aead_chacha20poly1305_ietf_encrypt(plaintext, NONE, null, nonce, key);
  sodium.memzero(key);
  return concat(kem.ciphertext, sealed);
}

/** @param {Uint8Array} xwingSeed 32 bytes @param {Uint8Array} info @param {Uint8Array} sealed @throws {CannotOpen} */
export function hpkeOpen(xwingSeed, info, sealed) {
  if (sealed.length < ENC + 16) throw new CannotOpen('it does not open');
  let key = NONE;
  try {
    const derived = schedule(sodium.crypto_kem_xwing_dec(sealed.subarray(0, ENC), xwingSeed), info);
    key = derived.key;
    return sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed.subarray(ENC), NONE, derived.nonce, key);
  } catch {
    throw new CannotOpen('it does not open');
  } finally {
    sodium.memzero(key);
  }
}

/**
 * A key for one person, in the place that `x` names (RFC 9180 with X-Wing, draft-connolly-cfrg-xwing-kem).
 * @param {Uint8Array} xwingPk 1216 bytes @param {Uint8Array} x a whole frame, bound as `info` @param {Uint8Array} key32
 * @param {Uint8Array | null} [coins] 64 bytes, for vectors alone
 * @returns {Uint8Array} 1168 bytes
 * @throws {Malformed} a public key that can't be used @throws {RangeError}
 */
export function seal(xwingPk, x, key32, coins = null) {
  if (xwingPk.length !== 1216 || key32.length !== 32) throw new RangeError('a public key is 1216 bytes, a key 32');
  return hpkeSeal(xwingPk, x, key32, coins);
}

/**
 * @param {Uint8Array} xwingSeed 32 bytes @param {Uint8Array} x a whole frame @param {Uint8Array} sealed
 * @returns {Uint8Array} 32 bytes
 * @throws {CannotOpen} another reader, another place, or changed bytes @throws {Malformed} another length
 */
export function openSeal(xwingSeed, x, sealed) {
  if (xwingSeed.length !== 32) throw new RangeError('a seed is 32 bytes');
  if (sealed.length !== SEALED) throw new Malformed('not the length of a sealed key');
  return hpkeOpen(xwingSeed, x, sealed);
}
