import { box } from '../../static/js/crypto/box.js';
import { Chain } from '../../static/js/crypto/chain.js';
import { LEAD, OWNER, makeRekey, readRekey } from '../../static/js/crypto/entry.js';
import { caseId } from '../../static/js/crypto/people.js';
import { H, concat, hex, utf8 } from '../../static/js/crypto/bytes.js';
import { frame, unframe } from '../../static/js/crypto/frame.js';
import { laneAccount, sealBundle, sealNotebook, sign } from '../../static/js/crypto/keys.js';
import { roleAddress, sealLetter } from '../../static/js/crypto/letter.js';
import { laneTag } from '../../static/js/crypto/log.js';
import { method, wrap } from '../../static/js/crypto/method.js';
import { KINDS, makeSubmission, sealRecord } from '../../static/js/crypto/record.js';
import { seal } from '../../static/js/crypto/seal.js';
import { DAY, bent, bytes, person, seeds, zeros } from './cast.mjs';

const [sara, nora, carl, omar] = ['Sara', 'Nora', 'Carl', 'Omar'].map(person);
const site = bytes('site');
const nonce = bytes('nonce', 16);
const id = caseId(site, sara.fp, zeros(16), nonce);
const keysOf = [1, 2, 3].map((e) => bytes(`epoch ${e}`));
const identities = [sara, nora, carl, omar].map((one) => one.frame);
const known = new Map([sara, nora, carl, omar].map((one) => [hex(one.fp), one.frame]));
const flagged = (who, flag) => concat(who.fp, Uint8Array.of(flag));

export function rekey(issuer, chain, e, people, more = {}) {
  const members = people.map((one) => ({ identity: one.frame, lead: one === carl }));
  const last = chain ? keysOf[e - 2] : null;
  return makeRekey(issuer, chain, { site, nonce, epochKey: keysOf[e - 1], lastKey: last, members, ownerFp: sara.fp, day: DAY, ...more });
}

export function record(author, chain, payload, change = {}) {
  const place = chain.members.findIndex((one) => hex(one.fp) === hex(author.fp));
  const at = { site, case: id, seq: chain.seq + 1, prev: chain.head, e: chain.epoch, roster: chain.roster_hash, author: place, day: DAY };
  return sealRecord(author, { ...at, epochKey: keysOf[chain.epoch - 1], payload, ...change });
}

/** A case at its fourth entry: Sara's account, then Carl who leads, and Nora, who writes. */
export function aCase() {
  const chain = new Chain(site, id);
  const first = rekey(sara, null, 1, [sara]);
  chain.accept(first.entry, known);
  const account = record(sara, chain, { kind: 'account', text: 'what happened' });
  chain.accept(account, known);
  const second = rekey(sara, chain, 2, [sara, nora, carl], { logSize: 5, logRoot: bytes('tree') });
  chain.accept(second.entry, known);
  const message = record(nora, chain, { kind: 'message', text: 'I read it.', seen: { size: 5, root: 'B'.repeat(43) } });
  chain.accept(message, known);
  return { chain, first, account, second, message, entries: [first.entry, account, second.entry, message] };
}

/** The same roster with some fields changed, signed again. */
function forge(roster, change, signer) {
  const header = frame('roster', { ...unframe('roster', roster), ...change });
  return frame('entry', { header, body: sign(signer.ed_seed, header) });
}

