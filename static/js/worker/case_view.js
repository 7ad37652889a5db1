/**
 * A verified case as plain data: for a page, and in one sealed file that is taken home and opens without this site
 * (`python -m crypto open FILE`). Every name comes from a binding in the directory, every day from a signed header, every place in the
 * log from its proof. Who was on the team and is not now is told by the signed entries and the list of people.
 */
import { H, WrongPlace, b64u, equal, hex, unb64u } from '../crypto/bytes.js';
import { makeExport } from '../crypto/export.js';
import { frame, unframe } from '../crypto/frame.js';
import { openBundle, openNotebook } from '../crypto/keys.js';
import { safetyWords } from '../crypto/people.js';
import { readActs } from './case_lanes.js';
import { fetchCase, isErased, loadCase, mayHeal } from './case_load.js';
import { hashOf } from './case_proof.js';
import { dateOf, nowS } from './clock.js';
import { directory } from './directory.js';
import { logNow } from './log.js';
import { me } from './me.js';
import { notebook as notes } from './notebook.js';
import { post } from './net.js';
import { receiptOf } from './promise.js';
import { standings, withPlace } from './receipts.js';
import { linesBefore } from './restores.js';
import { siteShown } from './shown.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./case_load.js').Case} Case */

/**
 * @param {string} fp hex @param {Case} state @param {Set<string>} revoked hex fps off the list of people
 * @returns {{until: string, how: 'removed' | 'left' | 'off-list'} | null} removed: the peer did it; left: they went by themselves;
 *   until: YYYY-MM-DD. null: never in, or in now
 */
export function former(fp, state, revoked) {
  if (state.chain.members.some((one) => hex(one.fp) === fp)) return null;
  const rosters = state.entries.filter((one) => one.type === 'roster');
  const without = rosters[rosters.map((one) => !!one.members?.includes(fp)).lastIndexOf(true) + 1];
  if (!without || without === rosters[0]) return null;
  if (state.left.has(fp)) {
    // Their own word comes first: the next roster is made by whoever's browser sees it, on some later day.
    const leave = state.entries.filter((one) => one.counts && one.payload?.kind === 'leave' && one.author === fp).at(-1);
    return { until: dateOf((leave ?? without).day), how: 'left' };
  }
  // A browser leaves out by itself whoever is off the list: that was nobody's decision on this case.
  return { until: dateOf(without.day), how: revoked.has(fp) || without.author !== hex(state.chain.owner) ? 'off-list' : 'removed' };
}

/** @typedef {import('./case_lanes.js').Line} Line */
/** @typedef {import('./receipts.js').Standing} Standing */

const MOST = 300;

/**
 * Prove where the newest lines stand that a page shows. Those that were pinned long ago are not held here any more.
 * @param {Case} state @returns {Promise<void>} @throws {import('./trouble.js').Trouble} Inconsistent 'not-in-log'
 */
export async function placeLines({ proof, entries }) {
  if (!proof) return;
  const read = new Set(entries.filter((one) => one.payload?.kind === 'read').map((one) => one.seq));
  const shown = [...proof.acts, ...proof.entries.filter((line) => read.has(line.n))];
  const unplaced = shown.filter((line) => line.index === null && !proof.waiting.includes(line)).slice(-MOST);
  const places = await standings(unplaced.map(hashOf));
  places.forEach((standing, i) => { if (standing) [unplaced[i].log, unplaced[i].index] = [standing.log, standing.index]; });
}

/** Proofs of a case's entries, by hex of the tag. @param {Line[]} lines @returns {Promise<Map<string, Standing>>} */
export async function proofsOf(lines) {
  const places = await standings(lines.map(hashOf));
  return new Map(lines.flatMap((line, i) => (places[i] ? [[hex(line.tag), /** @type {Standing} */ (places[i])]] : [])));
}

/** The line of an entry, from 1; null while it is not proven where it stands. @param {Case} state @param {number} seq */
export function lineOfEntry({ proof }, seq) {
  return numberOf(proof?.entries.find((line) => line.n === seq));
}

/** The same for an event of the site's own. @param {Case} state @param {any} given as the site told of it */
export function lineOfAct({ proof }, given) {
  return numberOf(proof?.acts.find((line) => line.given === given));
}

/** @param {Line | undefined} line */
function numberOf(line) {
  return typeof line?.index === 'number' ? linesBefore(line.log) + line.index + 1 : null;
}

/** @typedef {import('./case_load.js').Entry} Entry */

