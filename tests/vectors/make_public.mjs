import { FRAMES, frame } from '../../static/js/crypto/frame.js';
import { H, compare, concat, hex, sodium, utf8 } from '../../static/js/crypto/bytes.js';
import * as checkpoint from '../../static/js/crypto/checkpoint.js';
import { sign, signThing } from '../../static/js/crypto/keys.js';
import { signNote } from '../../static/js/crypto/checkpoint.js';
import * as log from '../../static/js/crypto/log.js';
import * as methods from '../../static/js/crypto/method.js';
import * as tree from '../../static/js/crypto/tree.js';
import { bent, bytes, person, zeros } from './cast.mjs';

const site = bytes('site');

/** Some value of a type. */
function sample(tag, name, type) {
  const size = Number(type.slice(1));
  const stretch = (label, n) => concat(...Array.from({ length: Math.ceil(n / 32) }, (_, i) => bytes(`${label} ${i}`))).slice(0, n);
  if (type === 'u') return parseInt(hex(bytes(`${tag} ${name}`, 6)), 16);
  if (type[0] === 't') return 'élan'.slice(0, size);
  if (type[0] === 'v') return stretch(name, Math.min(size, 72));
  if (type[0] === 'b') return stretch(name, size);
  const items = ['c', 'a', 'b'].map((label) => stretch(`${name} ${label}`, size));
  return type[0] === 'l' ? items.sort(compare) : items;
}

function makeFrames({ holds, refused }) {
  for (const [tag, fields] of FRAMES) {
    const given = Object.fromEntries(fields.map(([name, type]) => [name, sample(tag, name, type)]));
    holds('frame', `the one encoding of ${tag}`, 'frame', { tag, fields: given });
    holds('frame', `${tag} read back`, 'unframe', { tag, data: frame(tag, given) }, given);
  }
  const tag = frame('tag', { lane: 'entry', n: 1 });
  const of = (fields) => ({ tag: 'tag', fields: { lane: 'entry', n: 1, ...fields } });
  refused('frame', 'a number of 2^53', 'frame', of({ n: 2 ** 53 }), 'ValueError');
  refused('frame', 'a number below nothing', 'frame', of({ n: -1 }), 'ValueError');
  refused('frame', 'true is no number', 'frame', of({ n: true }), 'ValueError');
  refused('frame', 'a fraction', 'frame', of({ n: 1.5 }), 'ValueError');
  refused('frame', 'half a surrogate pair', 'frame', of({ lane: 'a\ud800' }), 'ValueError');
  refused('frame', 'text not NFC', 'frame', of({ lane: 'e\u0301' }), 'ValueError');
  refused('frame', 'a byte order mark', 'frame', of({ lane: '\ufeffa' }), 'ValueError');
  refused('frame', 'text too long in bytes', 'frame', of({ lane: 'é'.repeat(9) }), 'ValueError');
  refused('frame', 'a field too many', 'frame', of({ extra: 1 }), 'ValueError');
  refused('frame', 'a field missing', 'frame', { tag: 'tag', fields: { lane: 'a' } }, 'ValueError');
  refused('frame', 'no such tag', 'frame', { tag: 'tags', fields: {} }, 'ValueError');
  refused('frame', 'an item twice', 'frame', { tag: 'signed', fields: { thing: zeros(1), sigs: [zeros(96), zeros(96)] } }, 'ValueError');
  refused('frame', 'an item of another length', 'frame', { tag: 'signed', fields: { thing: zeros(1), sigs: [zeros(95)] } }, 'ValueError');
  holds('frame', 'a list is sorted when it is written', 'frame', { tag: 'rekey', fields: { entry: zeros(0), grants: [concat(utf8('b'), zeros(1199)), zeros(1200)], lane_key: zeros(32) } });
  holds('frame', 'a list in order keeps repeats', 'frame', { tag: 'receipt', fields: { salt: zeros(32), event: zeros(0), tag: zeros(32), index: 3, proof: [bytes('b'), bytes('a'), bytes('b')], checkpoint: '' } });
  for (let n = 0; n < tag.length; n += 5) refused('frame', `cut to ${n} bytes`, 'unframe', { tag: 'tag', data: tag.slice(0, n) }, 'Malformed');
  refused('frame', 'a byte after it', 'unframe', { tag: 'tag', data: concat(tag, zeros(1)) }, 'Malformed');
  refused('frame', 'another tag', 'unframe', { tag: 'lane', data: tag }, 'Malformed');
  refused('frame', 'another version', 'unframe', { tag: 'tag', data: concat(utf8('AL2'), tag.slice(3)) }, 'Malformed');
  refused('frame', 'another count', 'unframe', { tag: 'tag', data: bent(tag, 7) }, 'Malformed');
  refused('frame', 'a number of 2^53 received', 'unframe', { tag: 'tag', data: concat(tag.slice(0, -8), Uint8Array.of(0, 32, 0, 0, 0, 0, 0, 0)) }, 'Malformed');
  refused('frame', 'bytes that are no UTF-8', 'unframe', { tag: 'tag', data: Uint8Array.from(tag, (b, i) => (i === 12 ? 0xff : b)) }, 'Malformed');
  const pair = frame('signed', { thing: zeros(0), sigs: [bytes('a'), bytes('b')].map((x) => concat(x, zeros(64))) });
  const swapped = concat(pair.slice(0, -192), pair.slice(-96), pair.slice(-192, -96));
  const doubled = concat(pair.slice(0, -192), pair.slice(-96), pair.slice(-96));
  refused('frame', 'a list out of order', 'unframe', { tag: 'signed', data: swapped }, 'Malformed');
  refused('frame', 'an item twice received', 'unframe', { tag: 'signed', data: doubled }, 'Malformed');
  holds('frame', 'the hash of a frame', 'H', { data: tag });
  holds('frame', 'the tag of a frame', 'tag_of', { data: tag }, 'tag');
  refused('frame', 'no frame at all', 'tag_of', { data: utf8('AL1') }, 'Malformed');
}

