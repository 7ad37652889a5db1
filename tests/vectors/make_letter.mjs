import { box } from '../../static/js/crypto/box.js';
import { concat, utf8 } from '../../static/js/crypto/bytes.js';
import { frame, unframe } from '../../static/js/crypto/frame.js';
import { addStanza, roleAddress, sealLetter } from '../../static/js/crypto/letter.js';
import { ROLES } from '../../static/js/crypto/people.js';
import { DAY, bent, bytes, person, seeds, zeros } from './cast.mjs';

const [sara, nora, carl, stan, omar] = ['Sara', 'Nora', 'Carl', 'Stan', 'Omar'].map(person);
const site = bytes('site');
const about = bytes('case', 16);
const desk = roleAddress(site, 'coordinator');
const stewards = roleAddress(site, 'steward');

export function make({ holds, refused }) {
  for (const role of ROLES) holds('letter', `where all of ${role} are addressed`, 'role_address', { site, role });
  refused('letter', 'no such role', 'role_address', { site, role: 'peer' }, 'ValueError');

  const payload = { wants: 'a call', deadline: DAY + 45 };
  const card = sealLetter(sara, { site, kind: 'card', to: desk, about, day: DAY, payload, recipients: [carl, sara] });
  const open = (mail, who, change = {}) => ({ mail, identity: seeds(who), sender_ed_pk: sara.ed_pk, site, roles: ['coordinator'], ...change });
  const no = (name, input, expect) => refused('letter', name, 'open_letter', input, expect);
  holds('letter', 'a card of this side', 'open_letter', open(card, carl), payload);
  holds('letter', 'her own copy', 'open_letter', open(card, sara, { roles: [] }), payload);
  const shared = addStanza(card, carl, nora);
  holds('letter', 'a card that Carl passed on to one more', 'open_letter', open(shared, nora), payload);
  holds('letter', 'the same letter, whoever it is delivered to', 'letter_hash', { mail: shared });
  holds('letter', 'a letter as a server sees it', 'read_mail', { data: card });
  no('a card to one who holds another role', open(card, carl, { roles: ['supporter'] }), 'NotAllowed');
  no('a card that was not sealed to her', open(card, nora), 'NotAllowed');
  no('a card of another site', open(card, carl, { site: bytes('x') }), 'WrongPlace');
  no('a card by another sender', open(card, carl, { sender_ed_pk: omar.ed_pk }), 'BadSignature');
  no('a card from somebody, as from nobody', open(card, carl, { sender_ed_pk: null }), 'BadSignature');

  const { header, body, stanzas } = unframe('mail', card);
  const fields = unframe('letter', header);
  const mail = (change) => frame('mail', { header, body, stanzas, ...change });
  const headed = (change) => mail({ header: frame('letter', { ...fields, ...change }) });
  no('a card about another case', open(headed({ about: bytes('x', 16) }), carl), 'CannotOpen');
  no('a card turned into a word', open(headed({ kind: 'word' }), carl), 'CannotOpen');
  no('a changed body', open(mail({ body: bent(body) }), carl), 'CannotOpen');
  no('the body of another letter', open(mail({ body: box(bytes('k'), header, zeros(64)) }), carl), 'CannotOpen');
  const swapped = stanzas.map((item, i) => concat(stanzas[1 - i].slice(0, 32), item.slice(32)));
  no('two stanzas swapped', open(mail({ stanzas: swapped }), carl), 'CannotOpen');
  const read = (name, data, expect) => refused('letter', name, 'read_mail', { data }, expect);
  read('no such kind', headed({ kind: 'spam' }), 'Malformed');
  read('nobody to read it', mail({ stanzas: [] }), 'Malformed');
  read('two stanzas for one', mail({ stanzas: [stanzas[0], bent(stanzas[0])] }), 'Malformed');
  read('text for a body', mail({ body: utf8('a'.repeat(328)) }), 'Malformed');
  read('a card from nobody', headed({ from: zeros(32) }), 'Malformed');
  read('a row from somebody', headed({ kind: 'row', about: zeros(16) }), 'Malformed');

  const statement = sealLetter(nora, { site, kind: 'statement', to: sara.fp, about, day: DAY, payload: { text: 'Count me in — Nóra' }, recipients: [sara, nora] });
  holds('letter', 'a statement to Sara', 'open_letter', open(statement, sara, { sender_ed_pk: nora.ed_pk, roles: [] }));
  no("Nora's statement as Omar's", open(statement, sara, { sender_ed_pk: omar.ed_pk, roles: [] }), 'BadSignature');

  const row = { site, kind: 'row', to: stewards, about: zeros(16), day: DAY, payload: { instrument: 'intake.v1', wave: 0, month: 681, answers: { age: 3 } }, recipients: [stan] };
  const posted = sealLetter(null, row);
  const asStan = { sender_ed_pk: null, roles: ['steward'] };
  holds('letter', 'a row from nobody', 'open_letter', open(posted, stan, asStan), row.payload);
  no('a row as from Sara', open(posted, stan, { roles: ['steward'] }), 'BadSignature');
  const lengths = [posted, sealLetter(null, { ...row, payload: {} })].map((one) => unframe('mail', one).body.length);
  if (lengths[0] !== lengths[1]) throw new Error('a row shows its length');
  read('a row about a case', frame('mail', { ...unframe('mail', posted), header: frame('letter', { ...unframe('letter', unframe('mail', posted).header), about }) }), 'Malformed');
}
