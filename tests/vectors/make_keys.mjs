import { box, padme } from '../../static/js/crypto/box.js';
import { concat, hkdf, sodium, utf8 } from '../../static/js/crypto/bytes.js';
import { frame } from '../../static/js/crypto/frame.js';
import * as keys from '../../static/js/crypto/keys.js';
import * as methods from '../../static/js/crypto/method.js';
import { seal } from '../../static/js/crypto/seal.js';
import { rootSheetText, sheetText } from '../../static/js/crypto/method.js';
import { bent, bytes, person, seeds, zeros } from './cast.mjs';

const site = bytes('site');
const WORDS = 'abacus zoom marbles sandpaper unsocial finite blazing';

function makeBoxes({ holds, refused }) {
  const key = bytes('key');
  const x = frame('draft', { site, fp: bytes('fp'), draft: bytes('draft', 16) });
  const other = frame('draft', { site, fp: bytes('fp'), draft: bytes('other', 16) });
  for (const n of [0, 1, 254, 255, 256, 300, 5000]) {
    const plaintext = utf8('é'.repeat(n)).slice(0, n);
    holds('box', `${n} bytes under a known nonce`, 'box', { key, x, plaintext, nonce: bytes(`nonce ${n}`, 24) });
    holds('box', `${n} bytes of this side`, 'unbox', { key, x, sealed: box(key, x, plaintext) }, plaintext);
  }
  const sealed = box(key, x, utf8('what Sara wrote'));
  refused('box', 'under another key', 'unbox', { key: bytes('other'), x, sealed }, 'CannotOpen');
  refused('box', 'in another place', 'unbox', { key, x: other, sealed }, 'CannotOpen');
  for (const at of [0, 31, 32, 55, 56, sealed.length - 1]) refused('box', `byte ${at} changed`, 'unbox', { key, x, sealed: bent(sealed, at) }, 'CannotOpen');
  refused('box', 'cut short', 'unbox', { key, x, sealed: sealed.slice(0, -1) }, 'CannotOpen');
  refused('box', 'nothing', 'unbox', { key, x, sealed: zeros(0) }, 'CannotOpen');
  refused('box', 'a key of another length', 'unbox', { key: zeros(31), x, sealed }, 'ValueError');
  refused('box', 'a nonce of another length', 'box', { key, x, plaintext: zeros(0), nonce: zeros(12) }, 'ValueError');
  for (const [name, padded] of [
    ['padding that is too short', concat(Uint8Array.of(1, 0x80), zeros(100))],
    ['padding that is too long', concat(Uint8Array.of(1, 0x80), zeros(2 * padme(2) - 2))],
    ['padding without a mark', zeros(256)],
    ['padding after the wrong mark', concat(Uint8Array.of(1, 0x81), zeros(254))],
  ]) {
    const both = hkdf(key, frame('box', { hash: sodium.crypto_hash_sha256(x) }), 64);
    const nonce = bytes('nonce', 24);
    const inner = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(padded, x, null, nonce, both.slice(0, 32));
    refused('box', name, 'unbox', { key, x, sealed: concat(both.slice(32), nonce, inner) }, 'CannotOpen');
  }
}

function makeSeals({ holds, refused }) {
  const [nora, carl] = ['Nora', 'Carl'].map(person);
  const x = frame('stanza', { header: bytes('header'), fp: nora.fp });
  for (const n of [1, 2, 3]) {
    const key = bytes(`sealed key ${n}`);
    holds('seal', `key ${n} of this side`, 'open_seal', { xwing_seed: nora.xwing_seed, x, sealed: seal(nora.xwing_pk, x, key) }, key);
  }
  const sealed = seal(nora.xwing_pk, x, bytes('key'));
  const given = { xwing_seed: nora.xwing_seed, x, sealed };
  refused('seal', 'another reader', 'open_seal', { ...given, xwing_seed: carl.xwing_seed }, 'CannotOpen');
  refused('seal', 'another place', 'open_seal', { ...given, x: frame('stanza', { header: bytes('header'), fp: carl.fp }) }, 'CannotOpen');
  for (const at of [0, 1087, 1088, 1119, 1120, 1167]) refused('seal', `byte ${at} changed`, 'open_seal', { ...given, sealed: bent(sealed, at) }, 'CannotOpen');
  refused('seal', 'cut short', 'open_seal', { ...given, sealed: sealed.slice(0, -1) }, 'Malformed');
  refused('seal', 'a byte more', 'open_seal', { ...given, sealed: concat(sealed, zeros(1)) }, 'Malformed');
  refused('seal', 'a key of 33 bytes to seal', 'seal', { xwing_pk: nora.xwing_pk, x, key32: zeros(33) }, 'ValueError');
  refused('seal', 'a public key of 1217', 'seal', { xwing_pk: concat(nora.xwing_pk, zeros(1)), x, key32: zeros(32) }, 'ValueError');
  refused('seal', 'a seed of another length', 'open_seal', { ...given, xwing_seed: zeros(31) }, 'ValueError');
  refused('seal', 'a point of small order', 'open_seal', { ...given, sealed: concat(sealed.slice(0, 1088), zeros(32), sealed.slice(1120)) }, 'CannotOpen');
}