function makeOuter({ holds, refused }) {
  for (const n of [0, 255, 256, 257, 288, 1000, 4095, 4097, 65537, 10 ** 6, 2 ** 40 + 1, 2 ** 52 - 1]) {
    holds('outer', `the padded length of ${n}`, 'padme', { length: n });
  }
  refused('outer', 'a length below nothing', 'padme', { length: -1 }, 'ValueError');
  const sealed = (n) => concat(Uint8Array.of(0xff), zeros(n - 1));
  holds('outer', 'a box of 328 bytes', 'check_box', { data: sealed(328), plain_length: 32 });
  refused('outer', 'a box for another length inside', 'check_box', { data: sealed(344), plain_length: 32 }, 'Malformed');
  refused('outer', 'a box one byte too long', 'check_box', { data: sealed(329) }, 'Malformed');
  refused('outer', 'a box too short', 'check_box', { data: sealed(72) }, 'Malformed');
  refused('outer', 'text as long as a box', 'check_box', { data: utf8('é'.repeat(164)) }, 'Malformed');
  holds('outer', 'a chunk', 'check_chunk', { data: sealed(272) });
  refused('outer', 'a chunk of nothing', 'check_chunk', { data: zeros(0) }, 'Malformed');
  refused('outer', 'text as a chunk', 'check_chunk', { data: utf8('a'.repeat(300)) }, 'Malformed');
}

