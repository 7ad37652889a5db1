/**
 * How the worker says that something went wrong. Every error reaches the page as {kind, code, words, ...facts}:
 * `kind` is the class of a SealError (WrongPlace, CannotOpen, ...), `Refused` (the server said no), `Locked`, `Offline`,
 * `Input` (what was typed; facts.field names it) or `Failed`. The words are for the person and hold no value.
 */

/**
 * Words for a person, marked so that translators get them: the page gives them to `_`. Those in a Trouble or wrongInput are
 * found by their place (babel.cfg) and need no mark.
 * @param {string} words
 */
export const N_ = (words) => words;

/** @type {Record<string, string>} what is safe first, then what happened, then what to do */
const SAID = {
  Malformed: N_('Nothing you wrote was sent or lost. Something arrived here in a form that we can’t read. Load the page again. If it stays, tell a coordinator.'),
  WrongPlace: N_('We stopped, because something was put where it does not belong. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  CannotOpen: N_('Nothing is lost. This did not open on this device. Load the page again. If it stays, tell a coordinator.'),
  BadSignature: N_('We stopped, because a signature does not match. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  NotAllowed: N_('We stopped, because somebody did what their role does not allow. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  Expired: N_('Nothing is lost, and you can go on reading. The list of people has run out, so nobody new can be let in. A coordinator renews it on the page People.'),
  UnknownWords: N_('Some of these words are not in our list. Look at the marked ones again.'),
};
const FAILED = N_('This did not work. That is our fault. Your draft is kept.');

/** Refusals that are evidence: something does not match what was signed. */
export const STOPS = ['Malformed', 'WrongPlace', 'CannotOpen', 'BadSignature', 'NotAllowed', 'Inconsistent'];

/** An error with words for the person. Throw it from any worker module. */
export class Trouble extends Error {
  /**
   * @param {string} kind see above
   * @param {string} code for the page, e.g. 'no-match'
   * @param {string} words for the person
   * @param {Record<string, any>} [facts] plain data beside it, e.g. {field: 'email'}
   */
  constructor(kind, code, words, facts = {}) {
    super(code);
    this.name = kind;
    this.kind = kind;
    this.code = code;
    this.words = words;
    this.facts = facts;
  }
}

/** What a person typed that can't be taken. @param {string} field @param {string} words @returns {Trouble} */
export function wrongInput(field, words) {
  return new Trouble('Input', 'input', words, { field });
}

/** An error as plain data. The text of an unforeseen error stays here: it may quote what was opened. @param {any} error */
export function told(error) {
  if (error instanceof Trouble) return { kind: error.kind, code: error.code, words: error.words, facts: error.facts };
  const words = SAID[error?.name];
  if (!words) return { kind: 'Failed', code: 'failed', words: FAILED, facts: {} };
  const facts = error.name === 'UnknownWords' ? { positions: error.positions, unknown: error.words } : {};
  return { kind: error.name, code: error.name, words, facts };
}
