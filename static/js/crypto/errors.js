/** What sealed bytes, a chain or a directory can be refused for. A caller's own mistake is a RangeError or TypeError. */
export class SealError extends Error {
  /** @param {string} words what is wrong, without ids and values */
  constructor(words) {
    super(words);
    this.name = new.target.name;
  }
}

/** The bytes are not of the form that SPEC.md gives them. */
export class Malformed extends SealError {}
/** The bytes are well formed and belong to another site, case, epoch or place. */
export class WrongPlace extends SealError {}
/** Wrong key or changed bytes, told apart for nobody. */
export class CannotOpen extends SealError {}
/** A signature does not verify, or its key is one that fits every message. */
export class BadSignature extends SealError {}
/** A rule about who may do what is broken. */
export class NotAllowed extends SealError {}
/** A directory whose time is over. */
export class Expired extends SealError {}

/** Words that are not in the list. */
export class UnknownWords extends SealError {
  /**
   * @param {number[]} positions from 0
   * @param {string[]} words as typed, in lower case
   */
  constructor(positions, words) {
    super('some words are not in the list');
    this.positions = positions;
    this.words = words;
  }
}