function makeChain({ holds, refused }) {
  const { chain, entries, first, account, second } = aCase();
  const given = { site, case: id, entries, identities };
  const then = (entry, more = {}) => ({ ...given, entries: [...entries, entry], ...more });
  const instead = (n, entry) => ({ ...given, entries: [...entries.slice(0, n), entry] });
  const no = (name, input, expect) => refused('chain', name, 'chain', input, expect);
  const yes = (name, input) => holds('chain', name, 'chain', input);
  const third = (issuer, people, change = {}, more = {}) => forge(rekey(issuer, chain, 3, people, more).roster, change, issuer);

  holds('chain', 'the id of a case', 'case_id', { site, owner: sara.fp, parent: zeros(16), nonce }, id);
  yes('a case of four entries', given);
  no('a case under another id', { ...given, case: bytes('x', 16) }, 'WrongPlace');
  no('a case at another site', { ...given, site: bytes('x') }, 'WrongPlace');
  no('an entry left out', { ...given, entries: [entries[0], ...entries.slice(2)] }, 'WrongPlace');
  no('two entries swapped', { ...given, entries: [entries[0], entries[2], entries[1], entries[3]] }, 'WrongPlace');
  no('an entry twice', then(entries[3]), 'WrongPlace');
  no('a record first', { ...given, entries: [account] }, 'WrongPlace');
  no('a case that Omar claims', { ...given, entries: [forge(first.roster, { members: [flagged(omar, OWNER)], issuer: omar.fp }, omar)] }, 'NotAllowed');
  no('two owners', { ...given, entries: [forge(first.roster, { members: [flagged(sara, OWNER), flagged(omar, OWNER)] }, sara)] }, 'NotAllowed');
  no('no owner', { ...given, entries: [forge(first.roster, { members: [flagged(sara, LEAD)] }, sara)] }, 'NotAllowed');
  no('a flag that is none', { ...given, entries: [forge(first.roster, { members: [flagged(sara, 3)] }, sara)] }, 'NotAllowed');
  no('somebody twice', instead(2, forge(second.roster, { members: [flagged(sara, OWNER), flagged(nora, 0), flagged(nora, LEAD)] }, sara)), 'NotAllowed');
  const many = Array.from({ length: 20 }, (_, i) => concat(bytes(`member ${i}`), Uint8Array.of(0)));
  no('twenty-one members', instead(2, forge(second.roster, { members: [flagged(sara, OWNER), ...many] }, sara)), 'NotAllowed');
  no('a first roster with a link', { ...given, entries: [forge(first.roster, { link: box(bytes('k'), first.roster, zeros(32)) }, sara)] }, 'NotAllowed');
  no('a first roster of epoch 2', { ...given, entries: [forge(first.roster, { e: 2 }, sara)] }, 'WrongPlace');
  no("a case with a parent's roster and no parent", { ...given, entries: [forge(first.roster, { parent_roster: bytes('x') }, sara)] }, 'NotAllowed');
  no('the wrong signer', instead(2, forge(second.roster, {}, omar)), 'BadSignature');
  no('no identity of the issuer', { ...given, identities: [] }, 'BadSignature');
  no('an epoch left out', instead(2, forge(second.roster, { e: 3 }, sara)), 'WrongPlace');
  no('after another roster', instead(2, forge(second.roster, { last_roster: bytes('x') }, sara)), 'WrongPlace');
  no('another nonce', instead(2, forge(second.roster, { nonce: bytes('x', 16) }, sara)), 'NotAllowed');
  no('a day before the entry before', instead(2, forge(second.roster, { day: DAY - 1 }, sara)), 'NotAllowed');
  no('a link that is text', instead(2, forge(second.roster, { link: utf8('a'.repeat(328)) }, sara)), 'Malformed');
  no('a link of another length', instead(2, forge(second.roster, { link: second.roster.slice(0, 327) }, sara)), 'Malformed');
  const unsigned = frame('entry', { header: second.roster, body: zeros(63) });
  no('a signature cut short', instead(2, unsigned), 'Malformed');

  yes('the owner removes Nora', then(third(sara, [sara, carl])));
  yes('the owner adds Omar', then(third(sara, [sara, carl, omar])));
  yes('who leads removes Nora', then(third(carl, [sara, carl])));
  no('who leads adds Omar', then(third(carl, [sara, nora, carl, omar])), 'NotAllowed');
  no('who leads swaps Nora for Omar', then(third(carl, [sara, carl, omar])), 'NotAllowed');
  no('who leads changes nothing', then(third(carl, [sara, nora, carl])), 'NotAllowed');
  no('who leads drops the owner', then(third(carl, [carl], { members: [flagged(carl, OWNER)] })), 'NotAllowed');
  no('who leads takes the lead from herself', then(third(carl, [sara, carl], { members: [flagged(sara, OWNER), flagged(carl, 0)] })), 'NotAllowed');
  no('an issuer who is not a member', then(third(carl, [sara, nora])), 'NotAllowed');
  no('an outsider', then(third(omar, [sara, nora, carl])), 'NotAllowed');
  no('any member leaves Carl out', then(third(nora, [sara, nora])), 'NotAllowed');
  yes('any member leaves Carl out, who left', then(third(nora, [sara, nora]), { left: [carl.fp] }));
  yes('any member leaves Carl out, who is revoked', then(third(nora, [sara, nora]), { revoked: [carl.fp] }));
  yes('any member leaves Carl out, as a server sees it', then(third(nora, [sara, nora]), { left: null }));
  no('any member adds, as a server sees it', then(third(nora, [sara, nora, carl, omar]), { left: null }), 'NotAllowed');
  no('Carl, who is revoked, removes Nora', then(third(carl, [sara, carl]), { revoked: [carl.fp] }), 'NotAllowed');
  yes('Carl removed Nora before he was revoked', then(third(carl, [sara, carl]), { revoked: [carl.fp], new: false }));

  const at = (change) => then(record(nora, chain, { kind: 'message' }, change));
  yes('one more record', at({}));
  no('an author who is not a member', at({ author: 3 }), 'NotAllowed');
  no('a record of the epoch before', at({ e: 1 }), 'WrongPlace');
  no('a record under the roster before', at({ roster: H(first.roster) }), 'WrongPlace');
  no('a record of another case', at({ case: bytes('x', 16) }), 'WrongPlace');
  no('a record dated back', at({ day: DAY - 1 }), 'NotAllowed');
  const { header } = unframe('entry', record(nora, chain, { kind: 'message' }));
  no('text where a record belongs', then(frame('entry', { header, body: utf8('a'.repeat(328)) })), 'Malformed');
  no('an entry with another header', then(frame('entry', { header: frame('tag', { lane: 'entry', n: 5 }), body: zeros(64) })), 'Malformed');
  const hash = bytes('an erased entry');
  const next = sealRecord(sara, { site, case: id, seq: 6, prev: hash, e: 2, roster: chain.roster_hash, author: 0, day: DAY, epochKey: keysOf[1], payload: { kind: 'erase' } });
  yes('a record over one that was erased', then({ header, hash }, { entries: [...entries, { header, hash }, next] }));
  no('a roster that was erased', instead(2, { header: second.roster, hash }), 'Malformed');
  holds('chain', 'an entry read', 'read_entry', { data: entries[3] });
  holds('chain', 'a roster read', 'read_entry', { data: entries[2] });
  holds('chain', 'a re-keying read', 'read_rekey', { data: second.rekey });
  const twice = { ...unframe('rekey', second.rekey) };
  twice.grants = [twice.grants[0], bent(twice.grants[0])];
  refused('chain', 'two grants for one person', 'read_rekey', { data: frame('rekey', twice) }, 'Malformed');
}

