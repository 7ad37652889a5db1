// What can't be a shared vector, since every sealing is random: mistakes refused before anything is sealed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Chain } from '../../static/js/crypto/chain.js';
import { caseId } from '../../static/js/crypto/people.js';
import { makeRekey, openGrant, readRekey } from '../../static/js/crypto/entry.js';
import { Malformed, SealError, UnknownWords, b64u, equal, hex, ready, unb64u } from '../../static/js/crypto/bytes.js';
import { unframe } from '../../static/js/crypto/frame.js';
import { sealNotebook, sealTab } from '../../static/js/crypto/keys.js';
import { addStanza, openLetter, roleAddress, sealLetter } from '../../static/js/crypto/letter.js';
import { checkBox } from '../../static/js/crypto/box.js';
import { sealRecord } from '../../static/js/crypto/record.js';
import { seal } from '../../static/js/crypto/seal.js';
import { newWords, readWords, setWords } from '../../static/js/crypto/words.js';
import { DAY, bytes, person, zeros } from './cast.mjs';

await ready();
setWords(readFileSync(new URL('../../static/words.txt', import.meta.url), 'utf8'));

const [sara, nora, carl] = ['Sara', 'Nora', 'Carl'].map(person);
const site = bytes('site');
const letter = { site, kind: 'word', to: nora.fp, about: zeros(16), day: DAY, payload: { text: 'é' }, recipients: [nora] };
const row = { ...letter, kind: 'row', to: roleAddress(site, 'steward'), recipients: [carl] };
const record = { site, case: zeros(16), seq: 2, prev: zeros(32), e: 1, roster: zeros(32), author: 0, day: DAY, epochKey: bytes('k') };

const mistakes = {
  'a letter to nobody': () => sealLetter(sara, { ...letter, recipients: [] }),
  'a letter of no kind': () => sealLetter(sara, { ...letter, kind: 'spam' }),
  'a word from nobody': () => sealLetter(null, letter),
  'a row from Sara': () => sealLetter(sara, row),
  'a row about a case': () => sealLetter(null, { ...row, about: bytes('case', 16) }),
  'a row that is too long': () => sealLetter(null, { ...row, payload: { text: 'a'.repeat(8192) } }),
  'a payload with a fraction': () => sealLetter(sara, { ...letter, payload: { n: 0.5 } }),
  'a payload with undefined': () => sealLetter(sara, { ...letter, payload: { n: undefined } }),
  'a payload with a date': () => sealLetter(sara, { ...letter, payload: { on: new Date(0) } }),
  'a record without a kind': () => sealRecord(sara, { ...record, payload: {} }),
  'a record that has seen half': () => sealRecord(sara, { ...record, payload: { kind: 'note', seen: { size: 1 } } }),
  'a notebook over 64 KiB': () => sealNotebook(bytes('k'), site, sara.fp, 1, { text: 'a'.repeat(66000) }),
  'an account key of 31 bytes in a tab': () => sealTab(bytes('share'), site, sara.fp, zeros(31)),
  'a short key to seal': () => seal(nora.xwing_pk, site, zeros(31)),
  'another word list': () => setWords('abacus\n'),
};
for (const [name, run] of Object.entries(mistakes)) {
  test(`${name} is the caller's mistake`, () => assert.throws(run, (error) => error instanceof RangeError || error instanceof TypeError));
}

test('a public key that no X-Wing key has is refused as malformed', () => {
  assert.throws(() => seal(new Uint8Array(1216).fill(0xff), site, bytes('key')), Malformed);
});

test('letters to Nora twice carry one stanza, and Carl gets one when she passes it on', () => {
  const sent = sealLetter(sara, { ...letter, to: roleAddress(site, 'coordinator'), recipients: [nora, nora] });
  assert.equal(unframe('mail', sent).stanzas.length, 1);
  const shared = addStanza(sent, nora, carl);
  assert.deepEqual(openLetter(shared, carl, sara.ed_pk, { site, roles: ['coordinator'] }), letter.payload);
  assert.throws(() => addStanza(shared, nora, carl), RangeError);
  assert.throws(() => addStanza(sent, carl, carl), SealError);
});

test('no two sealings of the same words are alike, and a server takes each for a box', () => {
  const bodies = [1, 2].map(() => unframe('mail', sealLetter(sara, letter)).body);
  assert.ok(!equal(bodies[0], bodies[1]));
  bodies.forEach((body) => checkBox(body));
});

test('a first roster gives each member a grant that opens, and no link', () => {
  const nonce = bytes('nonce', 16);
  const epochKey = bytes('epoch');
  const members = [sara, nora].map((one) => ({ identity: one.frame, lead: one === nora }));
  const made = makeRekey(sara, null, { site, nonce, epochKey, lastKey: null, members, ownerFp: sara.fp, day: DAY });
  const chain = new Chain(site, caseId(site, sara.fp, zeros(16), nonce));
  chain.accept(made.entry, new Map([[hex(sara.fp), sara.frame]]));
  const { grants } = readRekey(made.rekey);
  for (const one of [sara, nora]) {
    const grant = Uint8Array.from([...one.fp, ...grants.get(hex(one.fp))]);
    assert.ok(equal(openGrant(grant, made.roster, one), epochKey));
  }
  assert.deepEqual(chain.members.map(({ owner, lead }) => [owner, lead]).sort(), [[false, true], [true, false]]);
});

test('an entry that is refused changes nothing in the chain', () => {
  const chain = new Chain(site, caseId(site, sara.fp, zeros(16), zeros(16)));
  const made = makeRekey(nora, null, { site, nonce: zeros(16), epochKey: bytes('e'), lastKey: null, members: [{ identity: sara.frame, lead: false }], ownerFp: sara.fp, day: DAY });
  const before = JSON.stringify(chain);
  assert.throws(() => chain.accept(made.entry, new Map([[hex(nora.fp), nora.frame]])), SealError);
  assert.equal(JSON.stringify(chain), before);
});

test('seven new words are in the list, and a wrong one is pointed out by its place', () => {
  const words = newWords(7);
  assert.equal(words.split(' ').length, 7);
  assert.equal(readWords(`  ${words.toUpperCase()} `), words);
  assert.throws(() => readWords('abacus zooom'), (error) => error instanceof UnknownWords && error.positions[0] === 1 && error.words[0] === 'zooom');
});

test('base64url has one spelling', () => {
  for (const n of [0, 1, 2, 3, 31, 32, 1200]) assert.ok(equal(unb64u(b64u(new Uint8Array(n).fill(0xfb))), new Uint8Array(n).fill(0xfb)));
  for (const text of ['A', 'AB', 'AAB', 'AA==', 'A A', '+w', 'AA\n', '-_-*']) assert.throws(() => unb64u(text), Malformed, text);
});
