/**
 * What can be wrong with the log, each in words of its own, and what was seen when something did not match. What it means for the person
 * stands in pages/stopped.js. Each of these marks a case, or stops a page, and comes with the evidence file, for somebody who
 * can look into it: signatures, numbers and hashes as the server handed them out. No key, sealed or not, and none of anybody's words,
 * sealed or not.
 */
import { H, b64u, unb64u, utf8 } from '../crypto/bytes.js';
import { frame, tagOf, unframe } from '../crypto/frame.js';
import { safetyWords } from '../crypto/people.js';
import { dateOf, today } from './clock.js';
import { isSignedIn, me } from './me.js';
import { N_, Trouble } from './trouble.js';

/** @type {Record<string, string>} */
const FOUND = {
  'log-shrunk': N_('We stopped, because the site’s log is shorter than it was when you were here before. Lines were taken away from its end. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'log-rewritten': N_('We stopped, because the site’s log is not the one that you have seen before. A line that stood in it was changed or taken out. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'log-renumbered': N_('We stopped, because the site has begun another log than the one you have seen, and has not shown who allowed that. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'log-ended-otherwise': N_('We stopped, because the site says that it was put back to an earlier copy, but what it shows is not what the people who hold its root keys signed. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'log-withheld': N_('We stopped, because the site does not hand out its log. Without it nobody can tell whether something is hidden. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'log-signature': N_('We stopped, because the signature under the site’s log is not the one that belongs there. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'log-garbled': N_('We stopped, because the lines of the site’s log do not add up to what the site signed. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'number-twice': N_('We stopped, because the site’s log holds one number of yours twice. Two different things were done under it. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'line-twice': N_('We stopped, because the site’s log holds one number twice. Two different things were done under it, and each is shown to somebody else. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'witnesses-otherwise': N_('We stopped, because the witnesses outside signed another log than the one that the site shows here. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'number-hidden': N_('We stopped, because the site’s log holds a line about this case that the site does not show you. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'line-hidden': N_('We stopped, because the site’s log holds a line about its own pages or releases that it does not show. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'line-changed': N_('We stopped, because the site tells of something otherwise than its log does. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'not-in-log': N_('We stopped, because the site shows something that is not in its log. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'promise-broken': N_('We stopped, because the site signed that it would put something on its log, and did not. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'split-view': N_('We stopped, because somebody on this case was shown another log than you were. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'notes-hidden': N_('We stopped, because the log holds a newer copy of your private notes than the one that the site handed out. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'list-hidden': N_('We stopped, because the log holds a newer list of people than the one that the site handed out. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'list-not-in-log': N_('We stopped, because the list of people that the site handed out is not in its log. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
};

/** @param {string} code @param {Record<string, any>} [facts] sizes and roots for the evidence, never anybody's words */
export function logTrouble(code, facts = {}) {
  return new Trouble('Inconsistent', code, FOUND[code], facts);
}

const MOST = 8;
const WORDS = 4;

/** @type {{path: string, answer: any}[]} newest last */
let seen = [];
/** @type {{kind: string, code: string, detail: string, about: string, facts: Record<string, any>} | null} */
let last = null;
let checkpoints = { pinned: '', shown: '' };
/** Whose notes were refused before they opened. @type {{site: Uint8Array, fp: Uint8Array} | null} */
let keptOut = null;

/** Keep an answer until newer ones push it out; what a file may hold of it is picked out when one is asked for. @param {string} path @param {any} answer */
export function saw(path, answer) {
  seen = [...seen, { path, answer }].slice(-MOST);
}

/** The log as its key signed it: what this account has noted, and what is shown now. Two that don't fit are proof. @param {'pinned' | 'shown'} which @param {string} note */
export function sawCheckpoint(which, note) {
  checkpoints[which] = note;
}

/** Forget everything, at a lock. */
export function forgetEvidence() {
  seen = [];
  last = null;
  checkpoints = { pinned: '', shown: '' };
}

/** What was refused. A SealError's own text is one of the library's, never somebody's words. @param {any} error @param {string} about hex case, or '' */
export function refused(error, about) {
  const { name, kind = name, code = name, facts = {} } = error;
  last = { kind, code, detail: error.code ? '' : error.message, about, facts };
}

/**
 * The same before anything was opened. Nobody is signed in here then, and what was seen goes with the keys: it is put back after that.
 * @param {any} error @param {{site: Uint8Array, fp: Uint8Array}} whose @returns {() => void} to be called when the keys have gone
 */
export function refusedAtTheDoor(error, { site, fp }) {
  const was = { seen, checkpoints };
  return () => {
    ({ seen, checkpoints } = was);
    refused(error, '');
    keptOut = { site, fp };
  };
}

/** @param {any} answer of /cases/open, /people/directory or /letters/mine */
function bare({ entries, grants, letters, bindings, acts, ...rest }) {
  return {
    ...rest,
    ...(entries && { entries: entries.map(bareEntry) }),
    ...(grants && { grants: grants.map((/** @type {any} */ one) => ({ epoch: one.epoch, hash: hashOf(one.grant) })) }),
    ...(letters && { letters: letters.map((/** @type {any} */ one) => ({ header: one.header, hash: one.hash, receipt: one.receipt })) }),
    ...(bindings && { bindings: bindings.map(hashOf) }),
    ...(acts && { acts: acts.map((/** @type {any} */ { event: _event, salt: _salt, ...one }) => one) }), // they would name who wrote letters about the case
  };
}

/** A roster's fields but for `link`, which is a key, sealed; a record's header. Of both the hash of all of it. @param {any} one */
function bareEntry(one) {
  if (one.erased) return one;
  try {
    const data = unb64u(one.entry);
    const { header, body } = unframe('entry', data);
    const rest = { seq: one.seq, hash: b64u(H(data)) };
    if (tagOf(header) !== 'roster') return { ...rest, header: b64u(header) };
    const fields = unframe('roster', header);
    return { ...rest, header: b64u(frame('roster', { ...fields, link: new Uint8Array() })), header_hash: b64u(H(header)), link_hash: b64u(H(fields.link)), body: b64u(body) };
  } catch {
    return { seq: one.seq, unreadable: true };
  }
}

/** @param {string} text base64url */
function hashOf(text) {
  try {
    return b64u(H(unb64u(text)));
  } catch {
    return 'unreadable';
  }
}

/**
 * The file to save, and four words to read aloud that fit this file alone.
 * @returns {{name: string, text: string, words: string[]}}
 */
export function evidence() {
  return evidenceOf(isSignedIn() || !keptOut ? me() : keptOut);
}

/** The same where nobody need be signed in. @param {{site: Uint8Array, fp?: Uint8Array}} who */
export function evidenceOf({ site, fp }) {
  const text = `${JSON.stringify({ what: 'alongside evidence 2', day: dateOf(today()), site: b64u(site), seen_by: fp ? b64u(fp) : '', refused: last, checkpoints, seen: seen.map(({ path, answer }) => ({ path, answer: bare(answer) })) }, null, 1)}\n`;
  return { name: 'notes.json', text, words: safetyWords(H(utf8(text))).slice(0, WORDS) };
}
