/**
 * How the worker speaks to the page. Every error reaches it as {kind, code, words, ...facts}:
 * `kind` is the class of a SealError (WrongPlace, CannotOpen, ...), `Refused` (the server said no), `Locked`, `Offline`,
 * `Input` (what was typed; facts.field names it) or `Failed`. The words are for the person and hold no value.
 *
 * Where the server says no, it sends a code and words; only the code is taken, and the words of this file are shown. Words of the
 * server's own would be a way to speak to one person in this site's voice, past the signed list of files.
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

/** @type {Record<string, string>} */
const WORDS = {
  ahead: N_('The site knows of fewer lines in its log than you have seen.'),
  agreed: N_('You have signed these terms already. Load the page again.'),
  'already-sent': N_('You have sent an account already. Write to your case instead.'),
  busy: N_('The site is busy. Nothing is lost. Try again in a moment.'),
  claimed: N_('Nothing was changed or sent. Another coordinator looks after this card. Ask them, or take the next one.'),
  clock: N_('Nothing is lost. The date on your device is off by more than a day. Set it, then try again.'),
  collided: N_('Nothing is lost. Somebody else did this at the same moment. Try again.'),
  dictionary: N_('This dictionary can’t be used as it is. Nothing was stored. Each fault is named with its line and column.'),
  drops: N_('Another coordinator has signed for more people than this list names. Nothing was changed. Load the page again.'),
  expired: N_('This invitation ended after seven days. Ask the person who sent it for a new one.'),
  failed: N_('This did not work. Nothing is lost. Try again in a moment.'),
  full: N_('The server has no room left. Nothing was stored, and your draft is kept. Tell us, and try later.'),
  instrument: N_('Nobody here asks these questions. Load the page again.'),
  'last-method': N_('This is the only way left to unlock. Add another first.'),
  locked: N_('Locked, and nothing is lost. Open it again with your words.'),
  malformed: N_('This could not be read. Nothing was stored. Load the page again, then try once more.'),
  month: N_('This was sealed in another month. Load the page again, and it is sealed anew.'),
  newer: N_('This was changed somewhere else before you. Load it again, then repeat what you did.'),
  'no-agreement': N_('Read the terms of use first, and sign them. Then try again.'),
  'no-coordinator': N_('The first list of people must name you as a coordinator. Start again.'),
  'no-log': N_('The log of this site has no lines yet. Try again in a moment.'),
  'no-match': N_('These words did not open anything. Check their order.'),
  'no-tile': N_('The log does not reach so far.'),
  'no-such-case': N_('There is nothing here that you can open.'),
  'no-such-entry': N_('This is not there any more. Load the page again.'),
  'no-such-instrument': N_('There is no such version here. Nothing was changed. Load the page again.'),
  'no-such-letter': N_('There is nothing here that you can open.'),
  'no-such-link': N_('This link is not known here. Check that you copied all of it, or ask for a new one.'),
  'no-such-method': N_('This way to unlock is gone already.'),
  'no-such-release': N_('There is no such release, or no such file in it. Load the page again.'),
  'no-such-state': N_('Nothing was changed. Load the page again, then choose how far this card has come.'),
  'no-token': N_('This token opens nothing. Make a new one on the page Research.'),
  'not-allowed': N_('This did not work. Nothing was changed. Load the page again.'),
  'not-approved': N_('Nothing was published. The release names no protocol, or no approval that is in force today.'),
  'not-attacked': N_('Nothing was published. The attack report is of another release, or an attack succeeded.'),
  'not-found': N_('There is nothing at this address. Nothing was changed.'),
  'not-founded': N_('This site has not been set up yet. Nothing was stored. Ask the person who runs it.'),
  'not-readable': N_('Nothing was published. A file of the folder can’t be read as the release tool writes it. Build the release again.'),
  'not-sealed': N_('Only sealed data is taken here. Nothing was stored. Load the page again.'),
  'not-signed': N_('This needs your words again. Nothing was changed.'),
  'not-waiting': N_('This person is not waiting any more. Load the page again.'),
  'not-whole': N_('Nothing was published. A file is missing or was changed. Choose the folder again.'),
  'not-yours': N_('This part is for other people, or somebody has to take it on first. Nothing was changed.'),
  'other-act': N_('This was signed for something else. Nothing was changed. Try again.'),
  'other-key': N_('Nothing is lost. Load the page again, and let it make a new key.'),
  'other-letter': N_('Another letter was sent under this number. Write it anew.'),
  'other-log': N_('This is of another log than the one that the site has. Make it again.'),
  'other-log-key': N_('This page is older than the server’s log key. Load it again and start again.'),
  'other-roles': N_('The roles are not those of the invitation. Load the page again, then try once more.'),
  'other-series': N_('Nothing was published. This release was not attacked together with the last one of its series. Build it again, and name that one.'),
  'other-site': N_('This came from another site. Nothing was done.'),
  'other-submission': N_('This was sent before with other words. What was sent first stands.'),
  'other-tag': N_('Nothing is lost. This was saved under another number. Load the page again.'),
  recipients: N_('The list of people has changed since you opened this page. Load it again, then send once more.'),
  revoked: N_('Somebody on this list may no longer take part. Take them off, then try again.'),
  same: N_('This is the version that there is already. Nothing was stored.'),
  stale: N_('Others wrote before you. Your words are kept.'),
  'stale-nonce': N_('That took longer than two minutes. Nothing is lost. Try again.'),
  taken: N_('This is in use already. Load the page again, and let it make new ones.'),
  'too-few-signed': N_('Too few people have signed this. Nothing was changed. Sign first, or ask somebody who may.'),
  'too-large': N_('This is too large to send. Nothing is lost. Make it shorter, then try again.'),
  'too-many': N_('That was too much at once. What you wrote is still on this page. Wait a minute, then try again.'),
  'too-many-drafts': N_('What you wrote last is on this page only. We keep twenty letters that you began, or fewer very long ones. Send one, or take all words out of one. Then change a word here, and it is kept.'),
  'too-many-tokens': N_('You have ten tokens. Take one away first.'),
  'unknown-binding': N_('The list names somebody whose keys we don’t have. Nothing was changed.'),
  'unknown-person': N_('Somebody on this list has no key here. Load the page again, then try once more.'),
  used: N_('This link was used. Sign in with your words, or ask for a new one.'),
  'wrong-role': N_('This page makes another kind of account. Load it again, then try once more.'),
};

/** The code, if it is one of ours, and our own words for it. @param {unknown} code @returns {{code: string, words: string}} */
export function refusalWords(code) {
  const known = typeof code === 'string' && Object.hasOwn(WORDS, code) ? code : 'failed';
  return { code: known, words: WORDS[known] };
}

/**
 * Tell the page something it did not ask for. The page hears it with `on(event, fn)` of parts/ask.js.
 * Events: 'tab' and 'notebook' (what to keep in sessionStorage, or null), 'locked', 'progress'.
 * @param {string} event @param {any} [value] plain data, never a key
 */
export function tell(event, value = null) {
  postMessage({ event, value });
}
