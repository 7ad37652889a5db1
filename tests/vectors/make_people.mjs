import { H, hex } from '../../static/js/crypto/bytes.js';
import { frame } from '../../static/js/crypto/frame.js';
import * as checkpoint from '../../static/js/crypto/checkpoint.js';
import * as directory from '../../static/js/crypto/directory.js';
import { publicKey, signThing } from '../../static/js/crypto/keys.js';
import { NOW, bytes, bent, person, zeros } from './cast.mjs';

const DAY_S = 86400;
const rootSeeds = ['root a', 'root b', 'root c'].map((label) => bytes(label));
const rootKeys = rootSeeds.map(publicKey);

const rootFrame = (fields = {}) =>
  frame('root', {
    ...{ version: 1, prev: zeros(32), threshold: 2, root_pks: rootKeys, coordinators: 2, witnesses: '', quorum: 0 },
    log_vkey: checkpoint.vkey('alongside', person('Log').ed_pk),
    ...fields,
  });
const byRoots = (thing, which = [0, 1]) => signThing(thing, which.map((i) => [rootKeys[i], rootSeeds[i]]));
const by = (thing, ...people) => signThing(thing, people.map((one) => [one.fp, one.ed_seed]));

const root1 = rootFrame();
const site = H(root1);

function binding(name, roles, fields = {}) {
  const { ed_pk, xwing_pk } = person(name);
  const rest = { site, person: bytes(`${name} person`, 16), seq: 1, prev: zeros(32), name, day: 20779 };
  return frame('binding', { ...rest, roles, ed_pk, xwing_pk, ...fields });
}

function makePeople({ holds, refused }) {
  const nora = person('Nora');
  const bound = binding('Nora', 'supporter', { name: "Dr. Nora O'Neill-Đặng" });
  holds('people', 'a fingerprint', 'fingerprint', { identity_frame: nora.frame });
  holds('people', 'an identity', 'read_identity', { identity_frame: nora.frame });
  refused('people', 'an identity cut short', 'read_identity', { identity_frame: nora.frame.slice(1) }, 'Malformed');
  for (const name of ['Sara', 'Nora', 'Carl']) holds('people', `the words that name ${name}`, 'safety_words', { fp: person(name).fp });
  for (const name of ['Nora', 'Ana María 2', 'Ђорђе', "d'Arc", '이름']) holds('people', `a name: ${name}`, 'check_name', { name });
  for (const name of ['', ' Nora', 'Nora ', 'No  ra', 'No\tra', 'Nora<b>', '12', 'Nora\u200b', 'e\u0301', 'a'.repeat(121), 'Nora\n']) {
    refused('people', `no name: ${JSON.stringify(name)}`, 'check_name', { name }, 'Malformed');
  }
  holds('people', 'a binding with its own signature', 'read_binding', { signed_or_frame: by(bound, nora) });
  holds('people', 'a binding alone', 'read_binding', { signed_or_frame: bound });
  refused('people', 'a binding that another signed', 'read_binding', { signed_or_frame: by(bound, person('Omar')) }, 'BadSignature');
  const forged = signThing(bound, [[nora.fp, person('Omar').ed_seed]]);
  refused('people', "a binding with a forged signature", 'read_binding', { signed_or_frame: forged }, 'BadSignature');
  for (const roles of ['', 'admin', 'supporter,auditor', 'supporter,supporter', 'supporter, steward', 'supporter,']) {
    refused('people', `roles: ${roles}`, 'read_binding', { signed_or_frame: binding('Nora', roles) }, 'Malformed');
  }
  refused('people', 'a first binding after another', 'read_binding', { signed_or_frame: binding('Nora', 'supporter', { prev: bytes('x') }) }, 'Malformed');
  refused('people', 'a second binding after none', 'read_binding', { signed_or_frame: binding('Nora', 'supporter', { seq: 2 }) }, 'Malformed');
  refused('people', 'a binding of nobody', 'read_binding', { signed_or_frame: binding('Nora', 'supporter', { name: '<b>' }) }, 'Malformed');
}

