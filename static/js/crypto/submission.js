import { checkBox } from './box.js';
import { H, Malformed, WrongPlace, equal, hex } from './bytes.js';
import { Chain } from './chain.js';
import { checkGrants, readEntry, readRekey } from './entry.js';
import { unframe } from './frame.js';
import { verify } from './keys.js';
import { readMail, roleAddress } from './letter.js';
import { identityOf, readIdentity } from './people.js';

/** @typedef {import('./frame.js').Fields} Fields */

/**
 * Fields of frame `enrol`, with `identity` (frame) and `fp`; no signature is looked at.
 * @param {Uint8Array} enrol @param {Uint8Array} site @returns {Fields}
 * @throws {Malformed} @throws {WrongPlace}
 */
export function readEnrol(enrol, site) {
  const fields = unframe('enrol', enrol);
  if (!equal(fields.site, site)) throw new WrongPlace('an enrolment at another site');
  if (!['peer', 'staff'].includes(fields.role) || !['words', 'sheet', 'passkey'].includes(fields.kind)) {
    throw new Malformed('no such account or method');
  }
  checkBox(fields.wrap, 32);
  checkBox(fields.bundle, 64);
  checkBox(fields.notebook);
  const identity = identityOf(fields);
  return { ...fields, identity, fp: H(identity) };
}

/**
 * `readEnrol`, once the new identity has signed it.
 * @param {Uint8Array} enrol @param {Uint8Array} sig 64 bytes @param {Uint8Array} site @returns {Fields}
 * @throws {BadSignature}
 */
export function checkEnrol(enrol, sig, site) {
  const fields = readEnrol(enrol, site);
  verify(fields.ed_pk, enrol, sig);
  return fields;
}

/**
 * The parts of a first submission, proven to belong together: enrol (fields or null), rekey, record, card, case, owner,
 * hash, and the chain as it stands after the record.
 * @param {Uint8Array} data frame `submission` @param {Uint8Array} site
 * @param {Uint8Array | null} [identity] the owner's frame, where the enrolment stands already and is not inside
 * @returns {Fields}
 * @throws {Malformed} @throws {WrongPlace} @throws {NotAllowed} @throws {BadSignature} @throws {RangeError}
 */
export function readSubmission(data, site, identity = null) {
  const parts = unframe('submission', data);
  const enrol = parts.enrol.length ? readEnrol(parts.enrol, site) : null;
  const whole = enrol ? enrol.identity : identity;
  if ((enrol === null) === (identity === null) || whole === null) throw new RangeError('the owner is enrolled here or already, one of the two');
  const { fp } = readIdentity(whole);
  const rekey = readRekey(parts.rekey);
  const chain = new Chain(site, readEntry(rekey.entry).case);
  chain.accept(rekey.entry, new Map([[hex(fp), whole]]));
  checkGrants(rekey, chain.members);
  const record = readEntry(parts.record);
  chain.accept(parts.record, new Map());
  const card = readMail(parts.card);
  if (record.kind !== 'record' || !equal(chain.owner, fp) || !equal(chain.members[record.author].fp, fp)) {
    throw new WrongPlace("an account that is not the owner's");
  }
  const about = equal(card.site, site) && equal(card.from, fp) && equal(card.about, chain.case);
  if (!about || card.kind !== 'card') throw new WrongPlace('a card of another case');
  if (!equal(card.to, roleAddress(site, 'coordinator'))) throw new WrongPlace('a card that is not for the desk');
  return { enrol, rekey, record, card, case: chain.case, owner: fp, hash: H(data), chain };
}