function makeSigning({ holds, refused }) {
  const [sara, nora] = ['Sara', 'Nora'].map(person);
  const x = frame('tag', { lane: 'entry', n: 1 });
  const sig = sign(sara.ed_seed, x);
  holds('signing', 'a signature of this side', 'verify', { ed_pk: sara.ed_pk, x, sig });
  refused('signing', 'over another frame', 'verify', { ed_pk: sara.ed_pk, x: frame('tag', { lane: 'entry', n: 2 }), sig }, 'BadSignature');
  refused('signing', 'of another key', 'verify', { ed_pk: nora.ed_pk, x, sig }, 'BadSignature');
  refused('signing', 'cut short', 'verify', { ed_pk: sara.ed_pk, x, sig: sig.slice(1) }, 'BadSignature');
  refused('signing', 'a key of another length', 'verify', { ed_pk: zeros(31), x, sig }, 'ValueError');
  // Points of small order, whose signature (R of small order, S = 0) a lax verifier takes for every message.
  const small = [
    `01${'00'.repeat(31)}`, `${'00'.repeat(32)}`, `${'00'.repeat(31)}80`, `ec${'ff'.repeat(30)}7f`,
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  ];
  for (const point of small) {
    const ed_pk = Uint8Array.from(point.match(/../g), (pair) => parseInt(pair, 16));
    refused('signing', `a key of small order ${point.slice(0, 4)}`, 'verify', { ed_pk, x, sig: concat(ed_pk, zeros(32)) }, 'BadSignature');
  }
  const signed = signThing(x, [[sara.fp, sara.ed_seed], [nora.fp, nora.ed_seed]]);
  holds('signing', 'a signed thing taken apart', 'read_signed', { data: signed });
  holds('signing', 'who signed, of those who are known', 'verify_signed', { data: signed, keys: [[nora.fp, nora.ed_pk]] }, [nora.fp]);
  holds('signing', 'nobody known signed', 'verify_signed', { data: signed, keys: [] }, []);
  refused('signing', 'a known name over a wrong signature', 'verify_signed', { data: signed, keys: [[nora.fp, sara.ed_pk]] }, 'BadSignature');
  const twice = frame('signed', { thing: x, sigs: [concat(sara.fp, sig), concat(sara.fp, bent(sig))] });
  refused('signing', 'one signer twice', 'read_signed', { data: twice }, 'Malformed');
  const by = methods.method(bytes('secret'), site, 'peer', 'words');
  const header = methods.authorization(by, site, bytes('nonce'), zeros(32));
  holds('signing', 'a sign-in of this side', 'check_login', { login_pk: by.login_pk, site, header });
  refused('signing', 'a sign-in at another site', 'check_login', { login_pk: by.login_pk, site: bytes('other'), header }, 'BadSignature');
  refused('signing', 'a header cut short', 'read_authorization', { header: header.slice(0, -1) }, 'Malformed');
  refused('signing', 'a header with padding', 'read_authorization', { header: `${header.slice(0, -1)}=` }, 'Malformed');
}

