/** A bare worker: libsodium's own calls on bytes of the product's sizes, and nothing around them. Times are in milliseconds. */
import sodium from '../vendor/libsodium/libsodium-wrappers.mjs';

const ARGON2 = { passes: 3, memory: 64 * 1024 * 1024 };
const COMMIT = 56; // commitment 32 and nonce 24 before a box's ciphertext

/** @param {() => unknown} work @returns {number} */
function timed(work) {
  const from = performance.now();
  work();
  return performance.now() - from;
}

function argon2() {
  const salt = sodium.randombytes_buf(16);
  return timed(() => sodium.crypto_pwhash(32, 'seven words that nobody else has', salt, ARGON2.passes, ARGON2.memory, sodium.crypto_pwhash_ALG_ARGON2ID13));
}

/**
 * The seals and hashes of a first submission: three keys sealed, a record and a card boxed, three things signed, each piece
 * hashed, three receipts verified; then one empty round trip.
 * @param {{account: number, card: number}} sizes bytes
 */
async function submission({ account, card }) {
  const desk = sodium.crypto_kem_xwing_keypair();
  const me = sodium.crypto_sign_keypair();
  const receipt = sodium.randombytes_buf(200);
  const promise = sodium.crypto_sign_detached(receipt, me.privateKey);
  const texts = [account, card].map((size) => sodium.randombytes_buf(size));
  const from = performance.now();
  for (let n = 0; n < 3; n += 1) sealKey(desk.publicKey);
  for (const text of texts) {
    const [key, nonce] = [sodium.randombytes_buf(32), sodium.randombytes_buf(24)];
    sodium.crypto_hash_sha256(text);
    sodium.crypto_sign_detached(text.subarray(0, 100), me.privateKey);
    const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(text, receipt, null, nonce, key);
    sodium.crypto_hash_sha256(sealed);
  }
  sodium.crypto_sign_detached(receipt, me.privateKey);
  for (let n = 0; n < 3; n += 1) sodium.crypto_sign_verify_detached(promise, receipt, me.publicKey);
  await (await fetch('/static/bench/page.html', { cache: 'no-store' })).arrayBuffer();
  return performance.now() - from;
}

/** @param {Uint8Array} publicKey */
function sealKey(publicKey) {
  const { sharedSecret } = sodium.crypto_kem_xwing_enc(publicKey);
  sodium.crypto_aead_chacha20poly1305_ietf_encrypt(sodium.randombytes_buf(32), null, null, new Uint8Array(12), sharedSecret);
}

/**
 * @typedef {object} Records
 * @property {Uint8Array} key @property {Uint8Array} author @property {Uint8Array} nonce @property {Uint8Array} header
 * @property {{sealed: Uint8Array, signed: Uint8Array, sig: Uint8Array}[]} all
 */

/** As many records as asked for. @param {{count: number, header: number, body: number, signed: number}} sizes bytes of one record's parts @returns {Records} */
function makeRecords({ count, header: length, body, signed: said }) {
  const { publicKey: author, privateKey } = sodium.crypto_sign_keypair();
  const [key, nonce, header] = [32, 24, length].map((size) => sodium.randombytes_buf(size));
  const text = sodium.randombytes_buf(body - COMMIT - sodium.crypto_aead_xchacha20poly1305_ietf_ABYTES);
  const all = Array.from({ length: count }, () => {
    const signed = sodium.randombytes_buf(said);
    return { signed, sig: sodium.crypto_sign_detached(signed, privateKey), sealed: sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(text, header, null, nonce, key) };
  });
  return { key, author, nonce, header, all };
}

/** Open and verify each. @param {Records} records */
function openRecords({ key, author, nonce, header, all }) {
  return timed(() => {
    for (const { sealed, signed, sig } of all) {
      sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, header, nonce, key);
      if (!sodium.crypto_sign_verify_detached(sig, signed, author)) throw new Error('a record of our own does not verify');
    }
  });
}

/** @type {Record<string, (args: any) => any>} */
const JOBS = { argon2, submission, makeRecords, openRecords };

addEventListener('message', async ({ data: { job, args } }) => {
  await sodium.ready;
  try {
    postMessage({ result: await JOBS[job](args) });
  } catch (error) {
    postMessage({ failed: String(error) });
  }
});
