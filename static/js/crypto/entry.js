/** Entries of a case, as everybody can read them; and the key of an epoch, sealed to each member whom its roster names. */
import { box, checkBox, unbox } from './box.js';
import { H, CannotOpen, Malformed, NotAllowed, WrongPlace, concat, equal, hex, hkdf } from './bytes.js';
import { frame, tagOf, unframe } from './frame.js';
import { sign } from './keys.js';
import { caseId, readIdentity } from './people.js';
import { openSeal, seal } from './seal.js';

/** @typedef {import('./frame.js').Fields} Fields */
/** @typedef {{fp: Uint8Array, owner: boolean, lead: boolean}} Member */

export const OWNER = 1;
export const LEAD = 2;
const MOST_MEMBERS = 20;

/** @param {Uint8Array[]} items fp and flags @returns {Member[]} in the roster's order @throws {NotAllowed} */
export function readMembers(items) {
  const flags = items.map((item) => item[32]);
  const once = new Set(items.map((item) => hex(item.subarray(0, 32)))).size === items.length;
  if (!items.length || items.length > MOST_MEMBERS || !once) throw new NotAllowed('a roster names each person once, and twenty at most');
  if (flags.some((flag) => flag > LEAD) || flags.filter((flag) => flag === OWNER).length !== 1) {
    throw new NotAllowed('a roster has exactly one owner');
  }
  return items.map((item, i) => ({ fp: item.slice(0, 32), owner: flags[i] === OWNER, lead: flags[i] === LEAD }));
}

/** @param {Member[]} members @returns {Uint8Array} fp */
export function ownerOf(members) {
  return /** @type {Member} */ (members.find((member) => member.owner)).fp;
}

/**
 * The header's fields, `kind` (roster or record), `header`, `body`, `hash` of the entry; the body's shape is checked.
 * @param {Uint8Array} data frame `entry` @returns {Fields}
 * @throws {Malformed} @throws {NotAllowed}
 */
export function readEntry(data) {
  const parts = unframe('entry', data);
  const fields = readHeader(parts.header);
  if (fields.kind === 'record') checkBox(parts.body);
  else if (parts.body.length !== 64) throw new Malformed("a roster's body is its signature");
  return { ...fields, ...parts, hash: H(data) };
}

/**
 * Fields of a `roster` or `record`, with `kind`, a roster's with `people`.
 * @param {Uint8Array} header @returns {Fields} @throws {Malformed} @throws {NotAllowed}
 */
export function readHeader(header) {
  const kind = tagOf(header);
  if (kind !== 'roster' && kind !== 'record') throw new Malformed('no entry has such a header');
  const fields = unframe(kind, header);
  if (kind === 'record') return { kind, ...fields };
  const people = readMembers(fields.members);
  if (fields.link.length) checkBox(fields.link, 32);
  return { kind, ...fields, people };
}

/**
 * @param {Uint8Array} data frame `rekey`
 * @returns {{entry: Uint8Array, grants: Map<string, Uint8Array>, lane_key: Uint8Array}} grants by fp, in hex
 * @throws {Malformed}
 */
export function readRekey(data) {
  const { entry, grants, lane_key } = unframe('rekey', data);
  /** @type {Map<string, Uint8Array>} */
  const byPerson = new Map(grants.map((/** @type {Uint8Array} */ item) => [hex(item.subarray(0, 32)), item.slice(32)]));
  if (byPerson.size !== grants.length) throw new Malformed('two grants for one person');
  return { entry, grants: byPerson, lane_key };
}

/**
 * Passes with exactly one grant a member.
 * @param {{grants: Map<string, Uint8Array>}} rekey @param {Member[]} members @throws {NotAllowed}
 */
export function checkGrants({ grants }, members) {
  if (grants.size !== members.length || !members.every((member) => grants.has(hex(member.fp)))) {
    throw new NotAllowed('one grant for each member, and for nobody else');
  }
}

/** @typedef {import('./keys.js').Identity} Identity */

/**
 * What a signed roster says of its epoch's key, so that a forged grant fails.
 * @param {Uint8Array} epochKey @param {Uint8Array} caseId @param {number} e @returns {Uint8Array} 32 bytes
 */
export function kc(epochKey, caseId, e) {
  return hkdf(epochKey, frame('kc', { case: caseId, e }), 32);
}

/**
 * Key of the lanes that an epoch's entries and acts stand in.
 * @param {Uint8Array} epochKey @param {Uint8Array} caseId @param {number} e @returns {Uint8Array} 32 bytes
 */
export function laneKey(epochKey, caseId, e) {
  return hkdf(epochKey, frame('lane', { case: caseId, e }), 32);
}

