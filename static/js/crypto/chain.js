import { H, BadSignature, Malformed, NotAllowed, WrongPlace, equal, hex } from './bytes.js';
import { ownerOf, readEntry, readHeader } from './entry.js';
import { isZero, verify } from './keys.js';
import { caseId, readIdentity } from './people.js';

/** @typedef {import('./frame.js').Fields} Fields */
/** @typedef {import('./entry.js').Member} Member */

/**
 * How a roster is judged. `left`: fps (hex) whose `leave` the reader has opened; null where that can't be known, and
 * then anybody may leave anybody out. `new`: false up to the place that the reader has pinned, or the roster that added
 * the reader: who was revoked later was not then.
 * @typedef {{revoked?: Set<string>, left?: Set<string> | null, new?: boolean}} Judging
 */

const NOBODY = new Set();

/** What is proven of a case so far, without a key. A refused entry changes nothing. Nobody but the owner adds. */
export class Chain {
  seq = 0;
  /** @type {Uint8Array} */
  head = new Uint8Array(32);
  epoch = 0;
  day = 0;
  /** @type {Uint8Array} */
  roster = new Uint8Array();
  /** @type {Uint8Array} */
  roster_hash = new Uint8Array(32);
  /** @type {Uint8Array} */
  owner = new Uint8Array(32);
  /** @type {Uint8Array} */
  parent = new Uint8Array(16);
  /** @type {Uint8Array} */
  nonce = new Uint8Array(16);
  /** @type {Member[]} in the roster's order */
  members = [];
  /** @type {Map<number, Uint8Array>} roster frames by epoch */
  rosters = new Map();
  /** @type {Map<string, Uint8Array>} by record id (hex), hash of an entry whose body is gone; find the `erase` that names it */
  erased = new Map();

  /** @param {Uint8Array} site 32 bytes @param {Uint8Array} caseId 16 bytes */
  constructor(site, caseId) {
    if (site.length !== 32 || caseId.length !== 16) throw new RangeError('a site is 32 bytes, a case 16');
    this.site = site;
    this.case = caseId;
  }

  /**
   * Go on from a place proven before and kept.
   * @param {Uint8Array} site @param {Uint8Array} caseId
   * @param {{seq: number, head: Uint8Array, roster: Uint8Array, day: number}} place roster: the frame in force there
   */
  static at(site, caseId, { seq, head, roster, day }) {
    const chain = new Chain(site, caseId);
    chain.#enact(roster, readHeader(roster));
    Object.assign(chain, { seq, head, day });
    return chain;
  }

  /**
   * The entry's header fields, `kind`, `header`, `body`, `hash`, once it is proven to come next. A record's `author_fp` is its
   * header's word until `openRecord` has proven it.
   * @param {Uint8Array} entry @param {Map<string, Uint8Array>} identities identity frames by fp, in hex
   * @param {Judging} [judging]
   * @returns {Fields}
   * @throws {Malformed} @throws {WrongPlace} @throws {NotAllowed} @throws {BadSignature}
   */
  accept(entry, identities, judging = {}) {
    const fields = readEntry(entry);
    this.#checkPlace(fields);
    if (fields.kind === 'roster') {
      this.#checkRoster(fields, judging);
      checkIssuer(fields, identities);
      this.#enact(fields.header, fields);
    } else this.#checkRecord(fields);
    Object.assign(this, { seq: fields.seq, head: fields.hash, day: fields.day });
    return fields;
  }

  /**
   * As `accept`, for a record whose body was erased; the next entry's `prev` binds the hash.
   * @param {Uint8Array} header @param {Uint8Array} hash of the entry @returns {Fields}
   */
  acceptErased(header, hash) {
    const fields = readHeader(header);
    if (fields.kind !== 'record' || hash.length !== 32) throw new Malformed('only a record can be erased');
    this.#checkPlace(fields);
    this.#checkRecord(fields);
    this.erased.set(hex(fields.record), hash);
    Object.assign(this, { seq: fields.seq, head: hash, day: fields.day });
    return { ...fields, header, hash, erased: true };
  }