function makeDirectory({ holds, refused }) {
  const [carl, cora, nora] = ['Carl', 'Cora', 'Nora'].map(person);
  const [ofCarl, ofCora, ofNora] = [binding('Carl', 'coordinator'), binding('Cora', 'coordinator,steward'), binding('Nora', 'supporter')];
  const [ofRita, ofOmar] = [binding('Rita', 'researcher'), binding('Omar', 'coordinator')];
  const bindings = [ofCarl, ofCora, ofNora, ofRita, ofOmar];
  const first = directory.firstDirectory(site, H(root1), [ofCarl, ofCora].map(H), NOW);
  const roots = [byRoots(root1)];
  const directories = [byRoots(first)];
  const start = { site, roots, directories, bindings };
  const known = new Map(bindings.map((one) => [hex(H(one)), one]));
  const state = () => directory.start(site, roots, directories, known);
  const next = (add, drop, revoke, from = state(), now = NOW + 60) => directory.nextDirectory(from, add.map(H), drop.map(H), revoke, now);
  const after = (signed, more = {}) => ({ ...start, accept: [signed], ...more });
  const fields = { version: 2, prev: H(first), root: H(root1), issued: NOW + 60, expires: NOW + 60 + 7 * DAY_S, revoked: [] };
  const second = (change) => frame('directory', { site, ...fields, bindings: [ofCarl, ofCora].map(H), ...change });

  holds('directory', 'a root read', 'read_root', { root_frame: root1 });
  refused('directory', 'a root whose threshold nobody meets', 'read_root', { root_frame: rootFrame({ threshold: 4 }) }, 'Malformed');
  refused('directory', 'a first root that follows another', 'read_root', { root_frame: rootFrame({ prev: bytes('x') }) }, 'Malformed');
  refused('directory', 'a log key under another name', 'read_root', { root_frame: rootFrame({ log_vkey: checkpoint.vkey('other', carl.ed_pk) }) }, 'Malformed');
  holds('directory', 'a first directory', 'directory', start);
  holds('directory', 'version 1 for roots to sign', 'first_directory', { site, root_hash: H(root1), bindings: [ofCarl, ofCora].map(H), now_s: NOW }, first);
  refused('directory', 'roots of another site', 'directory', { ...start, site: bytes('other') }, 'WrongPlace');
  refused('directory', 'one root where two must sign', 'directory', { ...start, roots: [byRoots(root1, [0])] }, 'NotAllowed');
  refused('directory', 'no root', 'directory', { ...start, roots: [] }, 'ValueError');
  refused('directory', 'a first directory by coordinators', 'directory', { ...start, directories: [by(first, carl, cora)] }, 'NotAllowed');
  refused('directory', 'a root signature that is none', 'directory', { ...start, directories: [signThing(first, [[rootKeys[0], rootSeeds[1]]])] }, 'BadSignature');

  const withNora = next([ofNora], [], []);
  holds('directory', 'two coordinators add a supporter', 'directory', after(by(withNora, carl, cora)));
  refused('directory', 'one coordinator adds a supporter', 'directory', after(by(withNora, carl)), 'NotAllowed');
  refused('directory', 'a stranger beside a coordinator', 'directory', after(by(withNora, carl, nora)), 'NotAllowed');
  refused('directory', 'one of two signatures is forged', 'directory', after(signThing(withNora, [[carl.fp, carl.ed_seed], [cora.fp, carl.ed_seed]])), 'BadSignature');
  refused('directory', 'two coordinators add a third', 'directory', after(by(next([ofOmar], [], []), carl, cora)), 'NotAllowed');
  holds('directory', 'roots add a third coordinator', 'directory', after(byRoots(next([ofOmar], [], []))));
  holds('directory', 'one coordinator renews', 'directory', after(by(next([], [], []), carl)));
  holds('directory', 'one coordinator drops another', 'directory', after(by(next([], [ofCora], []), carl)));
  holds('directory', 'one coordinator revokes', 'directory', after(by(next([], [], [nora.fp]), carl)));
  const revoking = directory.start(site, roots, [byRoots(second({ revoked: [nora.fp] }))], known);
  const pardon = frame('directory', { site, ...fields, version: 3, prev: revoking.hash, bindings: [ofCarl, ofCora].map(H) });
  const revoked = { ...start, directories: [byRoots(second({ revoked: [nora.fp] }))] };
  refused('directory', 'coordinators pardon', 'directory', { ...revoked, accept: [by(pardon, carl, cora)] }, 'NotAllowed');
  holds('directory', 'roots pardon', 'directory', { ...revoked, accept: [byRoots(pardon)] });
  const carlOut = directory.start(site, roots, [byRoots(second({ revoked: [carl.fp] }))], known);
  const renewed = directory.nextDirectory(carlOut, [], [], [], NOW + 120);
  refused('directory', 'a revoked coordinator renews', 'directory', { ...start, directories: [byRoots(second({ revoked: [carl.fp] }))], accept: [by(renewed, carl)] }, 'NotAllowed');

  refused('directory', 'a version left out', 'directory', after(byRoots(second({ version: 3 }))), 'WrongPlace');
  refused('directory', 'after another version', 'directory', after(byRoots(second({ prev: bytes('x') }))), 'WrongPlace');
  refused('directory', 'of another site', 'directory', after(byRoots(second({ site: bytes('x') }))), 'WrongPlace');
  refused('directory', 'under another root', 'directory', after(byRoots(second({ root: bytes('x') }))), 'WrongPlace');
  refused('directory', 'in force for eight days', 'directory', after(byRoots(second({ expires: NOW + 60 + 8 * DAY_S }))), 'NotAllowed');
  refused('directory', 'over before it began', 'directory', after(byRoots(second({ expires: NOW + 60 }))), 'NotAllowed');
  refused('directory', 'older than the one before', 'directory', after(byRoots(second({ issued: NOW - 60, expires: NOW + DAY_S }))), 'NotAllowed');
  holds('directory', 'in force at its last second', 'directory', { ...start, now: NOW + 7 * DAY_S - 1 });
  refused('directory', 'expired', 'directory', { ...start, now: NOW + 7 * DAY_S }, 'Expired');
  refused('directory', 'dated two days ahead', 'directory', { ...start, now: NOW - 2 * DAY_S }, 'Expired');

  const root2 = rootFrame({ version: 2, prev: H(root1), threshold: 1, root_pks: [rootKeys[2]] });
  const under = frame('directory', { site, ...fields, root: H(root2), bindings: [] });
  holds('directory', 'a second root by two of the first', 'directory', { ...start, roots: [...roots, byRoots(root2)], directories: [byRoots(under, [2])] });
  refused('directory', 'a second root by itself', 'directory', { ...start, roots: [...roots, byRoots(root2, [2])], directories: [byRoots(under, [2])] }, 'NotAllowed');
  refused('directory', 'a second root left out', 'directory', { ...start, roots: [...roots, byRoots(rootFrame({ version: 3, prev: H(root2) }))] }, 'WrongPlace');

  holds('directory', 'a coordinator in force', 'check_binding', { ...start, binding: by(ofCarl, carl) });
  refused('directory', 'a supporter who is not listed', 'check_binding', { ...start, binding: ofNora }, 'NotAllowed');
  refused('directory', 'a binding of another site', 'check_binding', { ...start, binding: binding('Carl', 'coordinator', { site: bytes('x') }) }, 'WrongPlace');
  refused('directory', 'a coordinator who is revoked', 'check_binding', { ...start, directories: [byRoots(second({ revoked: [carl.fp] }))], binding: ofCarl }, 'NotAllowed');
  const sneaked = { ...start, directories: [...directories, by(next([ofOmar], [], []), carl, cora)], bindings: [ofCarl, ofCora] };
  refused('directory', 'a coordinator whom coordinators slipped in', 'check_binding', { ...sneaked, binding: ofOmar }, 'NotAllowed');
  holds('directory', 'who is a steward', 'role_holders', { ...start, role: 'steward' }, [H(ofCora)]);
  holds('directory', 'nobody audits', 'role_holders', { ...start, role: 'auditor' }, []);
  const added = { ...start, add: [H(ofNora)], drop: [H(ofCora)], revoke: [person('Omar').fp], now_s: NOW + 60 };
  holds('directory', 'the list that follows', 'next_directory', added, next([ofNora], [ofCora], [person('Omar').fp]));
  holds('directory', 'a list never issued before the last', 'next_directory', { ...added, now_s: NOW - 60 });
  makeDuty({ holds, refused }, start, { carl, cora, nora }, [ofCarl, ofNora].map(H));
  refused('directory', 'changed bytes', 'directory', after(bent(by(withNora, carl, cora), 20)), 'Malformed');
}