function makeLog({ holds, refused }) {
  const hashes = Array.from({ length: 11 }, (_, i) => log.leafHash(utf8(`leaf ${i}`)));
  holds('log', 'a tag in a lane', 'lane_tag', { k: bytes('lane'), lane: 'entry', n: 7 });
  refused('log', 'a lane key of another length', 'lane_tag', { k: zeros(31), lane: 'entry', n: 7 }, 'ValueError');
  holds('log', 'the tag of a leaf of an account', 'account_tag', { fp: bytes('fp'), sent: bytes('sent') });
  refused('log', 'a sent tag of 33 bytes', 'account_tag', { fp: bytes('fp'), sent: zeros(33) }, 'ValueError');
  for (const name of ['root', 'directory', 'manifest', 'release', 'restore']) holds('log', `the lane ${name}`, 'site_lane_key', { site, name });
  refused('log', 'no such lane', 'site_lane_key', { site, name: 'entry' }, 'ValueError');
  const event = log.makeEvent('record', 20779, bytes('case', 16), bytes('actor'), bytes('object'));
  holds('log', 'a commitment', 'commit', { salt: bytes('salt'), event });
  holds('log', 'a leaf of 81 bytes', 'leaf', { tag: bytes('tag'), commitment: bytes('commit') });
  holds('log', 'the hash of a leaf', 'leaf_hash', { data: utf8('leaf') });
  holds('log', 'the hash of two', 'node_hash', { left: hashes[0], right: hashes[1] }, log.root(hashes.slice(0, 2)));
  for (const n of [0, 1, 2, 7, 11]) holds('log', `the root of ${n}`, 'root', { hashes: hashes.slice(0, n) });
  for (const [index, size] of [[0, 1], [0, 2], [6, 7], [10, 11], [3, 11]]) {
    const proof = log.inclusion(hashes.slice(0, size), index);
    const given = { leaf_hash: hashes[index], index, size, proof, root: log.root(hashes.slice(0, size)) };
    holds('log', `the proof that ${index} is in ${size}`, 'inclusion', { hashes: hashes.slice(0, size), index });
    holds('log', `${index} is in ${size}`, 'verify_inclusion', given);
    refused('log', `${index} is in ${size}, with a hash too many`, 'verify_inclusion', { ...given, proof: [...proof, bytes('x')] }, 'WrongPlace');
    refused('log', `${index} is in ${size}, another root`, 'verify_inclusion', { ...given, root: bytes('x') }, 'WrongPlace');
    refused('log', `${index} is in ${size}, a root of 12 bytes`, 'verify_inclusion', { ...given, root: bytes('x', 12) }, 'Malformed');
  }
  for (const [m, n] of [[1, 1], [1, 2], [2, 11], [6, 7], [8, 11]]) {
    const proof = log.consistency(hashes.slice(0, n), m);
    const given = { size1: m, size2: n, proof, root1: log.root(hashes.slice(0, m)), root2: log.root(hashes.slice(0, n)) };
    holds('log', `the proof that ${n} begins with ${m}`, 'consistency', { hashes: hashes.slice(0, n), size: m });
    holds('log', `${n} begins with ${m}`, 'verify_consistency', given);
    refused('log', `${n} begins with ${m}, a hash too many`, 'verify_consistency', { ...given, proof: [...proof, bytes('x')] }, 'WrongPlace');
    refused('log', `${n} begins with ${m}, another tree`, 'verify_consistency', { ...given, root1: bytes('x') }, 'WrongPlace');
  }
  refused('log', 'nothing follows from none', 'verify_consistency', { size1: 0, size2: 1, proof: [], root1: log.root([]), root2: hashes[0] }, 'WrongPlace');
}

function makeTree({ holds, refused }) {
  const hashes = Array.from({ length: 21 }, (_, i) => log.leafHash(utf8(`line ${i}`)));
  const at = (n) => tree.extend([], 0, hashes.slice(0, n))[0];
  for (const n of [0, 1, 2, 7, 8, 21]) {
    holds('tree', `${n} lines from nothing`, 'extend', { frontier: [], size: 0, leaf_hashes: hashes.slice(0, n) });
    holds('tree', `the root of ${n}`, 'frontier_root', { frontier: at(n), size: n }, log.root(hashes.slice(0, n)));
  }
  for (const [m, n] of [[1, 2], [3, 4], [7, 8], [8, 21], [5, 5], [20, 21]]) {
    holds('tree', `from ${m} lines to ${n}`, 'extend', { frontier: at(m), size: m, leaf_hashes: hashes.slice(m, n) }, [at(n), n]);
  }
  refused('tree', 'a hash too few for its size', 'frontier_root', { frontier: at(7).slice(1), size: 7 }, 'ValueError');
  refused('tree', 'a hash of 31 bytes', 'frontier_root', { frontier: [zeros(31)], size: 8 }, 'ValueError');
  refused('tree', 'hashes of another size', 'extend', { frontier: at(6), size: 7, leaf_hashes: [] }, 'ValueError');
  refused('tree', 'a leaf of 33 bytes', 'extend', { frontier: [], size: 0, leaf_hashes: [zeros(33)] }, 'ValueError');
}

