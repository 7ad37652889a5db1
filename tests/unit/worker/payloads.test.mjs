// Every field of every kind that a page shows, in every wrong shape: node --test <this file>
import assert from 'node:assert/strict';
import test from 'node:test';
import { ready } from '../../../static/js/crypto/bytes.js';
import { readRecord, readSaidIn } from '../../../static/js/worker/payloads.js';

await ready();

const ANSWERS = { answers: { name_use: 'Sara' }, consents: { consent_service: 'yes' }, told: [{ field: 'narrative', label: 'What happened?', text: 'In March.' }], text: 'In March.' };
const CASE = { case: 'AAAA', nonce: 'AAAA', identity: 'AAAA' };

/** By kind, a payload as our own pages write it. */
const RECORDS = {
  account: ANSWERS, message: { text: 'Hello', at: 1 }, note: { text: 'More', about: 'account', at: 1 }, statement: { text: 'I', at: 1 },
  consent: { consents: { consent_service: 'no' }, at: 1 }, read: { about: 'AAAA' }, erase: { record: 'aa', entry: 'AAAA' }, leave: {}, plan: { text: 'a' }, constructor: { text: 'a' },
};
const LETTERS = {
  card: { ...CASE, lines: [{ field: 'f', label: 'l', text: 't' }], excluded: { people: 'p', employer: 'e', states: ['tx'] }, deadline: '2026-12-01' },
  profile: { specialty: 's', state: 'tx', stage: 'late', availability: 'a', languages: 'l', employers: ['e'] },
  answer: { conflict: 'none', note: 'n', declines: false }, invite: { ...CASE, summary: 's', to: 'aa' }, statement: { text: 't' },
  offer: { case: 'AAAA', people: [{ fp: 'AAAA', name: 'n', binding: 'AAAA' }], note: 'n' }, word: { type: 'reply', text: 't', to: 'aa', whom: 'aa', identity: 'AAAA' },
};
const CROOKED = [{ toString: 1 }, { toString: 1, valueOf: 1 }, { length: 3 }, {}, [], [[]], [{ toString: 1 }], [null], null, true, -1, 9007199254740991, 'constructor', '__proto__', '', ' \u0000'];

/** What a page may get: texts, numbers that a calendar has, true or false, lists and plain parts of those. */
function isPlain(value) {
  if (Array.isArray(value)) return value.every(isPlain);
  if (value && typeof value === 'object') return !Object.hasOwn(value, 'toString') && !Object.hasOwn(value, 'valueOf') && Object.values(value).every(isPlain);
  return ['string', 'boolean', 'undefined'].includes(typeof value) || (typeof value === 'number' && value >= 0 && value * 1000 < 8.64e15);
}

/** Whether it has the very shape that the right payload is read in. */
function isAlike(value, right) {
  if (right === undefined || value === undefined) return true;
  if (Array.isArray(right)) return Array.isArray(value) && value.every((one) => typeof one === typeof right[0]);
  return typeof value === typeof right && !Array.isArray(value) && value !== null;
}

/** The payload with one field, or one of its parts, crooked. */
function* crooked(payload) {
  for (const field of [...Object.keys(payload), 'at_ms', 'of no kind']) {
    for (const value of CROOKED) yield { ...payload, [field]: value };
    const inner = payload[field];
    if (inner && typeof inner === 'object') for (const one of crooked(Array.isArray(inner) ? { 0: inner[0] } : inner)) yield { ...payload, [field]: Array.isArray(inner) ? Object.values(one) : one };
  }
}

for (const [what, kinds, read] of [['record', RECORDS, (kind, payload) => readRecord({ seen: {}, ...payload, kind })], ['letter', LETTERS, readSaidIn]]) {
  for (const [kind, payload] of Object.entries(kinds)) {
    const right = read(kind, payload);
    test(`a ${kind} of the right shape is read (${what})`, () => {
      assert.ok(right && isPlain(right));
      for (const [field, value] of Object.entries(right)) if (field in payload) assert.deepEqual(value, payload[field]);
    });
    test(`a crooked ${kind} is unreadable, or read without what is crooked (${what})`, () => {
      let tried = 0;
      for (const one of crooked(payload)) {
        const got = read(kind, one);
        tried += 1;
        if (!got) continue;
        assert.ok(isPlain(got), JSON.stringify(one));
        assert.deepEqual(Object.keys(got), Object.keys(right));
        for (const [field, value] of Object.entries(got)) assert.ok(isAlike(value, right[field]), `${field} of ${JSON.stringify(one)}`);
      }
      assert.ok(tried >= 2 * CROOKED.length);
    });
  }
}

test('a letter of a kind that no page shows is not read', () => assert.equal(readSaidIn('constructor', { text: 'a' }), null));
test('words that are missing are no words', () => assert.equal(readRecord({ kind: 'message', seen: {} }).text, ''));
test('words of another shape are not shown as some others', () => assert.equal(readRecord({ kind: 'message', seen: {}, text: { toString: 1 } }), null));
test('a consent without consents changes none', () => assert.equal(readRecord({ kind: 'consent', seen: {} }), null));
