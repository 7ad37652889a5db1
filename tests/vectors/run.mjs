// Runs shared vectors through static/js/crypto/, in Node and in a browser's page or worker alike.
import * as boxes from '../../static/js/crypto/box.js';
import { H, hex, hkdf, ready, unhex } from '../../static/js/crypto/bytes.js';
import * as chains from '../../static/js/crypto/chain.js';
import * as checkpoint from '../../static/js/crypto/checkpoint.js';
import * as directory from '../../static/js/crypto/directory.js';
import * as entry from '../../static/js/crypto/entry.js';
import { openExport } from '../../static/js/crypto/export.js';
import * as frames from '../../static/js/crypto/frame.js';
import * as keys from '../../static/js/crypto/keys.js';
import * as letter from '../../static/js/crypto/letter.js';
import * as log from '../../static/js/crypto/log.js';
import * as method from '../../static/js/crypto/method.js';
import * as people from '../../static/js/crypto/people.js';
import * as record from '../../static/js/crypto/record.js';
import * as row from '../../static/js/crypto/row.js';
import * as seal from '../../static/js/crypto/seal.js';
import * as submission from '../../static/js/crypto/submission.js';
import * as tree from '../../static/js/crypto/tree.js';
import * as words from '../../static/js/crypto/words.js';

/** JSON to values: `{"hex": ...}` is bytes. */
export function fromWire(value) {
  if (Array.isArray(value)) return value.map(fromWire);
  if (value === null || typeof value !== 'object') return value;
  const names = Object.keys(value);
  if (names.length === 1 && names[0] === 'hex') return unhex(value.hex);
  return Object.fromEntries(names.map((name) => [name, fromWire(value[name])]));
}

/** Values to JSON. A map by hex or name is a list of pairs, a set of hex a list of bytes, both in byte order. */
export function toWire(value) {
  const key = (text) => (/^(?:[0-9a-f]{2}){16,}$/.test(text) ? { hex: text } : text);
  if (value instanceof Uint8Array) return { hex: hex(value) };
  if (value instanceof Map) return [...value.keys()].sort().map((name) => [key(name), toWire(value.get(name))]);
  if (value instanceof Set) return [...value].sort().map(key);
  if (Array.isArray(value)) return value.map(toWire);
  if (value === undefined) return null;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).map((name) => [name, toWire(value[name])]));
}

/** One text for one value, whatever the order of its names. */
function canonical(value) {
  const sorted = (_, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.keys(inner).sort().map((name) => [name, inner[name]]))
      : inner;
  return JSON.stringify(value, sorted);
}

const only = (value, names) => Object.fromEntries(names.split(' ').map((name) => [name, value[name]]));
const byHash = (list) => new Map(list.map((data) => [hex(H(data)), data]));
const pairs = (list) => new Map(list.map(([name, value]) => [hex(name), value]));
const set = (list) => (list === null ? null : new Set((list ?? []).map(hex)));
const who = (value) => (value && value.ed_seed ? keys.identity(value.ed_seed, value.xwing_seed) : value);
const noteKeys = (list, algorithm) => new Map(list.map(([name, pk]) => checkpoint.noteKey(name, pk, algorithm)));

function startDirectory(a) {
  return directory.start(a.site, a.roots, a.directories, byHash(a.bindings ?? []));
}

function runDirectory(a) {
  const state = startDirectory(a);
  for (const signed of a.accept ?? []) state.accept(signed, byHash(a.bindings ?? []));
  if (a.now !== undefined && a.now !== null) state.checkFresh(a.now);
  return only(state, 'version hash bindings revoked coordinators rooted');
}

function runExport(a) {
  const { reading, people, letters, ...found } = openExport(a.data, a.secret);
  const records = (reading?.items ?? []).filter((item) => item.kind === 'record');
  return {
    ...only(found, 'site role fp notebook'),
    letters: letters.map((letter) => letter.payload),
    items: records.map((item) => only(item, 'kind payload unreadable')),
    people: new Set(people.keys()),
  };
}

function runChain(a) {
  const chain = new chains.Chain(a.site, a.case);
  const judging = { revoked: set(a.revoked ?? []), left: set(a.left === undefined ? [] : a.left), new: a.new ?? true };
  const known = byHash(a.identities);
  const take = (one) => (one.header ? chain.acceptErased(one.header, one.hash) : chain.accept(one, known, judging));
  const kinds = a.entries.map((one) => take(one).kind);
  return { ...only(chain, 'seq head epoch roster_hash owner members'), kinds };
}