function makeSecrets({ holds, refused }) {
  const sara = person('Sara');
  for (const n of [1, 32, 33, 80, 200]) holds('keys', `${n} bytes of HKDF`, 'hkdf', { ikm: bytes('ikm'), info: frame('kc', { case: bytes('c', 16), e: 1 }), n });
  refused('keys', 'no bytes of HKDF', 'hkdf', { ikm: bytes('ikm'), info: zeros(0), n: 0 }, 'ValueError');
  holds('keys', 'two seeds make an identity', 'identity', seeds(sara));
  holds('keys', 'a signature', 'sign', { ed_seed: sara.ed_seed, x: sara.frame });
  holds('keys', 'a signed thing', 'sign_thing', { thing: sara.frame, signers: [[sara.fp, sara.ed_seed], [bytes('root'), bytes('root seed')]] });
  holds('keys', "the lane of an account's notebook", 'lane_account', { identity: seeds(sara) });
  holds('keys', 'words as typed', 'read_words', { text: ` ABACUS\tzoom\u00a0\u3000marbles\n` }, 'abacus zoom marbles');
  refused('keys', 'no words', 'read_words', { text: ' ' }, 'ValueError');
  refused('keys', 'words that are not in the list', 'read_words', { text: 'abacus zoomy marbles ſandpaper' }, 'UnknownWords');
  for (const prefix of ['zo', 'ZOO', 'abacus', '', 'qqq', ' un']) holds('keys', `words that begin with ${JSON.stringify(prefix)}`, 'suggest', { prefix });
  holds('keys', "a peer's words", 'words_secret', { words: WORDS, site, role: 'peer', email: '' });
  holds('keys', 'the same at another site', 'words_secret', { words: WORDS.toUpperCase(), site: bytes('other'), role: 'peer', email: '' });
  holds('keys', "words of staff, with an e-mail", 'words_secret', { words: WORDS, site, role: 'staff', email: ' Nora@Example.ORG ' });
  refused('keys', 'a peer with an e-mail', 'words_secret', { words: WORDS, site, role: 'peer', email: 'a@b.org' }, 'ValueError');
  refused('keys', 'staff without an e-mail', 'words_secret', { words: WORDS, site, role: 'staff', email: ' ' }, 'ValueError');
  refused('keys', 'an e-mail that is not ASCII', 'words_secret', { words: WORDS, site, role: 'staff', email: 'nóra@example.org' }, 'ValueError');
  const code = bytes('code', 20);
  const text = sheetText(code, site);
  holds('keys', 'a sheet printed', 'sheet_text', { code, site });
  holds('keys', 'a sheet typed', 'read_sheet', { text: text.toLowerCase().replaceAll(' ', '-').replaceAll('o', '0').replaceAll('i', '1').replaceAll('b', '8'), site }, code);
  refused('keys', 'a letter of it wrong', 'read_sheet', { text: (text[0] === 'A' ? 'B' : 'A') + text.slice(1), site }, 'Malformed');
  refused('keys', 'a sheet of another site', 'read_sheet', { text, site: bytes('other') }, 'Malformed');
  refused('keys', 'a sheet cut short', 'read_sheet', { text: text.slice(1), site }, 'Malformed');
  holds('keys', 'a root sheet printed', 'root_sheet_text', { code });
  holds('keys', 'a root sheet typed', 'read_root_sheet', { text: rootSheetText(code) }, code);
  refused('keys', 'a sheet of an account as a root sheet', 'read_root_sheet', { text }, 'Malformed');
  for (const index of [0, 1]) holds('keys', `the seed of root ${index}`, 'root_seed', { code, index });
}