  /**
   * Passes while this team room belongs to the parent case as that stands.
   * @param {Chain} parent @throws {WrongPlace} @throws {NotAllowed}
   */
  checkTeamRoom(parent) {
    if (!equal(this.parent, parent.case) || !equal(this.site, parent.site)) throw new WrongPlace('a team room of another case');
    if (!equal(readHeader(this.roster).parent_roster, parent.roster_hash)) throw new WrongPlace('the team has changed since');
    const team = new Map(parent.members.filter((one) => !one.owner).map((one) => [hex(one.fp), one]));
    if (!team.get(hex(this.owner))?.lead || !this.members.every((one) => team.has(hex(one.fp)))) {
      throw new NotAllowed('a team room is for the team of its case');
    }
  }

  /** @param {Fields} fields */
  #checkPlace(fields) {
    if (!equal(fields.site, this.site) || !equal(fields.case, this.case)) throw new WrongPlace('an entry of another case');
    if (fields.seq !== this.seq + 1 || !equal(fields.prev, this.head)) throw new WrongPlace('an entry that does not come next');
    if (fields.day < this.day) throw new NotAllowed('a day before the entry before');
  }

  /** @param {Fields} fields */
  #checkRecord(fields) {
    if (!this.epoch || fields.e !== this.epoch || !equal(fields.roster, this.roster_hash)) {
      throw new WrongPlace('a record under another roster than the one in force');
    }
    if (fields.author >= this.members.length) throw new NotAllowed('an author who is not a member');
    fields.author_fp = this.members[fields.author].fp;
  }

  /** @param {Fields} fields @param {Judging} judging */
  #checkRoster(fields, { revoked = NOBODY, left = NOBODY, new: isNew = true }) {
    if (fields.e !== this.epoch + 1 || !equal(fields.last_roster, this.roster_hash)) throw new WrongPlace('a roster that does not follow the last');
    const owner = ownerOf(fields.people);
    const issuer = hex(fields.issuer);
    const kept = equal(owner, this.owner) && equal(fields.parent, this.parent) && equal(fields.nonce, this.nonce);
    if (this.epoch && !kept) throw new NotAllowed('a case keeps its owner');
    if (!equal(caseId(this.site, owner, fields.parent, fields.nonce), this.case)) throw new NotAllowed('a case of another owner');
    if (isZero(fields.parent) !== isZero(fields.parent_roster)) throw new NotAllowed("a team room names its parent's roster, a case names none");
    if (isNew && revoked.has(issuer)) throw new NotAllowed('an issuer who is revoked');
    if (!fields.people.some((/** @type {Member} */ one) => equal(one.fp, fields.issuer))) throw new NotAllowed('an issuer who is not a member');
    if (!this.epoch && fields.link.length) throw new NotAllowed('the first roster links to nothing');
    if (!equal(fields.issuer, owner)) this.#checkOnlyRemoves(fields, revoked, left);
  }

  /** @param {Fields} fields @param {Set<string>} revoked @param {Set<string> | null} left */
  #checkOnlyRemoves(fields, revoked, left) {
    const before = new Set(this.epoch ? readHeader(this.roster).members.map(hex) : []);
    const after = new Set(fields.members.map(hex));
    // A strict subset of 33-byte items: nobody new, no flag changed.
    if (after.size >= before.size || ![...after].every((item) => before.has(item))) throw new NotAllowed('only the owner adds members');
    if (left === null || this.members.some((one) => one.lead && equal(one.fp, fields.issuer))) return;
    const gone = [...before].filter((item) => !after.has(item)).map((item) => item.slice(0, 64));
    if (!gone.every((fp) => revoked.has(fp) || left.has(fp))) {
      throw new NotAllowed('somebody is left out who neither left nor was revoked');
    }
  }

  /** @param {Uint8Array} roster @param {Fields} fields */
  #enact(roster, fields) {
    this.roster = roster;
    this.roster_hash = H(roster);
    this.epoch = fields.e;
    this.members = fields.people;
    this.owner = ownerOf(fields.people);
    this.parent = fields.parent;
    this.nonce = fields.nonce;
    this.rosters.set(fields.e, roster);
  }
}

/** @param {Fields} fields of a roster @param {Map<string, Uint8Array>} identities @throws {BadSignature} @throws {WrongPlace} */
function checkIssuer({ issuer, header, body }, identities) {
  const given = identities.get(hex(issuer));
  if (!given) throw new BadSignature("the issuer's identity was not given");
  const { ed_pk, fp } = readIdentity(given);
  if (!equal(fp, issuer)) throw new WrongPlace("an identity under another's fingerprint");
  verify(ed_pk, header, body);
}
