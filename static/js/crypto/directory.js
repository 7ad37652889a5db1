import { H, Expired, Malformed, NotAllowed, SealError, WrongPlace, compare, equal, hex, unhex } from './bytes.js';
import { frame, unframe } from './frame.js';
import { isZero, readSigned, verifySigned } from './keys.js';
import { ROLES, ROOT_ROLES, countRoots, nextRoot, readBinding, readRoots } from './people.js';

/**
 * @typedef {import('./people.js').Binding} Binding
 * @typedef {import('./frame.js').Fields} Fields
 * @typedef {Map<string, Uint8Array>} Bindings binding frames by their hash, in hex
 */

const DAY_S = 86400;
const WEEK_S = 7 * DAY_S;

/** @param {Uint8Array[]} items @returns {Set<string>} */
const hexes = (items) => new Set(items.map(hex));

/** @param {Iterable<string>} inner @param {Set<string>} outer */
const within = (inner, outer) => [...inner].every((item) => outer.has(item));

/** The list of people in force, proven from the site's id. Made by `start`; a refused version changes nothing. */
export class Directory {
  /** @type {Uint8Array} */
  hash = new Uint8Array();
  version = 0;
  issued = 0;
  expires = 0;
  /** Hashes listed, in hex. @type {Set<string>} */
  bindings = new Set();
  /** Fingerprints, in hex. @type {Set<string>} */
  revoked = new Set();

  /** @param {Uint8Array} site @param {Fields} root @param {Fields} fields @param {Uint8Array} hash */
  constructor(site, root, fields, hash) {
    this.site = site;
    this.root = root;
    /** Hashes that roots vouch for: only there do the roles of coordinators and stewards count. */
    this.rooted = hexes(fields.bindings);
    this.needsRoots = false;
    this.#take(fields, hash);
  }

  /** How many coordinators must sign to add somebody. @returns {number} */
  get coordinators() {
    return this.root.coordinators;
  }

  /**
   * Go on to the next version.
   * @param {Uint8Array} signed frame `signed`
   * @param {Bindings} bindings all that the reader may see, the coordinators' among them
   * @throws {Malformed} @throws {BadSignature} @throws {WrongPlace} @throws {NotAllowed}
   */
  accept(signed, bindings) {
    const { thing } = readSigned(signed);
    const fields = readDirectory(thing);
    if (!equal(fields.site, this.site) || !equal(fields.root, this.root.hash)) throw new WrongPlace('a directory under another root');
    if (fields.version !== this.version + 1 || !equal(fields.prev, this.hash)) throw new WrongPlace('a directory that does not follow');
    if (fields.issued < this.issued) throw new NotAllowed('a directory older than the one before');
    const listed = hexes(fields.bindings);
    if (countRoots(signed, this.root)) {
      this.rooted = listed;
      this.needsRoots = false;
    } else {
      this.#checkCoordinators(signed, fields, listed, bindings);
      this.rooted = new Set([...this.rooted].filter((hash) => listed.has(hash)));
    }
    this.#take(fields, H(thing));
  }

  /** Go on to the next root; the next directory must then be signed by it. @param {Uint8Array} signed */
  acceptRoot(signed) {
    this.root = nextRoot(this.root, signed);
    this.needsRoots = true;
  }

  /** Passes while this is in force. @param {number} nowS Unix seconds @throws {Expired} also when it is dated over a day ahead */
  checkFresh(nowS) {
    if (this.needsRoots || nowS < this.issued - DAY_S || nowS >= this.expires) throw new Expired('the list of people was not renewed in time');
  }

  /**
   * Someone who is in force here.
   * @param {Uint8Array} binding `signed` or `binding` frame @returns {Binding} @throws {Malformed}
   * @throws {WrongPlace} @throws {NotAllowed}
   */
  checkBinding(binding) {
    const person = readBinding(binding);
    const hash = hex(person.hash);
    if (!equal(person.site, this.site)) throw new WrongPlace('a binding of another site');
    if (!this.bindings.has(hash) || this.revoked.has(hex(person.fp))) throw new NotAllowed('not in the list of people in force');
    if (person.roles.some((role) => ROOT_ROLES.includes(role)) && !this.rooted.has(hash)) {
      throw new NotAllowed('only roots name coordinators and stewards');
    }
    return person;
  }

  /**
   * Those who hold a role now, in order of their hashes; whoever is not in force is left out.
   * @param {string} role @param {Bindings | Iterable<Uint8Array>} bindings
   * @returns {Binding[]}
   * @throws {RangeError} no such role
   */
  roleHolders(role, bindings) {
    if (!ROLES.includes(role)) throw new RangeError('no such role');
    /** @type {Map<string, Binding>} */
    const holders = new Map();
    for (const one of bindings instanceof Map ? bindings.values() : bindings) {
      try {
        const person = this.checkBinding(one);
        if (person.roles.includes(role)) holders.set(hex(person.hash), person);
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
      }
    }
    return [...holders.values()].sort((a, b) => compare(a.hash, b.hash));
  }

  /**
   * What a threshold of roots signed (manifest, restore).
   * @param {Uint8Array} signed @returns {Uint8Array} the thing @throws {NotAllowed}
   */
  signedByRoots(signed) {
    if (!countRoots(signed, this.root)) throw new NotAllowed('too few roots signed');
    return readSigned(signed).thing;
  }

  /**
   * What someone signed who holds a role now.
   * @param {Uint8Array} signed @param {string} role @param {Bindings | Iterable<Uint8Array>} bindings
   * @returns {{thing: Uint8Array, binding: Binding}}
   * @throws {NotAllowed} @throws {BadSignature}
   */
  signedByRole(signed, role, bindings) {
    const holders = new Map(this.roleHolders(role, bindings).map((person) => [hex(person.fp), person]));
    const [first] = verifySigned(signed, new Map([...holders].map(([fp, person]) => [fp, person.ed_pk])));
    const binding = holders.get(first);
    if (!binding) throw new NotAllowed('nobody signed who holds this role');
    return { thing: readSigned(signed).thing, binding };
  }