/** Each function by its Python name: the arguments in order, those after `|` as options, and what differs by language. */
const CALLS = {
  directory: runDirectory,
  chain: runChain,
  open_export: runExport,
  frame: [frames.frame, 'tag fields'],
  unframe: [frames.unframe, 'tag data'],
  tag_of: [frames.tagOf, 'data'],
  H: [H, 'data'],
  padme: [boxes.padme, 'length'],
  check_box: (a) => void boxes.checkBox(a.data, a.plain_length),
  check_chunk: (a) => void boxes.checkChunk(a.data),
  verify: [keys.verify, 'ed_pk x sig'],
  read_signed: [keys.readSigned, 'data'],
  verify_signed: (a) => keys.verifySigned(a.data, pairs(a.keys)).map(unhex),
  read_authorization: [keys.readAuthorization, 'header'],
  check_login: (a) => only(keys.checkLogin(a.login_pk, a.site, a.header), 'locator nonce act'),
  fingerprint: [people.fingerprint, 'identity_frame'],
  read_identity: [people.readIdentity, 'identity_frame'],
  safety_words: [people.safetyWords, 'fp'],
  check_name: [people.checkName, 'name'],
  read_binding: [people.readBinding, 'signed_or_frame'],
  read_root: [people.readRoot, 'root_frame'],
  check_binding: (a) => startDirectory(a).checkBinding(a.binding),
  role_holders: (a) => startDirectory(a).roleHolders(a.role, byHash(a.bindings ?? [])).map((person) => person.hash),
  check_duty: (a) => startDirectory(a).checkDuty(a.signed, byHash(a.bindings ?? []), a.now_s),
  next_directory: (a) => directory.nextDirectory(startDirectory(a), a.add, a.drop, a.revoke, a.now_s),
  first_directory: [directory.firstDirectory, 'site root_hash bindings now_s'],
  case_id: [people.caseId, 'site owner parent nonce'],
  read_entry: [entry.readEntry, 'data'],
  read_rekey: [entry.readRekey, 'data'],
  lane_tag: [log.laneTag, 'k lane n'],
  account_tag: [log.accountTag, 'fp sent'],
  site_lane_key: [log.siteLaneKey, 'site name'],
  make_event: [log.makeEvent, 'event_type day subject actor object_hash'],
  commit: [log.commit, 'salt event'],
  leaf: [log.leaf, 'tag commitment'],
  leaf_hash: [log.leafHash, 'data'],
  node_hash: [log.nodeHash, 'left right'],
  root: [log.root, 'hashes'],
  inclusion: [log.inclusion, 'hashes index'],
  consistency: [log.consistency, 'hashes size'],
  verify_inclusion: [log.verifyInclusion, 'leaf_hash index size proof root'],
  verify_consistency: [log.verifyConsistency, 'size1 size2 proof root1 root2'],
  frontier_root: [tree.frontierRoot, 'frontier size'],
  extend: [tree.extend, 'frontier size leaf_hashes'],
  key_id: [checkpoint.keyId, 'name ed_pk algorithm'],
  vkey: [checkpoint.vkey, 'name ed_pk algorithm'],
  read_vkey: [checkpoint.readVkey, 'text'],
  open_note: (a) => checkpoint.openNote(a.note, noteKeys(a.keys)),
  cosignatures: (a) => checkpoint.cosignatures(a.note, noteKeys(a.keys, checkpoint.COSIGNATURE)),
  signed_note: [checkpoint.signedNote, 'text name ed_pk signature'],
  origin: [checkpoint.origin, 'site k'],
  promise_text: [checkpoint.promiseText, 'site leaf_hash unix_s'],
  read_promise: [checkpoint.readPromise, 'text'],
  checkpoint_text: [checkpoint.checkpointText, 'site k size root'],
  read_checkpoint: [checkpoint.readCheckpoint, 'text'],
  check_receipt: [log.checkReceipt, 'receipt_frame site log_vkey'],
  hkdf: [hkdf, 'ikm info n'],
  sign: [keys.sign, 'ed_seed x'],
  ed_public: [keys.publicKey, 'ed_seed'],
  sign_thing: [keys.signThing, 'thing signers'],
  sign_note: [checkpoint.signNote, 'text name ed_seed'],
  identity: (a) => only(keys.identity(a.ed_seed, a.xwing_seed), 'ed_pk xwing_pk frame fp'),
  lane_account: (a) => keys.laneAccount(who(a.identity)),
  read_words: [words.readWords, 'text'],
  suggest: [words.suggest, 'prefix'],
  words_secret: [method.wordsSecret, 'words site role email'],
  sheet_text: [method.sheetText, 'code site'],
  read_sheet: [method.readSheet, 'text site'],
  root_seed: [method.rootSeed, 'code index'],
  root_sheet_text: [method.rootSheetText, 'code'],
  read_root_sheet: [method.readRootSheet, 'text'],
  method: [method.method, 'secret site role kind'],
  passkey_input: [method.passkeyInput, 'site role'],
  authorization: [method.authorization, 'method site nonce act'],
  unwrap: [method.unwrap, 'method site role fp wrapped'],
  open_bundle: (a) => only(keys.openBundle(a.account_key, a.site, a.role, a.fp, a.sealed), 'ed_seed xwing_seed'),
  open_notebook: [keys.openNotebook, 'account_key site fp version sealed'],
  open_draft: [keys.openDraft, 'account_key site fp draft sealed'],
  open_tab: [keys.openTab, 'share site fp sealed'],
  box: [boxes.box, 'key x plaintext nonce'],
  unbox: [boxes.unbox, 'key x sealed'],
  seal: [seal.seal, 'xwing_pk x key32 coins'],
  open_seal: [seal.openSeal, 'xwing_seed x sealed'],
  kc: [entry.kc, 'epoch_key case e'],
  lane_key: [entry.laneKey, 'epoch_key case e'],
  open_grant: (a) => entry.openGrant(a.grant, a.roster, who(a.identity)),
  open_link: [entry.openLink, 'roster epoch_key last_roster'],
  author_allowed: [record.authorAllowed, 'kind is_owner is_about_self'],
  open_record: [record.openRecord, 'entry epoch_key author_ed_pk'],
  to_json: [boxes.toJson, 'value'],
  from_json: [boxes.fromJson, 'data'],
  role_address: [letter.roleAddress, 'site role'],
  read_mail: [letter.readMail, 'data'],
  letter_hash: [letter.letterHash, 'mail'],
  open_letter: (a) => letter.openLetter(a.mail, who(a.identity), a.sender_ed_pk, { site: a.site, roles: a.roles }),
  make_row: (a) => row.makeRow({ ...a, letter16: a.letter }),
  make_comment: (a) => row.makeComment({ ...a, letter16: a.letter }),
  row_payload: (a) => row.rowPayload(a),
  comment_payload: (a) => row.commentPayload(a),
  open_posted: (a) => row.openPosted(a.mail, who(a.steward), { site: a.site }),
  read_row: [letter.readRow, 'data site stewards'],
  read_posted: [letter.readPosted, 'mail site'],
  read_withdrawal: [letter.readWithdrawal, 'data site'],
  withdraw_hash: [letter.withdrawHash, 'site secret'],
  batch_hash: [letter.batchHash, 'hashes'],
  month_of: [letter.monthOf, 'day'],
  first_of_month: [letter.firstOfMonth, 'day'],
  check_enrol: [submission.checkEnrol, 'enrol sig site'],
  read_submission: (a) => {
    const parts = submission.readSubmission(a.data, a.site, a.identity);
    return { enrolled: parts.enrol !== null, ...only(parts, 'case owner hash') };
  },
};