function makeNotes({ holds, refused }) {
  const key = person('Log');
  const [k, leaf] = [1, bytes('leaf')];
  const name = checkpoint.promiseOrigin(site);
  const text = checkpoint.promiseText(site, leaf, 1795000000);
  const note = signNote(text, name, key.ed_seed);
  const keys = [[name, key.ed_pk]];
  const of = (given) => ({ note, keys, ...given });
  holds('checkpoint', 'a key in a line', 'vkey', { name: 'alongside', ed_pk: key.ed_pk });
  holds('checkpoint', 'a key read', 'read_vkey', { text: checkpoint.vkey('alongside', key.ed_pk) });
  refused('checkpoint', 'a key under another name', 'read_vkey', { text: checkpoint.vkey('alongside', key.ed_pk).replace('along', 'be') }, 'Malformed');
  refused('checkpoint', 'a name with a space', 'vkey', { name: 'along side', ed_pk: key.ed_pk }, 'ValueError');
  holds('checkpoint', 'three lines of a promise', 'promise_text', { site, leaf_hash: leaf, unix_s: 1795000000 });
  holds('checkpoint', 'a promise read', 'read_promise', { text });
  refused('checkpoint', 'a time with a zero before it', 'read_promise', { text: text.replace('\n1795', '\n01795') }, 'Malformed');
  holds('checkpoint', 'a note of this side', 'open_note', of({}), text);
  holds('keys', 'the same note made again', 'sign_note', { text, name, ed_seed: key.ed_seed }, note);
  refused('checkpoint', 'nobody known signed it', 'open_note', of({ keys: [] }), 'BadSignature');
  refused('checkpoint', 'its text was changed', 'open_note', of({ note: note.replace('\n1795', '\n1796') }), 'BadSignature');
  refused('checkpoint', 'a tab in a note', 'open_note', of({ note: `\t${note}` }), 'Malformed');
  refused('checkpoint', 'no signature', 'open_note', of({ note: text }), 'Malformed');
  refused('checkpoint', 'no last line break', 'open_note', of({ note: note.trimEnd() }), 'Malformed');
  holds('checkpoint', 'the origin of a log', 'origin', { site, k });
  refused('checkpoint', 'a log without a number', 'origin', { site, k: 0 }, 'ValueError');
  const tree = checkpoint.checkpointText(site, k, 5, bytes('root'));
  holds('checkpoint', 'three lines of a checkpoint', 'checkpoint_text', { site, k, size: 5, root: bytes('root') }, tree);
  refused('checkpoint', 'a checkpoint of half a leaf', 'checkpoint_text', { site, k, size: 0.5, root: bytes('root') }, 'ValueError');
  refused('checkpoint', 'a checkpoint of a root of 31 bytes', 'checkpoint_text', { site, k, size: 5, root: bytes('root', 31) }, 'ValueError');
  holds('checkpoint', 'a checkpoint read', 'read_checkpoint', { text: tree });
  const signature = sodium.crypto_sign_detached(utf8(text), sodium.crypto_sign_seed_keypair(key.ed_seed).privateKey);
  const apart = { text, name, ed_pk: key.ed_pk, signature };
  holds('checkpoint', 'a note put together', 'signed_note', apart, note);
  refused('checkpoint', 'a note without a last line break', 'signed_note', { ...apart, text: text.trimEnd() }, 'ValueError');
  refused('checkpoint', 'a signature of 63 bytes', 'signed_note', { ...apart, signature: signature.slice(1) }, 'ValueError');
  makeCosignatures({ holds, refused }, signNote(tree, checkpoint.origin(site, k), key.ed_seed), tree);
  makeReceipts({ holds, refused }, key);
}

/** A line of a witness, as C2SP tlog-cosignature says. */
function cosigned(name, { ed_seed, ed_pk }, text, time) {
  const { privateKey } = sodium.crypto_sign_seed_keypair(ed_seed);
  const sig = sodium.crypto_sign_detached(utf8(`cosignature/v1\ntime ${time}\n${text}`), privateKey);
  const when = new Uint8Array(8);
  new DataView(when.buffer).setBigUint64(0, BigInt(time));
  const line = concat(checkpoint.keyId(name, ed_pk, checkpoint.COSIGNATURE), when, sig);
  return `\u2014 ${name} ${Buffer.from(line).toString('base64')}\n`;
}

