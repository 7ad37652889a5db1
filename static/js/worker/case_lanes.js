/**
 * The log's lanes of a case: every number once, each event the one its leaf commits to, each promised by the site's log.
 * A number that is missing from the middle means that something was left out. The newest can be hidden until the log's tree
 * is followed (declared in SECURITY.md).
 */
import { equal, hex, unb64u, unframe } from '../crypto/frame.js';
import { laneKey } from '../crypto/grant.js';
import { commit, laneTag, leaf, leafHash } from '../crypto/log.js';
import { noteKey, openNote, promiseOrigin, readPromise, readVkey } from '../crypto/checkpoint.js';
import { me } from './me.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./case_load.js').Case} Case */
/** @typedef {{type: string, actor: string, object: string, day: number}} Act what an event says; hex values */

/** The entry that each event was proven for, so that the next look at the case proves what is new. @type {WeakMap<object, object>} */
const proven = new WeakMap();

/** @param {string} code */
export function leftOut(code) {
  return new Trouble('Inconsistent', code, 'We stopped, because the log of this case has a gap or does not match. Nothing you wrote was shown to anyone new. Tell a coordinator.');
}

/**
 * One event for each entry that was handed out, under its own number in the epoch before it, naming that entry and author.
 * @param {Case} state @param {Uint8Array} site @param {string} logVkey
 */
export function checkEntryEvents(state, site, logVkey) {
  const given = new Map(state.events.map((one) => [one.seq, one]));
  if (given.size !== state.events.length) throw leftOut('number-twice');
  if ([...given.keys()].some((seq) => seq > state.chain.seq)) throw leftOut('entry-hidden');
  for (const entry of state.entries) {
    const event = given.get(entry.seq);
    if (!event) throw leftOut('entry-event-missing');
    if (proven.get(event) === entry) continue;
    // Entry 1 runs under the epoch it founds, a roster under the one it ends.
    const e = entry.type === 'roster' && entry.e > 1 ? entry.e - 1 : entry.e;
    const key = state.keys.get(e);
    if (!key) continue; // an epoch before this member's time that gave no history
    checkTag(event.tag, laneTag(laneKey(key, state.id, e), 'entry', entry.seq));
    const said = checkEvent(event, site, logVkey);
    // What it says stays when the words go: who wrote them is no longer in a signature of theirs.
    if (!said) throw leftOut('event-kept-back');
    if (said.type !== entry.type || !equal(said.object, entry.hash) || hex(said.actor) !== entry.author || !equal(said.subject, state.id)) throw leftOut('entry-event');
    proven.set(event, entry);
  }
}

/**
 * The server's own events, numbered from 1 in each epoch without a gap.
 * @param {Case} state @param {Uint8Array} site @param {string} logVkey
 */
export function checkActs(state, site, logVkey) {
  /** @type {Map<number, Map<number, any>>} */
  const epochs = new Map();
  for (const one of state.acts) {
    const numbers = epochs.get(one.epoch) ?? new Map();
    if (numbers.has(one.n)) throw leftOut('number-twice');
    if (!Number.isSafeInteger(one.epoch) || one.epoch < 1) throw leftOut('epoch');
    if (one.epoch > state.chain.epoch) throw leftOut('epoch-hidden');
    epochs.set(one.epoch, numbers.set(one.n, one));
  }
  for (const [e, numbers] of epochs) {
    const key = state.keys.get(e);
    if (!key) continue;
    const lane = laneKey(key, state.id, e);
    for (let n = 1; n <= numbers.size; n += 1) {
      const one = numbers.get(n);
      if (!one) throw leftOut('number-missing');
      checkTag(one.tag, laneTag(lane, 'act', n));
      const said = checkEvent(one, site, logVkey);
      checkTold(said, state);
    }
  }
}

/** What a number stands for is told to the owner, always; to others unless it is a letter between other people. @param {any} said the event, or null @param {Case} state */
function checkTold(said, { id, chain }) {
  if (!said && equal(chain.owner, me().fp)) throw leftOut('act-kept-back');
  if (said && !equal(said.subject, id)) throw leftOut('act');
}

/** How many epochs there are whose numbers this person has no key to check. @param {Case} state */
export function uncheckedEpochs({ chain, keys }) {
  return [...chain.rosters.keys()].filter((e) => !keys.has(e)).length;
}

/** The events of the act lane that this member may read and could check, oldest first: none of an epoch without a key. @param {Case} state @returns {Act[]} */
export function readActs(state) {
  return state.acts.filter((one) => one.event && state.keys.has(one.epoch)).map((one) => {
    const { type, actor, object, day } = unframe('event', unb64u(one.event));
    return { type, actor: hex(actor), object: hex(object), day };
  });
}

/** @param {string} given @param {Uint8Array} expected */
function checkTag(given, expected) {
  if (!equal(unb64u(given), expected)) throw leftOut('tag');
}

/** Its leaf is the promised one. @param {any} one {tag, promise} with {salt, event}, or {commit} where another's letter is not shown @param {Uint8Array} site @param {string} logVkey */
function checkEvent({ tag, salt, event, commit: committed, promise }, site, logVkey) {
  const commitment = event ? commit(unb64u(salt), unb64u(event)) : unb64u(committed);
  const text = openNote(promise, new Map([noteKey(promiseOrigin(site), readVkey(logVkey).ed_pk)]));
  if (!equal(readPromise(text).leaf_hash, leafHash(leaf(unb64u(tag), commitment)))) throw leftOut('promise');
  return event ? unframe('event', unb64u(event)) : null;
}