function makeGrants({ holds, refused }) {
  const { first, second } = aCase();
  const sealed = readRekey(second.rekey).grants;
  const grantOf = (who) => concat(who.fp, sealed.get(hex(who.fp)));
  const given = (who, more = {}) => ({ grant: grantOf(who), roster: second.roster, identity: seeds(who), ...more });
  for (const who of [sara, nora, carl]) holds('grant', `a grant of this side, member ${hex(who.fp).slice(0, 4)}`, 'open_grant', given(who), keysOf[1]);
  refused('grant', 'a grant for Carl, handed to Nora', 'open_grant', given(nora, { grant: grantOf(carl) }), 'WrongPlace');
  refused('grant', "Carl's sealed key under Nora's name", 'open_grant', given(nora, { grant: concat(nora.fp, sealed.get(hex(carl.fp))) }), 'CannotOpen');
  const old = readRekey(first.rekey).grants.get(hex(sara.fp));
  refused('grant', 'a grant of the epoch before', 'open_grant', given(sara, { grant: concat(sara.fp, old) }), 'CannotOpen');
  const x = frame('grant', { site, case: id, e: 2, roster: H(second.roster), grantee: nora.fp });
  const forged = concat(nora.fp, seal(nora.xwing_pk, x, bytes('another key')));
  refused('grant', 'a key that the roster does not fix', 'open_grant', given(nora, { grant: forged }), 'CannotOpen');
  refused('grant', 'a grant cut short', 'open_grant', given(nora, { grant: grantOf(nora).slice(0, -1) }), 'Malformed');
  const link = { roster: second.roster, epoch_key: keysOf[1], last_roster: first.roster };
  holds('grant', 'the key of the epoch before', 'open_link', link, keysOf[0]);
  refused('grant', 'a link with another key', 'open_link', { ...link, epoch_key: keysOf[0] }, 'CannotOpen');
  refused('grant', 'no link', 'open_link', { ...link, roster: forgeFields(second.roster, { link: zeros(0) }) }, 'CannotOpen');
  refused('grant', 'after another roster', 'open_link', { ...link, last_roster: second.roster }, 'WrongPlace');
  const place = frame('link', { site, case: id, e: 2, last_roster: H(first.roster) });
  const lie = forgeFields(second.roster, { link: box(keysOf[1], place, bytes('another key')) });
  refused('grant', 'a link to another key', 'open_link', { ...link, roster: lie }, 'CannotOpen');
  holds('grant', 'what a roster says of its key', 'kc', { epoch_key: keysOf[1], case: id, e: 2 });
  holds('grant', "the key of an epoch's lanes", 'lane_key', { epoch_key: keysOf[1], case: id, e: 2 }, second.lane_key);
}