  /**
   * Binding hashes of those on duty, by a coordinator's word of at most 7 days.
   * @param {Uint8Array} signed @param {Bindings | Iterable<Uint8Array>} bindings @param {number} nowS
   * @returns {Uint8Array[]}
   * @throws {Malformed} @throws {BadSignature} @throws {WrongPlace} @throws {Expired} @throws {NotAllowed}
   */
  checkDuty(signed, bindings, nowS) {
    const duty = unframe('duty', this.signedByRole(signed, 'coordinator', bindings).thing);
    checkTimes(duty);
    if (!equal(duty.site, this.site)) throw new WrongPlace('a duty list of another site');
    if (nowS < duty.issued - DAY_S || nowS >= duty.expires) throw new Expired('the duty list was not renewed in time');
    if (!within(hexes(duty.bindings), this.bindings)) throw new NotAllowed('somebody on duty is not in force');
    return duty.bindings;
  }

  /** @param {Uint8Array} signed @param {Fields} fields @param {Set<string>} listed @param {Bindings} bindings */
  #checkCoordinators(signed, fields, listed, bindings) {
    const here = this.roleHolders('coordinator', bindings);
    const signers = new Set(verifySigned(signed, new Map(here.map((person) => [hex(person.fp), person.ed_pk]))));
    const persons = new Set(here.filter((person) => signers.has(hex(person.fp))).map((person) => hex(person.person)));
    const added = [...listed].filter((hash) => !this.bindings.has(hash));
    if (this.needsRoots || !within(this.revoked, hexes(fields.revoked))) throw new NotAllowed('only roots may do this to the directory');
    if (persons.size < (added.length ? this.coordinators : 1)) throw new NotAllowed('too few coordinators signed');
    for (const hash of added) {
      const binding = bindings.get(hash);
      if (!binding) continue;
      const person = readBinding(binding);
      if (hex(person.hash) !== hash) throw new WrongPlace("a binding under another's hash");
      if (person.roles.some((role) => ROOT_ROLES.includes(role))) throw new NotAllowed('only roots name coordinators and stewards');
    }
  }

  /** @param {Fields} fields @param {Uint8Array} hash */
  #take(fields, hash) {
    this.hash = hash;
    this.version = fields.version;
    this.issued = fields.issued;
    this.expires = fields.expires;
    this.bindings = hexes(fields.bindings);
    this.revoked = hexes(fields.revoked);
  }
}

/**
 * The directory in force, from nothing but the site's id.
 * @param {Uint8Array} site @param {Uint8Array[]} roots frames `signed`, from version 1
 * @param {Uint8Array[]} directories frames `signed`, from the last that roots signed
 * @param {Bindings} [bindings] needed when a coordinator signed one of them
 * @returns {Directory}
 * @throws {Malformed} @throws {BadSignature} @throws {WrongPlace} @throws {NotAllowed} @throws {RangeError} an empty list
 */
export function start(site, roots, directories, bindings = new Map()) {
  const root = readRoots(site, roots);
  if (!directories.length) throw new RangeError('a site has a directory');
  const { thing } = readSigned(directories[0]);
  const fields = readDirectory(thing);
  if (!equal(fields.site, site) || !equal(fields.root, root.hash)) throw new WrongPlace('a directory under another root');
  if (!countRoots(directories[0], root)) throw new NotAllowed('the first directory shown is not signed by the roots');
  const state = new Directory(site, root, fields, H(thing));
  for (const signed of directories.slice(1)) state.accept(signed, bindings);
  return state;
}

/**
 * Version 1, for roots to sign.
 * @param {Uint8Array} site @param {Uint8Array} rootHash @param {Uint8Array[]} bindings hashes
 * @param {number} nowS @returns {Uint8Array} frame
 */
export function firstDirectory(site, rootHash, bindings, nowS) {
  const rest = { site, root: rootHash, version: 1, prev: new Uint8Array(32), revoked: [] };
  return frame('directory', { ...rest, bindings, issued: nowS, expires: nowS + WEEK_S });
}

/**
 * The version that follows, for 7 days.
 * @param {Directory} state @param {Uint8Array[]} add binding hashes @param {Uint8Array[]} drop binding hashes
 * @param {Uint8Array[]} revoke fingerprints @param {number} nowS
 * @returns {Uint8Array} frame
 */
export function nextDirectory(state, add, drop, revoke, nowS) {
  const dropped = hexes(drop);
  const listed = new Set([...[...state.bindings].filter((hash) => !dropped.has(hash)), ...hexes(add)]);
  const revoked = new Set([...state.revoked, ...hexes(revoke)]);
  const issued = Math.max(nowS, state.issued);
  return frame('directory', {
    site: state.site,
    version: state.version + 1,
    prev: state.hash,
    root: state.root.hash,
    issued,
    expires: issued + WEEK_S,
    bindings: [...listed].map(unhex),
    revoked: [...revoked].map(unhex),
  });
}

/** @param {Uint8Array} thing @returns {Fields} */
function readDirectory(thing) {
  const fields = unframe('directory', thing);
  if (fields.version < 1 || (fields.version === 1) !== isZero(fields.prev)) throw new Malformed('not the place of a directory');
  checkTimes(fields);
  return fields;
}

/** @param {Fields} fields */
function checkTimes({ issued, expires }) {
  if (expires <= issued || expires - issued > WEEK_S) throw new NotAllowed('a list is in force for at most 7 days');
}