function makeAccounts({ holds, refused }) {
  const sara = person('Sara');
  const [account_key, share] = [bytes('account key'), bytes('share')];
  const ways = { words: bytes('secret'), passkey: bytes('prf'), sheet: bytes('code', 20) };
  for (const [kind, secret] of Object.entries(ways)) {
    for (const role of ['peer', 'staff']) holds('keys', `the parts of ${kind} of ${role}`, 'method', { secret, site, role, kind });
    const given = { method: methods.method(secret, site, 'peer', kind), site, role: 'peer', fp: sara.fp };
    const wrapped = methods.wrap(methods.method(secret, site, 'peer', kind), site, 'peer', sara.fp, account_key);
    holds('keys', `an account key under ${kind}`, 'unwrap', { ...given, wrapped }, account_key);
    refused('keys', `an account key under ${kind}, of someone else`, 'unwrap', { ...given, fp: bytes('fp'), wrapped }, 'CannotOpen');
    refused('keys', `an account key under ${kind}, in another role`, 'unwrap', { ...given, role: 'staff', wrapped }, 'CannotOpen');
  }
  refused('keys', 'no such method', 'method', { secret: zeros(32), site, role: 'peer', kind: 'pin' }, 'ValueError');
  refused('keys', 'no such role', 'method', { secret: zeros(32), site, role: 'root', kind: 'words' }, 'ValueError');
  refused('keys', 'a sheet of 32 bytes', 'method', { secret: zeros(32), site, role: 'peer', kind: 'sheet' }, 'ValueError');
  const by = methods.method(ways.words, site, 'peer', 'words');
  holds('keys', 'a sign-in header', 'authorization', { method: by, site, nonce: bytes('nonce'), act: zeros(32) });
  holds('keys', "a passkey's input", 'passkey_input', { site, role: 'peer' });
  const at = { account_key, site, fp: sara.fp };
  const bundle = keys.sealBundle(account_key, site, 'peer', sara);
  holds('keys', 'a bundle of this side', 'open_bundle', { ...at, role: 'peer', sealed: bundle });
  refused('keys', 'a bundle in another role', 'open_bundle', { ...at, role: 'staff', sealed: bundle }, 'CannotOpen');
  const swapped = box(account_key, frame('bundle', { site, role: 'peer', fp: sara.fp }), concat(bytes('x'), bytes('y')));
  refused('keys', 'a bundle with the keys of someone else', 'open_bundle', { ...at, role: 'peer', sealed: swapped }, 'WrongPlace');
  const notebook = { pins: { nora: 'é' }, size: 12, list: [true, null, -3] };
  const sealed = keys.sealNotebook(account_key, site, sara.fp, 7, notebook);
  holds('keys', 'a notebook of this side', 'open_notebook', { ...at, version: 7, sealed }, notebook);
  refused('keys', 'an older notebook as a newer one', 'open_notebook', { ...at, version: 8, sealed }, 'CannotOpen');
  const draft = bytes('draft', 16);
  holds('keys', 'a draft of this side', 'open_draft', { ...at, draft, sealed: keys.sealDraft(account_key, site, sara.fp, draft, notebook) }, notebook);
  refused('keys', 'a notebook as a draft', 'open_draft', { ...at, draft, sealed }, 'CannotOpen');
  const tab = { share, site, fp: sara.fp };
  holds('keys', "a tab's key", 'open_tab', { ...tab, sealed: keys.sealTab(share, site, sara.fp, account_key) }, account_key);
  const long = box(share, frame('tab', { site, fp: sara.fp }), zeros(33));
  refused('keys', "a tab's key that is too long", 'open_tab', { ...tab, sealed: long }, 'CannotOpen');
}

function makePayloads({ holds, refused }) {
  const deep = (n) => `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`;
  for (const value of [{}, { b: 1, a: 'é\u2028"\\\n\u0001', c: [true, false, null, []] }, { n: 2 ** 53 - 1, m: -(2 ** 53) + 1 }, { '🙂': { '': {} } }]) {
    holds('payload', `written: ${JSON.stringify(value).slice(0, 40)}`, 'to_json', { value });
  }
  for (const [name, value] of [['half a surrogate', { a: '\udc00' }], ['a fraction', { a: 0.5 }], ['a number of 2^53', { a: 2 ** 53 }], ['a list', [1]], ['text', 'a'], ['nine levels', JSON.parse(deep(9))], ['half a surrogate in a name', { '\ud83d': 1 }]]) {
    refused('payload', `not written: ${name}`, 'to_json', { value }, 'ValueError');
  }
  for (const text of ['{}', ' {\t"a" : [ 1 , -2 ,\r\n 0 ] } ', '{"a":"\\u00e9\\ud83d\\ude42\\/"}', '{"__proto__":1,"constructor":2}', deep(8), '{"a":9007199254740991}', '{"a":{"b":1},"b":2}']) {
    holds('payload', `read: ${text.slice(0, 40)}`, 'from_json', { data: utf8(text) });
  }
  const wrong = [
    '', ' ', '[]', '1', 'null', '"a"', '{"a":1,"a":1}', '{"a":1,"\\u0061":1}', '{"x":{"a":1,"a":2}}', '{"a":1.0}', '{"a":1e2}', '{"a":-0}', '{"a":01}', '{"a":+1}', '{"a":.5}',
    '{"a":9007199254740992}', '{"a":-9007199254740992}', '{"a":NaN}', '{"a":Infinity}', '{"a":"\\ud800"}', '{"a":"\\udc00\\ud800"}', '{"a":"\t"}', '{"a":"\\x41"}',
    '{"a":1,}', '{a:1}', "{'a':1}", '{"a":[1,]}', '{"a":tru}', '{"a"}', '{"a":}', '{"a":1}x', '{"a":1}{}', '{"a":1', '{"a":[1', '\ufeff{}', '{} \u00a0', '{"a":1}//', deep(9), `{"a":${'['.repeat(500)}`,
  ];
  for (const text of wrong) refused('payload', `not read: ${text.slice(0, 40)}`, 'from_json', { data: utf8(text) }, 'Malformed');
  refused('payload', 'not read: bytes that are no UTF-8', 'from_json', { data: Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d) }, 'Malformed');
}

export function make(recorder) {
  makeBoxes(recorder);
  makeSeals(recorder);
  makeSecrets(recorder);
  makeAccounts(recorder);
  makePayloads(recorder);
}