function makeCosignatures({ holds, refused }, note, text) {
  const [wanda, omar] = ['Wanda', 'Omar'].map(person);
  const [one, two] = ['wanda.example/log', 'omar.example/log'];
  const time = 1795000000;
  const seen = note + cosigned(one, wanda, text, time);
  const keys = [[one, wanda.ed_pk]];
  const yes = (name, given, out) => holds('checkpoint', name, 'cosignatures', { keys, ...given }, out);
  const no = (name, given, expect) => refused('checkpoint', name, 'cosignatures', { keys, ...given }, expect);
  yes('no witness', { note }, new Map());
  yes('a witness, and the time', { note: seen }, new Map([[one, time]]));
  yes('a witness who is not known is passed over', { note: seen + cosigned(two, omar, text, time) }, new Map([[one, time]]));
  yes('two witnesses', { note: seen + cosigned(two, omar, text, time + 1), keys: [...keys, [two, omar.ed_pk]] });
  const others = cosigned(one, wanda, text.replace('\n5\n', '\n6\n'), time);
  yes('a witness of another tree', { note: note + others }, new Map());
  yes('a known name over the key of another', { note: note + cosigned(one, { ...omar, ed_pk: wanda.ed_pk }, text, time) }, new Map());
  yes('a bad line takes no other witness with it', { note: note + others + cosigned(two, omar, text, time), keys: [...keys, [two, omar.ed_pk]] }, new Map([[two, time]]));
  yes('the newer of two words of one witness', { note: seen + cosigned(one, wanda, text, time + 9) + cosigned(one, wanda, text, time + 5) }, new Map([[one, time + 9]]));
  no('a line that is none', { note: `${note}\u2014 ${one}\n` }, 'Malformed');
}

function makeReceipts({ holds, refused }, key) {
  const event = log.makeEvent('record', 20779, bytes('case', 16), bytes('actor'), bytes('object'));
  const leaf = { salt: bytes('salt'), event, tag: bytes('tag') };
  const hash = log.leafHash(log.leaf(leaf.tag, log.commit(leaf.salt, event)));
  const log_vkey = checkpoint.vkey('alongside', key.ed_pk);
  const name = checkpoint.promiseOrigin(site);
  const promise = (of, seed = key.ed_seed) => signNote(checkpoint.promiseText(site, of, 1795000000), name, seed);
  const receipt = (rest) => ({ receipt_frame: frame('receipt', { ...leaf, index: 0, proof: [], checkpoint: promise(hash), ...rest }), site, log_vkey });
  holds('receipt', 'a promise of this leaf', 'check_receipt', receipt({}));
  refused('receipt', 'a promise of another leaf', 'check_receipt', receipt({ checkpoint: promise(bytes('x')) }), 'WrongPlace');
  refused('receipt', 'a promise by another key', 'check_receipt', receipt({ checkpoint: promise(hash, bytes('other seed')) }), 'BadSignature');
  refused('receipt', 'a promise with an index', 'check_receipt', receipt({ index: 1 }), 'Malformed');
  refused('receipt', 'a promise of another site', 'check_receipt', { ...receipt({}), site: bytes('other') }, 'WrongPlace');
  const hashes = [...Array.from({ length: 4 }, (_, i) => bytes(`hash ${i}`)), hash];
  const note = (k, size) => signNote(checkpoint.checkpointText(site, k, size, log.root(hashes.slice(-size))), checkpoint.origin(site, k), key.ed_seed);
  const included = { index: 4, proof: log.inclusion(hashes, 4), checkpoint: note(2, 5) };
  holds('receipt', 'a place in the log', 'check_receipt', receipt(included));
  refused('receipt', 'a tree of one leaf', 'check_receipt', receipt({ checkpoint: note(1, 1) }), 'WrongPlace');
  refused('receipt', 'another place', 'check_receipt', receipt({ ...included, index: 3 }), 'WrongPlace');
}

export function make(recorder) {
  makeFrames(recorder);
  makeOuter(recorder);
  makeSigning(recorder);
  makeLog(recorder);
  makeTree(recorder);
  makeNotes(recorder);
}
