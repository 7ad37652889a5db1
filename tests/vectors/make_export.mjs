import { box } from '../../static/js/crypto/box.js';
import { readRekey } from '../../static/js/crypto/entry.js';
import { makeExport } from '../../static/js/crypto/export.js';
import { b64u, concat, hex, u64, utf8 } from '../../static/js/crypto/bytes.js';
import { frame, unframe } from '../../static/js/crypto/frame.js';
import { sealBundle, sealNotebook, signThing } from '../../static/js/crypto/keys.js';
import { roleAddress, sealLetter } from '../../static/js/crypto/letter.js';
import { method, wrap } from '../../static/js/crypto/method.js';
import { DAY, bent, bytes, person, zeros } from './cast.mjs';
import { aCase, record, rekey } from './make_case.mjs';

const [sara, nora, carl, omar] = ['Sara', 'Nora', 'Carl', 'Omar'].map(person);
const site = bytes('site');

function binding(name, roles) {
  const { fp, ed_seed, ed_pk, xwing_pk } = person(name);
  const fields = { site, person: bytes(`${name} person`, 16), seq: 1, prev: zeros(32), roles, name, ed_pk, xwing_pk, day: DAY };
  return signThing(frame('binding', fields), [[fp, ed_seed]]);
}

/** The four entries, and then all that can go wrong in a case without closing it. */
function eventful(more = {}) {
  const { chain, entries, first, second } = aCase();
  const known = new Map([sara, nora, carl].map((one) => [hex(one.fp), one.frame]));
  const add = (entry) => {
    entries.push(entry);
    return chain.accept(entry, known);
  };
  const slip = add(record(carl, chain, { kind: 'note', text: 'somebody else by mistake' }));

  add(record(nora, chain, { kind: 'consent', research: true }));
  add(record(nora, chain, { kind: 'dance' }));
  const other = unframe('entry', record(nora, chain, { kind: 'message', text: 'for nobody' }));
  add(frame('entry', { header: other.header, body: box(bytes('another key'), other.header, zeros(64)) }));
  const names = (item) => ({ record: hex(item.record), entry: b64u(item.hash) });
  add(record(nora, chain, { kind: 'erase', ...names(slip) }));
  add(record(carl, chain, { kind: 'erase', ...names(slip) }));
  add(record(carl, chain, { kind: 'leave' }));
  const third = rekey(nora, chain, 3, [sara, nora], more);
  entries.push(third.entry);
  chain.accept(third.entry, known, { left: new Set([hex(carl.fp)]) });
  add(record(sara, chain, { kind: 'message', text: 'Thank you, Carl.' }));
  entries[4] = frame('entry', { header: slip.header, body: slip.hash });

  return { chain, entries, rekeys: [first, second, third] };
}

const grantsOf = (who, rekeys) =>
  new Map(rekeys.flatMap(({ rekey: data }, i) => {
    const sealed = readRekey(data).grants.get(hex(who.fp));
    return sealed ? [[i + 1, concat(who.fp, sealed)]] : [];
  }));

export function make({ holds, refused }) {
  const secret = bytes('code', 20);
  const account_key = bytes('account key');
  const { entries, rekeys, chain } = eventful();
  const bindings = [binding('Nora', 'supporter'), binding('Carl', 'coordinator,supporter'), sara.frame];
  const about = chain.case;
  const card = sealLetter(sara, { site, kind: 'card', to: roleAddress(site, 'coordinator'), about, day: DAY, payload: { wants: 'a call' }, recipients: [carl, sara] });
  const statement = sealLetter(nora, { site, kind: 'statement', to: sara.fp, about, day: DAY, payload: { text: 'Count me in' }, recipients: [sara] });
  const stray = sealLetter(omar, { site, kind: 'word', to: sara.fp, about, day: DAY, payload: {}, recipients: [sara] });
  const file = (who, role, change = {}) => {
    const by = method(secret, site, role, 'sheet');
    return makeExport({
      ...{ site, role, kind: 'sheet', locator: by.locator, fp: who.fp, bindings, entries },
      wrap: wrap(by, site, role, who.fp, account_key),
      bundle: sealBundle(account_key, site, role, who),
      grants: grantsOf(who, rekeys),
      notebook: [3, sealNotebook(account_key, site, who.fp, 3, { pins: {} })],
      mails: [card, statement, stray],
      ...change,
    });
  };
  const whole = file(sara, 'peer');
  const given = (data) => ({ data, secret });
  const no = (name, data, expect) => refused('export', name, 'open_export', given(data), expect);
  holds('export', "Sara's case at home", 'open_export', given(whole));
  holds('export', "Nora's, with keys from links alone", 'open_export', given(file(nora, 'staff', { grants: new Map([...grantsOf(nora, rekeys)].slice(-1)) })));
  const cut = eventful({ lastKey: null });
  const later = new Map([...grantsOf(nora, cut.rekeys)].slice(-1));
  holds('export', "Nora's, without a key to what was before", 'open_export', given(file(nora, 'staff', { entries: cut.entries, grants: later })));
  holds('export', "Carl's, who left", 'open_export', given(file(carl, 'staff')));
  holds('export', 'an account without a case', 'open_export', given(file(sara, 'peer', { entries: [], grants: new Map(), mails: [] })));
  refused('export', 'another sheet', 'open_export', { data: whole, secret: bytes('x', 20) }, 'CannotOpen');
  no("Omar's, who is no member", file(omar, 'staff'), 'NotAllowed');
  no('without a grant', file(sara, 'peer', { grants: new Map() }), 'CannotOpen');
  no('with a record left out', file(sara, 'peer', { entries: entries.filter((_, i) => i !== 3) }), 'WrongPlace');
  no('with a roster out of its place', file(sara, 'peer', { entries: entries.slice(1) }), 'WrongPlace');
  no('without the identity of who issued a roster', file(sara, 'peer', { bindings: bindings.slice(1) }), 'BadSignature');
  no('with a binding that another signed', file(sara, 'peer', { bindings: [bent(bindings[0]), ...bindings.slice(1)] }), 'BadSignature');
  no('with the bundle of another', file(sara, 'peer', { bundle: sealBundle(account_key, site, 'peer', nora) }), 'CannotOpen');
  const fields = unframe('export', whole);
  no('a list cut short', frame('export', { ...fields, entries: fields.entries.slice(0, -1) }), 'Malformed');
  no('a list of a length alone', frame('export', { ...fields, mails: utf8('abc') }), 'Malformed');
  no('a grant of another length', frame('export', { ...fields, grants: concat(u64(9).slice(4), u64(1), zeros(1)) }), 'Malformed');
  no('a notebook of an older version', frame('export', { ...fields, notebook: concat(u64(2), fields.notebook.slice(8)) }), 'CannotOpen');
}
