// Vectors that neither of our sides made. They lie beside the repository and are not copied into it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { SealError, equal, hex, ready, utf8 } from '../../static/js/crypto/bytes.js';
import { verifyConsistency, verifyInclusion } from '../../static/js/crypto/log.js';
import { hpkeOpen, openSeal, seal } from '../../static/js/crypto/seal.js';
import { bytes, person } from './cast.mjs';

await ready();

const folder = new URL('../../../shared/vectors/', import.meta.url);
const absent = existsSync(folder) ? false : 'no ../shared/vectors beside the repository';
if (absent && process.env.CI) throw new Error(absent);

const base64 = (text) => Uint8Array.from(Buffer.from(text, 'base64'));

/** The 32 bytes of an age identity (bech32, BIP 173; its checksum is not looked at). */
function seedOf(identity) {
  const digits = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
  const letters = identity.toLowerCase().split('1').pop().slice(0, -6);
  const bits = [...letters].map((letter) => digits.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g).slice(0, 32), (byte) => parseInt(byte, 2));
}

/** The stanzas for a hybrid recipient that age's own grammar allows, each [enc, body]. */
function stanzas(text) {
  const found = [...text.matchAll(/^-> mlkem768x25519 (\S+)\n((?:.{64}\n)*.{0,63})\n/gm)];
  const canonical = (part) => Buffer.from(part, 'base64').toString('base64').replace(/=+$/, '') === part;
  return found.map(([, enc, body]) => [enc, body.replaceAll('\n', '')]).filter((parts) => parts.every(canonical));
}

test('HPKE with X-Wing opens what age sealed, and refuses what age refuses', { skip: absent }, () => {
  let opened = 0;
  let refused = 0;
  for (const name of readdirSync(new URL('age-hybrid/', folder))) {
    const text = readFileSync(new URL(`age-hybrid/${name}`, folder), 'latin1');
    const { identity, 'file key': key, expect, compressed } = Object.fromEntries(
      [...text.split('\n\n')[0].matchAll(/^([\w ]+): (.*)$/gm)].map(([, label, value]) => [label, value]),
    );
    if (compressed) continue;
    for (const [enc, body] of stanzas(text)) {
      const sealed = Uint8Array.from([...base64(enc), ...base64(body)]);
      const whole = () => hpkeOpen(seedOf(identity), utf8('age-encryption.org/mlkem768x25519'), sealed);
      if (expect === 'success') {
        assert.equal(hex(whole()), key, name);
        opened += 1;
      } else if (name !== 'hybrid_long_file_key') {
        assert.throws(whole, SealError, name);
        refused += 1;
      } else assert.notEqual(whole().length, 16);
    }
  }
  assert.ok(opened >= 3 && refused >= 6, `${opened} opened, ${refused} refused`);
});

/** Every case of a kind, in the folders of transparency-dev/merkle. */
function proofs(kind) {
  const root = fileURLToPath(new URL(`rfc6962/${kind}`, folder));
  const names = readdirSync(root, { recursive: true }).filter((name) => name.endsWith('.json'));
  return names.map((name) => JSON.parse(readFileSync(join(root, name), 'utf8')));
}

const list = (proof) => (proof ?? []).map(base64);

test("proofs of transparency-dev's hold or fail as it says", { skip: absent }, () => {
  let checked = 0;
  const check = (one, run) => {
    checked += 1;
    if (one.wantErr) assert.throws(run, SealError, one.desc);
    else assert.doesNotThrow(run, one.desc);
  };
  for (const one of proofs('inclusion')) {
    check(one, () => verifyInclusion(base64(one.leafHash), one.leafIdx, one.treeSize, list(one.proof), base64(one.root)));
  }
  for (const one of proofs('consistency')) {
    // A hash here is 32 bytes, and nothing follows from an empty tree: theirs takes both.
    const ours = [one.root1, one.root2].some((root) => base64(root).length !== 32) || one.size1 === 0;
    check({ ...one, wantErr: one.wantErr || ours }, () =>
      verifyConsistency(one.size1, one.size2, list(one.proof), base64(one.root1), base64(one.root2)),
    );
  }
  assert.ok(checked > 150, `${checked} proofs`);
});

test('a sealing with known coins is one byte string, and opens', () => {
  const nora = person('Nora');
  const coins = Uint8Array.from([...bytes('coins a'), ...bytes('coins b')]);
  const sealed = seal(nora.xwing_pk, utf8('place'), bytes('key'), coins);
  assert.ok(equal(sealed, seal(nora.xwing_pk, utf8('place'), bytes('key'), coins)));
  assert.ok(equal(openSeal(nora.xwing_seed, utf8('place'), sealed), bytes('key')));
  assert.ok(!equal(sealed, seal(nora.xwing_pk, utf8('place'), bytes('key'))));
});
