/**
 * The lines of the log that a case should have: every number once, each under its own tag, naming what was handed out. Whether the
 * log holds them is asked in case_proof.js. A number that is missing from the middle means that something was left out.
 */
import { equal, hex, unb64u } from '../crypto/bytes.js';
import { laneKey } from '../crypto/entry.js';
import { unframe } from '../crypto/frame.js';
import { commit, laneTag } from '../crypto/log.js';
import { me } from './me.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./case_load.js').Case} Case */
/** @typedef {{type: string, actor: string, object: string, day: number, given: any}} Act what an event says; hex values; given: as the site told of it */
/**
 * @typedef {object} Line of the log, as the site told of it
 * @property {'entry' | 'act'} lane @property {number} e whose key it is numbered under @property {number} n
 * @property {Uint8Array} tag @property {Uint8Array} commit what the log must hold beside the tag
 * @property {any} given {promise, position, and what else was handed out}
 * @property {number} log @property {number | null} index where it stands, once that is proven
 * @property {boolean} erased the words are gone, so that only the log says whose they were
 */

/** The line that each event makes, so that the next look at the case works on what is new. @type {WeakMap<object, Line>} */
const made = new WeakMap();
/** The entry that each event was found to name. @type {WeakMap<object, object>} */
const named = new WeakMap();

/** @param {string} code */
export function leftOut(code) {
  return new Trouble('Inconsistent', code, 'We stopped, because the log of this case has a gap or does not match. Nothing you wrote was shown to anyone new. Tell a coordinator.');
}

/**
 * One line for each entry that was handed out, under its own number in the epoch before it, naming that entry and author.
 * @param {Case} state @returns {Line[]}
 */
export function entryLines(state) {
  const given = new Map(state.events.map((one) => [one.seq, one]));
  if (given.size !== state.events.length) throw leftOut('number-twice');
  if ([...given.keys()].some((seq) => seq > state.chain.seq)) throw leftOut('entry-hidden');
  return state.entries.flatMap((entry) => {
    const event = given.get(entry.seq);
    if (!event) throw leftOut('entry-event-missing');
    const e = lineEpoch(entry);
    if (!state.keys.has(e)) return []; // an epoch before this member's time that gave no history
    const line = lineOf(event, 'entry', e, entry.seq, state);
    if (named.get(event) !== entry) checkNames(event, entry, state);
    named.set(event, entry);
    line.erased = entry.erased;
    return [line];
  });
}

/** Entry 1 runs under the epoch it founds, a roster under the one it ends. @param {{type: string, e: number}} entry */
function lineEpoch({ type, e }) {
  return type === 'roster' && e > 1 ? e - 1 : e;
}

/** What it says stays when the words go: who wrote them is no longer in a signature of theirs. @param {any} event @param {any} entry @param {Case} state */
function checkNames(event, entry, state) {
  if (!event.event) throw leftOut('event-kept-back');
  const said = unframe('event', unb64u(event.event));
  if (said.type !== entry.type || !equal(said.object, entry.hash) || hex(said.actor) !== entry.author || !equal(said.subject, state.id)) throw leftOut('entry-event');
}

/**
 * The server's own events, numbered from 1 in each epoch without a gap; those of epochs without a key are left out.
 * @param {Case} state @returns {Line[]} by epoch and number
 */
export function actLines(state) {
  const epochs = byEpoch(state);
  const lines = [];
  for (const [e, numbers] of [...epochs].sort(([a], [b]) => a - b)) {
    if (!state.keys.has(e)) continue;
    for (let n = 1; n <= numbers.size; n += 1) {
      const one = numbers.get(n);
      if (!one) throw leftOut('number-missing');
      lines.push(lineOf(one, 'act', e, n, state));
      checkTold(one.event ? unframe('event', unb64u(one.event)) : null, state);
    }
  }
  return lines;
}

/** @param {Case} state @returns {Map<number, Map<number, any>>} */
function byEpoch(state) {
  const epochs = new Map();
  for (const one of state.acts) {
    const numbers = epochs.get(one.epoch) ?? new Map();
    if (numbers.has(one.n)) throw leftOut('number-twice');
    if (!Number.isSafeInteger(one.epoch) || one.epoch < 1) throw leftOut('epoch');
    if (one.epoch > state.chain.epoch) throw leftOut('epoch-hidden');
    epochs.set(one.epoch, numbers.set(one.n, one));
  }
  return epochs;
}

/** The tags that come next in every lane whose key this person has. @param {Case} state @param {Line[]} acts @returns {Uint8Array[]} */
export function nextTags(state, acts) {
  const { id, chain, keys } = state;
  const key = keys.get(chain.epoch);
  const next = key ? [laneTag(laneKey(key, id, chain.epoch), 'entry', chain.seq + 1)] : [];
  for (const [e, epochKey] of keys) {
    if (e > chain.epoch) continue;
    next.push(laneTag(laneKey(epochKey, id, e), 'act', acts.filter((one) => one.e === e).length + 1));
  }
  return next;
}

/** @param {any} given @param {'entry' | 'act'} lane @param {number} e @param {number} n @param {Case} state @returns {Line} */
function lineOf(given, lane, e, n, { keys, id }) {
  const known = made.get(given);
  if (known) return known;
  const tag = unb64u(given.tag);
  checkTag(tag, laneTag(laneKey(/** @type {Uint8Array} */ (keys.get(e)), id, e), lane, n));
  const committed = given.event ? commit(unb64u(given.salt), unb64u(given.event)) : unb64u(given.commit);
  const line = { lane, e, n, tag, commit: committed, given, log: 1, index: null, erased: false };
  made.set(given, line);
  return line;
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
    return { type, actor: hex(actor), object: hex(object), day, given: one };
  });
}

/** @param {Uint8Array} given @param {Uint8Array} expected */
function checkTag(given, expected) {
  if (!equal(given, expected)) throw leftOut('tag');
}