/**
 * The next roster, signed, with a grant for each member.
 * @param {Identity} issuer
 * @param {import('./chain.js').Chain | null} chain as it stands; null for the first roster
 * @param {object} next
 * @param {Uint8Array} next.site @param {Uint8Array} [next.parent] 16 bytes, of a team room @param {Uint8Array} next.nonce 16 bytes
 * @param {Uint8Array} next.epochKey 32 fresh random bytes
 * @param {Uint8Array | null} next.lastKey the epoch before, where new members may read back; null for none
 * @param {{identity: Uint8Array, lead: boolean}[]} next.members identity frames, the owner's among them
 * @param {Uint8Array} next.ownerFp @param {number} next.day never below the entry before
 * @param {number} [next.logSize] @param {Uint8Array} [next.logRoot] the issuer's checkpoint
 * @param {Uint8Array} [next.parentRoster] of a team room
 * @returns {{rekey: Uint8Array, entry: Uint8Array, roster: Uint8Array, lane_key: Uint8Array}} frames and the key
 * @throws {Malformed} no identity frame @throws {RangeError} The rules of rosters are `Chain.accept`'s to say.
 */
export function makeRekey(issuer, chain, next) {
  const { site, parent = new Uint8Array(16), nonce, epochKey, lastKey, ownerFp, day } = next;
  const zeros = new Uint8Array(32);
  const members = next.members.map(({ identity, lead }) => ({ ...readIdentity(identity), lead }));
  const id = chain ? chain.case : caseId(site, ownerFp, parent, nonce);
  const e = chain ? chain.epoch + 1 : 1;
  const last_roster = chain ? chain.roster_hash : zeros;
  const roster = frame('roster', {
    ...{ site, case: id, parent, nonce, e, last_roster, issuer: issuer.fp, day },
    seq: chain ? chain.seq + 1 : 1,
    prev: chain ? chain.head : zeros,
    parent_roster: next.parentRoster ?? zeros,
    members: members.map(({ fp, lead }) => concat(fp, Uint8Array.of(equal(fp, ownerFp) ? OWNER : lead ? LEAD : 0))),
    kc: kc(epochKey, id, e),
    link: chain && lastKey ? box(epochKey, frame('link', { site, case: id, e, last_roster }), lastKey) : new Uint8Array(),
    log_size: next.logSize ?? 0,
    log_root: next.logRoot ?? zeros,
  });
  const entry = frame('entry', { header: roster, body: sign(issuer.ed_seed, roster) });
  const grants = members.map(({ fp, xwing_pk }) => {
    const x = frame('grant', { site, case: id, e, roster: H(roster), grantee: fp });
    return concat(fp, seal(xwing_pk, x, epochKey));
  });
  const lane_key = laneKey(epochKey, id, e);
  return { rekey: frame('rekey', { entry, grants, lane_key }), entry, roster, lane_key };
}

/**
 * The epoch's key, once it is the one that the signed roster fixes.
 * @param {Uint8Array} grant fp 32 and sealed key 1168 @param {Uint8Array} roster frame @param {Identity} reader
 * @returns {Uint8Array} 32 bytes
 * @throws {WrongPlace} a grant for someone else @throws {CannotOpen} @throws {Malformed}
 */
export function openGrant(grant, roster, reader) {
  const { site, case: id, e, kc: fixed } = unframe('roster', roster);
  if (!equal(grant.subarray(0, 32), reader.fp)) throw new WrongPlace('a grant for someone else');
  const x = frame('grant', { site, case: id, e, roster: H(roster), grantee: reader.fp });
  const epochKey = openSeal(reader.xwing_seed, x, grant.subarray(32));
  if (!equal(kc(epochKey, id, e), fixed)) throw new CannotOpen('not the key of this roster');
  return epochKey;
}

/**
 * The key of the epoch before.
 * @param {Uint8Array} roster frame @param {Uint8Array} epochKey of that roster @param {Uint8Array} lastRoster the frame before
 * @returns {Uint8Array} 32 bytes
 * @throws {WrongPlace} another roster @throws {CannotOpen} also where the roster has no link
 */
export function openLink(roster, epochKey, lastRoster) {
  const { site, case: id, e, last_roster, link } = unframe('roster', roster);
  const last = unframe('roster', lastRoster);
  if (!equal(last_roster, H(lastRoster))) throw new WrongPlace('not the roster before');
  if (!link.length) throw new CannotOpen('no link to what was before');
  const key = unbox(epochKey, frame('link', { site, case: id, e, last_roster }), link);
  if (key.length !== 32 || !equal(kc(key, id, last.e), last.kc)) throw new CannotOpen('not the key of the roster before');
  return key;
}