/** What a vector's function gives, as JSON. */
export function call({ fn, in: given }) {
  const known = CALLS[fn];
  if (!known) throw new Error(`no function is called ${fn}`);
  const a = fromWire(given);
  if (typeof known === 'function') return toWire(known(a));
  const [run, order] = known;
  const names = order.split(' ');
  const extra = Object.keys(a).find((name) => !names.includes(name));
  if (extra) throw new Error(`${fn} has no argument ${extra}`);
  return toWire(run(...names.map((name) => a[name])));
}

/** A class as vectors name it. A TypeError of the engine's own is a fault of ours, not of the caller's. */
export function errorName(error) {
  const mistake = error instanceof RangeError || (error instanceof TypeError && error.message.endsWith('wanted'));
  return mistake ? 'ValueError' : error.name;
}

/** Nothing if the vector holds, else what happened instead. */
function fault(vector) {
  let out;
  try {
    out = call(vector);
  } catch (error) {
    const name = errorName(error);
    const same = !vector.positions || canonical(vector.positions) === canonical(error.positions);
    return vector.expect === name && same ? null : `${error.name}: ${error.message}`;
  }
  if (vector.expect) return `${vector.expect} was not raised`;
  return canonical(out) === canonical(vector.out) ? null : `gave ${canonical(out).slice(0, 300)}`;
}

/**
 * Run every vector of these files. @param {{module: string, vectors: any[]}[]} files @param {string} wordList
 * @returns {Promise<{passed: number, faults: string[]}>}
 */
export async function run(files, wordList) {
  await ready();
  words.setWords(wordList);
  const faults = [];
  let passed = 0;
  for (const { module, vectors } of files) {
    for (const vector of vectors) {
      const wrong = fault(vector);
      if (wrong) faults.push(`${module}: ${vector.name}: ${wrong}`);
      else passed += 1;
    }
  }
  return { passed, faults };
}