/** Who somebody is, for a page. @param {string} fp hex @param {Case} state @param {any} people of the directory, by hex fp */
export function who(fp, state, people) {
  const owner = fp === hex(state.chain.owner);
  const binding = people.get(fp);
  return { fp, name: binding?.name ?? '', owner, me: fp === hex(me().fp), known: owner || !!binding };
}

/** @param {Case} state */
export async function viewCase(state) {
  const { people, state: list } = await directory();
  const members = state.chain.members.map((one) => {
    const fp = hex(one.fp);
    return { ...who(fp, state, people), lead: one.lead, safety: safetyWords(one.fp), gone: !one.owner && (list.revoked.has(fp) || state.left.has(fp)), since: since(fp, state) };
  });
  const mine = hex(state.chain.owner) === hex(me().fp);
  return {
    id: hex(state.id), site: siteShown(me().site), owner: mine, epoch: state.chain.epoch, members,
    entries: state.entries.map((one) => viewEntry(one, state, people)), unread: unread(state),
    account: account(state), canWrite: state.keys.has(state.chain.epoch) && !state.marked, hasKey: state.keys.has(state.chain.epoch), heals: mayHeal(state),
    marked: state.marked && { kind: state.marked.kind, code: state.marked.code, words: state.marked.words, facts: state.marked.facts },
    log: { size: linesBefore(logNow().log) + logNow().size, waiting: state.proof?.waiting.length ?? 0 },
    listUntil: dateOf(Math.floor(list.expires / 86_400)), listExpired: list.expires <= nowS(),
  };
}

const WORDS = ['message', 'note', 'statement', 'plan'];

/** How many words of others came since this person looked at the messages last. @param {Case} state */
function unread(state) {
  const looked = notes().looked?.[hex(state.id)] ?? 0;
  return state.entries.filter((one) => one.seq > looked && one.author !== hex(me().fp) && one.counts && WORDS.includes(one.payload?.kind)).length;
}

/** The day of the roster that brought somebody in. @param {string} fp hex @param {Case} state */
export function since(fp, state) {
  const rosters = state.entries.filter((one) => one.type === 'roster').reverse();
  const without = rosters.findIndex((one) => !one.members?.includes(fp));
  const first = without < 0 ? rosters.at(-1) : rosters[without - 1];
  return first ? dateOf(first.day) : '';
}

/** @param {Entry} one @param {Case} state @param {any} people */
function viewEntry(one, state, people) {
  const by = who(one.author, state, people);
  const shown = { seq: one.seq, date: dateOf(one.day), by, type: one.type, erased: one.erased, erasable: erasable(one, by, state) };
  if (one.type === 'roster') return { ...shown, members: (one.members ?? []).map((fp) => who(fp, state, people)), ...changed(one, state, people) };
  if (one.erased) return { ...shown, kind: isErased(one, state) ? 'erased' : 'withheld' };
  if (!one.payload) return { ...shown, kind: 'unreadable', early: !state.keys.has(one.e) };
  const { kind, ...said } = one.payload;
  return { ...shown, kind: one.counts ? kind : 'not-counted', said: one.counts ? said : {}, record: one.record };
}

/** Who came and who went with a roster. @param {Entry} one @param {Case} state @param {any} people */
function changed(one, state, people) {
  const before = state.entries.filter((other) => other.type === 'roster' && other.seq < one.seq).at(-1)?.members ?? [];
  const now = one.members ?? [];
  return {
    added: now.filter((fp) => !before.includes(fp)).map((fp) => who(fp, state, people)),
    removed: before.filter((fp) => !now.includes(fp)).map((fp) => who(fp, state, people)),
  };
}

/** Own words, or anybody's for the owner; what carries the case's own history stays. @param {Entry} one @param {{me: boolean}} by @param {Case} state */
function erasable(one, by, state) {
  if (one.type !== 'record' || one.erased || ['leave', 'read', 'erase', 'consent'].includes(one.payload?.kind)) return false;
  return by.me || hex(state.chain.owner) === hex(me().fp);
}

/** The account: the first record that counts as one. @param {Case} state */
function account(state) {
  const found = state.entries.find((one) => one.counts && one.payload?.kind === 'account');
  return found ? { seq: found.seq, date: dateOf(found.day), line: lineOfEntry(state, found.seq), ...found.payload } : null;
}

/**
 * Who opened what, newest first. An opening is the server's word: it could hide or invent one. A `read` is the reader's own.
 * @param {Case} state
 */