const forgeFields = (roster, change) => frame('roster', { ...unframe('roster', roster), ...change });

function makeRecords({ holds, refused }) {
  const { chain, first, account, message } = aCase();
  const given = { entry: message, epoch_key: keysOf[1], author_ed_pk: nora.ed_pk };
  holds('record', 'a record of this side', 'open_record', given);
  holds('record', 'what its author has seen, when nothing', 'open_record', { entry: account, epoch_key: keysOf[0], author_ed_pk: sara.ed_pk });
  refused('record', 'under another key', 'open_record', { ...given, epoch_key: keysOf[0] }, 'CannotOpen');
  refused('record', 'by another author', 'open_record', { ...given, author_ed_pk: carl.ed_pk }, 'BadSignature');
  refused('record', 'a roster', 'open_record', { ...given, entry: first.entry }, 'Malformed');
  const { header, body } = unframe('entry', message);
  refused('record', 'a changed body', 'open_record', { ...given, entry: frame('entry', { header, body: bent(body) }) }, 'CannotOpen');
  const moved = frame('record', { ...unframe('record', header), author: 0 });
  refused('record', 'a header that names another author', 'open_record', { ...given, entry: frame('entry', { header: moved, body }) }, 'CannotOpen');
  const said = (payload, author = nora) => {
    const sig = sign(author.ed_seed, frame('said', { header: H(header), payload: H(payload) }));
    return frame('entry', { header, body: box(keysOf[1], header, concat(sig, payload)) });
  };
  const seen = `"seen":{"root":"${'A'.repeat(43)}","size":0}`;
  holds('record', 'a kind that is not known yet', 'open_record', { ...given, entry: said(utf8(`{"kind":"dance",${seen}}`)) });
  for (const text of ['{}', `{${seen}}`, `{"kind":1,${seen}}`, '{"kind":"note"}', '{"kind":"note","seen":{"size":0}}', '{"kind":"note","seen":null}', `{"kind":"note",${seen},"kind":"read"}`, `{"kind":"note",${seen.replace(':0', ':-1')}}`, '[]', 'text']) {
    refused('record', `a payload ${text.slice(0, 34)}`, 'open_record', { ...given, entry: said(utf8(text)) }, 'Malformed');
  }
  refused('record', 'a payload signed by Carl', 'open_record', { ...given, entry: said(utf8(`{"kind":"note",${seen}}`), carl) }, 'BadSignature');
  refused('record', 'less than a signature', 'open_record', { ...given, entry: frame('entry', { header, body: box(keysOf[1], header, zeros(63)) }) }, 'CannotOpen');
  for (const kind of [...Object.keys(KINDS), 'dance', 'toString', '']) {
    for (const [is_owner, is_about_self] of [[true, false], [false, true], [false, false]]) {
      const name = `${kind || 'nothing'} from ${is_owner ? 'the owner' : is_about_self ? 'whom it is about' : 'anyone'}`;
      holds('record', name, 'author_allowed', { kind, is_owner, is_about_self });
    }
  }
  if (chain.seq !== 4) throw new Error('four entries');
}

