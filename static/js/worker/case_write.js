/**
 * Adding to a case: a record, or a roster with its grants. When somebody else's entry came first, the case is verified up to
 * its new head and the same record is sealed again for the new place, five times at most.
 */
import { H, equal, hex, sodium } from '../crypto/bytes.js';
import { laneKey, makeRekey } from '../crypto/entry.js';
import { laneTag } from '../crypto/log.js';
import { sealRecord } from '../crypto/record.js';
import { loadCase, mayHeal } from './case_load.js';
import { mustKnowTheDate, today } from './clock.js';
import { directory } from './directory.js';
import { rosterLog, seenNow } from './log.js';
import { me, whenForgotten } from './me.js';
import { post } from './net.js';
import { promised } from './promise.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./case_load.js').Case} Case */
/** @typedef {{identity: Uint8Array, lead: boolean}[]} Members */

const TRIES = 5;

/** Numbers of records whose answer never came: sent again, they land once. @type {Map<string, Uint8Array>} */
const unsure = new Map();

whenForgotten(() => unsure.clear()); // they are kept under the very words

/**
 * Seal one record at the end of the case.
 * @param {string} id hex
 * @param {(state: Case) => Record<string, any> | null} say the payload, from the case as it stands; null to write nothing
 * @param {{path?: string, beside?: Record<string, any>, act?: boolean, attempt?: string, leaves?: boolean, heals?: boolean}} [options] where it
 *   goes when not /cases/append; attempt: the same text when the same thing is tried again; leaves: it says that its author goes;
 *   heals: it erases what is withheld
 * @returns {Promise<{state: Case, others: boolean}>} others: somebody wrote before this
 */
export async function addRecord(id, say, { path = '/cases/append', beside = {}, act = false, attempt = '', leaves = false, heals = false } = {}) {
  mustKnowTheDate();
  let state = await loadCase(id);
  const tried = unsure.get(attempt);
  const record = tried && !erasedSince(state, tried) ? tried : sodium.randombytes_buf(16);
  if (attempt) unsure.set(attempt, record);
  for (let tries = 1; ; tries += 1) {
    mayWrite(state, heals);
    if (!leaves) state = await withoutTheGone(id, state, heals);
    const payload = landed(state, record) ? null : say(state);
    if (!payload) {
      unsure.delete(attempt);
      return { state, others: tries > 1 };
    }
    const { entry, expected } = sealNext(state, payload, record);
    try {
      const { receipt } = await post(path, { case: state.id, entry, ...beside, ...(leaves ? { leaves } : {}) }, { act: act || leaves });
      await promised(receipt, expected);
      unsure.delete(attempt);
      return { state: await loadCase(id), others: tries > 1 };
    } catch (error) {
      if (!isStale(error) || tries >= TRIES) throw error;
      state = await loadCase(id);
    }
  }
}

/** Whether this very record is in the case already, and says something. @param {Case} state @param {Uint8Array} record */
function landed(state, record) {
  return state.entries.some((one) => one.record === hex(record) && one.author === hex(me().fp) && !one.erased && one.payload);
}

/** A number is used once: what landed and was erased since is written again under another. @param {Case} state @param {Uint8Array} record */
function erasedSince(state, record) {
  return state.entries.some((one) => one.record === hex(record) && one.erased);
}

/** Nothing is sealed to somebody suspended or gone, as the list stands now. @param {string} id @param {Case} state @param {boolean} heals */
async function withoutTheGone(id, state, heals) {
  await directory({ reload: true });
  try {
    return await leaveOutTheGone(id, state, { heals });
  } catch (error) {
    if (!(error instanceof Trouble) || error.kind !== 'Refused') throw error;
    throw new Trouble('Refused', 'gone-still-in', 'Nothing was sent, and nothing is lost. Somebody who is out of this case could still read it, and the site did not take the key without them. Load the page again. If it stays, tell a coordinator.');
  }
}

/** Rule c: any member's browser makes the next epoch without whoever left or was suspended. @param {string} id @param {Case} state @param {{heals?: boolean}} [options] @returns {Promise<Case>} */
export async function leaveOutTheGone(id, state, { heals = false } = {}) {
  if (!(await goneFrom(state)).size) return state;
  return changeMembers(id, async (now) => {
    const gone = await goneFrom(now); // the owner can have asked one of them back meanwhile
    return gone.size ? currentMembers(now, (fp) => !gone.has(fp)) : null;
  }, { heals });
}

/** The others who are in the roster and should not be; a case is never without its owner. @param {Case} state @returns {Promise<Set<string>>} hex */
export async function goneFrom({ chain, left }) {
  const { state: list } = await directory();
  const others = chain.members.filter((one) => !one.owner && !equal(one.fp, me().fp));
  return new Set(others.map((one) => hex(one.fp)).filter((fp) => list.revoked.has(fp) || left.has(fp)));
}

