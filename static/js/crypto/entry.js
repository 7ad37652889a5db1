import { checkBox } from './box.js';
import { H, Malformed, NotAllowed, hex } from './bytes.js';
import { frame, tagOf, unframe } from './frame.js';

/** @typedef {import('./frame.js').Fields} Fields */
/** @typedef {{fp: Uint8Array, owner: boolean, lead: boolean}} Member */

export const OWNER = 1;
export const LEAD = 2;
const MOST_MEMBERS = 20;

/**
 * The 16 bytes that name a case: its owner's fingerprint is in them, so nobody can take it over.
 * @param {Uint8Array} site @param {Uint8Array} owner fp @param {Uint8Array} parent 16 bytes @param {Uint8Array} nonce 16 bytes
 * @returns {Uint8Array}
 */
export function caseId(site, owner, parent, nonce) {
  return H(frame('case', { site, owner, parent, nonce })).slice(0, 16);
}

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