function makeSubmissions({ holds, refused }) {
  const by = method(bytes('secret'), site, 'peer', 'words');
  const account_key = bytes('account key');
  const { ed_pk, xwing_pk, fp } = sara;
  const fields = {
    ...{ site, role: 'peer', ed_pk, xwing_pk, locator: by.locator, kind: 'words', login_pk: by.login_pk },
    wrap: wrap(by, site, 'peer', fp, account_key),
    bundle: sealBundle(account_key, site, 'peer', sara),
    notebook: sealNotebook(account_key, site, fp, 1, {}),
    tag: laneTag(laneAccount(sara), 'account', 1),
  };
  const enrol = frame('enrol', fields);
  const sig = sign(sara.ed_seed, enrol);
  holds('submission', 'an enrolment of this side', 'check_enrol', { enrol, sig, site });
  refused('submission', 'an enrolment that Omar signed', 'check_enrol', { enrol, sig: sign(omar.ed_seed, enrol), site }, 'BadSignature');
  refused('submission', 'an enrolment at another site', 'check_enrol', { enrol, sig, site: bytes('x') }, 'WrongPlace');
  const worded = frame('enrol', { ...fields, notebook: utf8('a'.repeat(328)) });
  refused('submission', 'an enrolment with text for a notebook', 'check_enrol', { enrol: worded, sig: sign(sara.ed_seed, worded), site }, 'Malformed');
  const admin = frame('enrol', { ...fields, role: 'admin' });
  refused('submission', 'an enrolment in no role', 'check_enrol', { enrol: admin, sig: sign(sara.ed_seed, admin), site }, 'Malformed');

  const { first, account, second } = aCase();
  const to = roleAddress(site, 'coordinator');
  const letter = (change = {}, sender = sara) =>
    sealLetter(sender, { site, kind: 'card', to, about: id, day: DAY, payload: { wants: 'a call' }, recipients: [carl, sara], ...change });
  const parts = { rekey: first.rekey, record: account, card: letter() };
  const sent = (change) => makeSubmission({ ...parts, ...change });
  const given = (change) => ({ data: sent(change), site, identity: sara.frame });
  const no = (name, input, expect) => refused('submission', name, 'read_submission', input, expect);
  holds('submission', 'a submission of one who enrolled', 'read_submission', given({}));
  holds('submission', 'a submission with the enrolment in it', 'read_submission', { data: sent({ enrol }), site });
  no('enrolled here and before', given({ enrol }), 'ValueError');
  no('enrolled nowhere', { data: sent({}), site }, 'ValueError');
  no('of another owner', { data: sent({}), site, identity: omar.frame }, 'BadSignature');
  no('at another site', { ...given({}), site: bytes('x') }, 'WrongPlace');
  no('a card about another case', given({ card: letter({ about: bytes('x', 16) }) }), 'WrongPlace');
  no('a card from Omar', given({ card: letter({}, omar) }), 'WrongPlace');
  no('a card to one coordinator', given({ card: letter({ to: carl.fp }) }), 'WrongPlace');
  no('a word for a card', given({ card: letter({ kind: 'word' }) }), 'WrongPlace');
  no('a second roster first', given({ rekey: second.rekey }), 'WrongPlace');
  no('a roster of another chain for an account', given({ record: second.entry }), 'WrongPlace');
  const rekeyed = unframe('rekey', first.rekey);
  no('no grant', given({ rekey: frame('rekey', { ...rekeyed, grants: [] }) }), 'NotAllowed');
  no('a grant for Omar', given({ rekey: frame('rekey', { ...rekeyed, grants: [...rekeyed.grants, concat(omar.fp, zeros(1168))] }) }), 'NotAllowed');
}

export function make(recorder) {
  makeChain(recorder);
  makeGrants(recorder);
  makeRecords(recorder);
  makeSubmissions(recorder);
}