/** @param {Case} state @param {boolean} heals @throws {Trouble} the log of the case does not fit */
function mayWrite(state, heals) {
  if (state.marked && !(heals && mayHeal(state))) throw state.marked;
}

/** @param {Case} state @param {Record<string, any>} payload @param {Uint8Array} record */
function sealNext({ id, chain, keys }, payload, record) {
  const { identity, site } = me();
  const epochKey = keys.get(chain.epoch);
  if (!epochKey) throw noKey();
  const author = chain.members.findIndex((one) => equal(one.fp, identity.fp));
  const entry = sealRecord(identity, {
    site, case: id, seq: chain.seq + 1, prev: chain.head, e: chain.epoch, roster: chain.roster_hash, author,
    day: Math.max(today(), chain.day), epochKey, payload: { ...payload, seen: seenNow() }, record16: record,
  });
  const tag = laneTag(laneKey(epochKey, id, chain.epoch), 'entry', chain.seq + 1);
  return { entry, expected: { type: 'record', object: H(entry), actor: identity.fp, subject: id, tag } };
}

/**
 * The next roster: who is in the case from now on. Everyone in it gets the new key, sealed to their own.
 * @param {string} id hex
 * @param {(state: Case) => Members | null | Promise<Members | null>} choose the members, from the case as it stands; null: nothing to change
 * @param {{heals?: boolean, cutsOff?: boolean}} [options] heals: it takes somebody out and lets nobody in; cutsOff: its owner has read
 *   that a new key which does not lead back to one that did not come leaves out what was before it
 * @returns {Promise<Case>}
 */
export async function changeMembers(id, choose, { heals = false, cutsOff = false } = {}) {
  mustKnowTheDate();
  let state = await loadCase(id);
  for (let tries = 1; ; tries += 1) {
    mayWrite(state, heals);
    const members = await choose(state);
    if (!members) return state;
    mustLeadBack(state, cutsOff);
    const { body, expected } = nextRoster(state, await butTheGone(state, members));
    try {
      const { receipt } = await post('/cases/rekey', body, { act: true });
      await promised(receipt, expected);
      return await loadCase(id);
    } catch (error) {
      if (!isStale(error) || tries >= TRIES) throw error;
      state = await loadCase(id);
    }
  }
}

/** Whoever has only the next key reads back along its link: without the key so far there is none. @param {Case} state @param {boolean} cutsOff */
function mustLeadBack({ keys, chain }, cutsOff) {
  const owner = equal(chain.owner, me().fp);
  if (!keys.has(chain.epoch) && !(cutsOff && owner)) throw owner ? newKeyFirst() : noKey();
}

/** Whatever a new key is for, nobody who is out gets it: the one made to leave them out may have been refused. @param {Case} state @param {Members} members */
async function butTheGone(state, members) {
  await directory({ reload: true });
  const gone = await goneFrom(state);
  return members.filter((one) => !gone.has(hex(H(one.identity))));
}

/** @param {Case} state @param {{identity: Uint8Array, lead: boolean}[]} members */
function nextRoster({ id, chain, keys }, members) {
  const { identity, site } = me();
  const lastKey = keys.get(chain.epoch) ?? null;
  const { rekey, entry } = makeRekey(identity, chain, {
    site, parent: chain.parent, nonce: chain.nonce, epochKey: sodium.randombytes_buf(32), lastKey, members,
    ownerFp: chain.owner, day: Math.max(today(), chain.day), ...rosterLog(),
  });
  const tag = lastKey ? laneTag(laneKey(lastKey, id, chain.epoch), 'entry', chain.seq + 1) : undefined;
  const body = { rekey, identities: members.map((one) => one.identity) };
  return { body, expected: { type: 'roster', object: H(entry), actor: identity.fp, subject: id, tag } };
}

/** The members as they are, as changeMembers wants them. @param {Case} state @param {(fp: string) => boolean} [keep] */
export function currentMembers({ chain, identities }, keep = () => true) {
  return chain.members.filter((one) => keep(hex(one.fp))).map((one) => {
    const identity = identities.get(hex(one.fp));
    if (!identity) throw new Trouble('Failed', 'no-identity', 'Nothing was changed. The site did not hand out everyone’s key. Load the page again.');
    return { identity, lead: one.lead };
  });
}

/** @param {unknown} error */
function isStale(error) {
  return error instanceof Trouble && error.code === 'stale';
}

function noKey() {
  return new Trouble('CannotOpen', 'no-key', 'Nothing is lost. The newest part of this case does not open for you, so you can’t write in it yet. Tell the person whose case it is.');
}

function newKeyFirst() {
  return new Trouble('Refused', 'new-key-first', 'Nothing was changed. The key in use did not come. Load the page again. If that does not help, make a new key first: the words above say what that means.');
}