function makeDuty({ holds, refused }, start, { carl, cora, nora }, [ofCarl, ofNora]) {
  const duty = (change) => frame('duty', { site, issued: NOW, expires: NOW + DAY_S, bindings: [ofCarl], ...change });
  const given = (signed, now = NOW) => ({ ...start, signed, now_s: now });
  holds('directory', 'who may be a first reader', 'check_duty', given(by(duty(), cora)), [ofCarl]);
  holds('directory', 'nobody on duty', 'check_duty', given(by(duty({ bindings: [] }), carl)), []);
  const no = (name, input, expect) => refused('directory', `a list of first readers ${name}`, 'check_duty', input, expect);
  no('by a stranger', given(by(duty(), nora)), 'NotAllowed');
  no('of yesterday', given(by(duty(), cora), NOW + DAY_S), 'Expired');
  no('two days ahead', given(by(duty(), cora), NOW - 2 * DAY_S), 'Expired');
  no('with somebody unlisted', given(by(duty({ bindings: [ofNora] }), cora)), 'NotAllowed');
  no('at another site', given(by(duty({ site: bytes('x') }), cora)), 'WrongPlace');
  no('under a forged signature', given(signThing(duty(), [[cora.fp, carl.ed_seed]])), 'BadSignature');
}

export function make(recorder) {
  makePeople(recorder);
  makeDirectory(recorder);
}