export async function viewOpenings(state) {
  const { people } = await directory();
  const visits = readActs(state).map(({ type, actor, object, day, given }) => ({
    by: who(actor, state, people), day, date: dateOf(day), what: type, word: 'server', of: entryOf(object, state), line: lineOfAct(state, given),
  }));
  const own = state.entries.filter((one) => one.counts && one.payload?.kind === 'read').map((one) => ({
    by: who(one.author, state, people), day: one.day, date: dateOf(one.day), what: 'read', word: 'own', of: one.seq, line: lineOfEntry(state, one.seq),
  }));
  return [...visits, ...own].sort((a, b) => b.day - a.day);
}

/** @param {string} object hex @param {Case} state @returns {number | null} the entry that stood last when the case was opened */
function entryOf(object, state) {
  return state.entries.find((one) => hex(one.hash) === object)?.seq ?? null;
}

/** How a payload names an entry. @param {Entry} one */
export function nameOf(one) {
  return b64u(one.hash);
}

const LETTERS = ['statement', 'offer', 'word'];

/**
 * The owner's own copy. Only what was proven goes into it.
 * @param {{case: string}} args
 * @returns {Promise<{bytes: Uint8Array, kind: string}>} kind: the way in that opens the file: words, sheet or passkey
 */
export async function exportCase({ case: id }) {
  const state = await loadCase(id);
  if (!equal(state.chain.owner, me().fp)) throw new Trouble('Refused', 'not-yours', 'Only the person whose case this is can take a copy of it.');
  const unlocking = await post('/cases/export', { case: state.id }, { act: true });
  const answers = await fetchCase(state.id, 0);
  const grants = answers.flatMap((answer) => answer.grants);
  const events = answers.flatMap((answer) => answer.entry_events).filter((one) => one.event);
  const places = await proofsOf(state.proof?.entries ?? []);
  const bytes = makeExport({
    ...ownKeys(unlocking),
    bindings: await peopleOf(state),
    entries: answers.flatMap((answer) => answer.entries).map((one) => provenEntry(state, one)),
    grants: new Map(grants.map((one) => [one.epoch, unb64u(one.grant)])),
    mails: await letters(),
    receipts: events.map((one) => placed(one, places)),
  });
  return { bytes, kind: unlocking.kind };
}

/** What opens the file again, held against the keys that are open here. @param {any} given */
function ownKeys({ role, kind, locator, wrap, bundle, notebook }) {
  const { site, fp, account_key, role: mine, method } = me();
  const [version, box] = [notebook.version, unb64u(notebook.box)];
  if (role !== mine || !method || method.kind !== kind || !equal(unb64u(locator), method.locator)) throw new WrongPlace('the way in of another account');
  openBundle(account_key, site, role, fp, unb64u(bundle));
  openNotebook(account_key, site, fp, version, box);
  return { site, role, kind, fp, locator: unb64u(locator), wrap: unb64u(wrap), bundle: unb64u(bundle), notebook: /** @type {[number, Uint8Array]} */ ([version, box]) };
}

/** An entry as it was proven when the case was opened; of an erased one the hash alone. @param {Case} state @param {any} given */
function provenEntry(state, given) {
  const known = state.entries.find((one) => one.seq === given.seq);
  const hash = given.erased ? unb64u(given.hash) : H(unb64u(given.entry));
  if (!known || !equal(known.hash, hash)) throw new WrongPlace('another entry than the one that was proven');
  if (!known.erased) return unb64u(given.entry);
  return frame('entry', { header: given.erased ? unb64u(given.header) : unframe('entry', unb64u(given.entry)).header, body: hash });
}

/** What the log says of an entry: its place, proven; or its promise, while it is on the way. @param {any} event @param {Map<string, import('./receipts.js').Standing>} places by hex tag */
function placed(event, places) {
  const standing = places.get(hex(unb64u(event.tag)));
  return standing ? withPlace(unframe('receipt', receiptOf(event)), standing) : receiptOf(event);
}

/** Everyone who was in the case or wrote to its owner: their signed bindings, and the plain keys of who has none. @param {Case} state */
async function peopleOf(state) {
  const { all, signed } = await directory();
  const named = new Set([...all.values()].map((one) => hex(one.fp)));
  return [...signed.values(), ...[...state.identities].filter(([fp]) => !named.has(fp)).map(([, data]) => data)];
}

/** Every letter from or to the owner, still sealed. */
async function letters() {
  /** @type {any[]} */
  const found = [];
  for (let more = true, after = null; more;) {
    const answer = await post('/letters/mine', { kinds: LETTERS, ...(after ? { after } : {}) });
    found.push(...answer.letters);
    after = answer.letters.at(-1)?.hash;
    more = answer.more && !!after;
  }
  return found.map((one) => frame('mail', { header: unb64u(one.header), body: unb64u(one.body), stanzas: [unb64u(one.stanza)] }));
}
