/**
 * The desk: cards opened in the browser, who looks after them, supporters looked at beside what the peer excluded.
 *   desk.card  desk.claim  desk.release  desk.supporters
 * A coordinator never sees an account. Ids and fingerprints are hex.
 *
 * The queue: everyone who waits, by the nearest date; and, when asked for, those that are finished.
 *   desk.queue  desk.over
 * The server has no date that does not wait: it is known here once this coordinator has opened the card.
 */
import { hex, unb64u, unhex } from '../crypto/bytes.js';
import { readIdentity } from '../crypto/people.js';
import { dateOf } from './clock.js';
import { OVER, apartMethods, handOver, handovers, isHandover, keptOut, knownPeer, marksShown, openCard, remember, writingMethods } from './desk_letters.js';
import { directory, holders, siteFacts } from './directory.js';
import { mine } from './letters.js';
import { renewalByHand } from './listing.js';
import { me } from './me.js';
import { post } from './net.js';
import { note, notebook } from './notebook.js';
import { many, readKept, readNamed, readProfile } from './payloads.js';

/** @typedef {{people?: string, employer?: string, states?: string[]}} Excluded */
/** @typedef {{employers?: string[], state?: string}} Profile */

const SMALL = new Set(['the', 'of', 'and', 'at', 'for', 'in', 'hospital', 'medical', 'center', 'centre', 'clinic', 'university', 'health', 'system', 'school', 'medicine', 'group', 'dr', 'md', 'mr', 'ms', 'st']);

/**
 * Where a supporter's profile meets what a peer excluded. It marks, it does not decide: names are written in many ways, and a list
 * misses links.
 * @param {Excluded} excluded by the peer @param {string} name of the supporter @param {Profile | null} profile
 * @returns {{what: 'name' | 'employer' | 'place' | 'state', words: string}[]}
 */
export function conflicts(excluded, name, profile) {
  const found = [];
  const people = excluded.people ?? '';
  if (shares(people, name)) found.push({ what: /** @type {const} */ ('name'), words: name });
  for (const employer of profile?.employers ?? []) {
    if (shares(excluded.employer ?? '', employer)) found.push({ what: /** @type {const} */ ('employer'), words: employer });
    else if (shares(people, employer)) found.push({ what: /** @type {const} */ ('place'), words: employer });
  }
  if (profile?.state && (excluded.states ?? []).includes(profile.state)) found.push({ what: /** @type {const} */ ('state'), words: profile.state });
  return found;
}

/** Whether two writings share a word that says something: surnames and names of places do, also those of two letters; "hospital" does not. @param {string} a @param {string} b */
function shares(a, b) {
  const mine = telling(a);
  return [...telling(b)].some((word) => mine.has(word));
}

/** @param {string} text */
function telling(text) {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1 && !SMALL.has(word)));
}

/** All that is not finished, in one list: the nearest date may stand on any page of it. renewal: the list of people waits for a coordinator's eyes. */
async function queue() {
  const all = new Map();
  for (let after = null, more = true; more;) {
    /** @type {{cards: any[], more: boolean}} */
    const page = await post('/desk/queue', { after });
    const before = all.size;
    for (const one of page.cards) all.set(one.case, one);
    after = page.cards.at(-1)?.case ?? null;
    more = page.more && all.size > before;
  }
  const cards = await rows([...all.values()]);
  await forgetOver(new Set(cards.map((one) => one.case)));
  return { cards: cards.sort(byUrgency), offer: (await siteFacts()).offer, renewal: await renewalByHand() !== null };
}

/** A page of those refused or closed, longest ago first. @param {{after?: string}} args hex */
async function over({ after } = {}) {
  const { cards: listed, more = false } = await post('/desk/queue', { over: true, after: after ? unhex(after) : null });
  const cards = await rows(listed);
  return { cards, more: more ? cards.at(-1)?.case ?? null : null };
}

/** @param {any[]} listed */
async function rows(listed) {
  const desk = await coordinators();
  const read = notebook().desk ?? {};
  return listed.map((one) => {
    const id = hex(unb64u(one.case));
    const [kept, claimed] = [readKept(read[id]), claimer(one.claimed_by, desk)];
    const news = many(one.heard) > kept.heard && (!claimed || claimed.me);
    return { case: id, date: dateOf(one.day), day: one.day, state: one.state, sent: one.sent, opened: id in read, ...kept, claimed, news };
  });
}

/** @returns {Promise<Map<string, string>>} names of those in force, by hex fp */
export async function coordinators() {
  return new Map((await holders('coordinator')).map((one) => [hex(one.fp), one.name]));
}

/**
 * Who looks after a card. Somebody who is no coordinator now does not: anyone may take it.
 * @param {string | null} by base64url @param {Map<string, string>} desk names of coordinators by hex fp
 */
export function claimer(by, desk) {
  const fp = by ? hex(unb64u(by)) : '';
  const name = desk.get(fp);
  return name === undefined ? null : { name, me: fp === hex(me().fp) };
}

/** A date that does not wait first, then whoever has waited longest. @param {any} a @param {any} b */
function byUrgency(a, b) {
  return (a.deadline || '9999').localeCompare(b.deadline || '9999') || a.day - b.day;
}

/** The notebook is for cards that somebody still works on. @param {Set<string>} waiting */
async function forgetOver(waiting) {
  const gone = Object.keys(notebook().desk ?? {}).filter((id) => !waiting.has(id));
  if (gone.length) await note((book) => { for (const id of gone) delete book.desk?.[id]; });
}

/** @type {Record<string, (args: any) => any>} */
export const queueMethods = { 'desk.queue': queue, 'desk.over': over };

/** One card and everything about its case that is for the desk. @param {{case: string}} args */
async function card({ case: id }) {
  const opened = await openCard(id);
  const stands = await standing(id);
  if (!stands.over) await remember(opened, stands.heard);
  const letters = await mine(['answer', 'word', 'offer', 'invite'], { about: id, known: knownPeer(opened) });
  return { case: id, ...stands, cameBack: OVER.includes(stands.state) && !stands.over, peer: hex(readIdentity(opened.identity).fp), date: opened.date, ...opened.shown, answers: answersOf(letters), handovers: handovers(letters),
    letters: letters.filter((one) => one.kind !== 'answer' && !isHandover(one)).map(shownLetter), names: await namesIn(letters) };
}

/** Names by hex fp: of everyone in the list, and of those no longer in it whom I proposed. @param {import('./letters.js').Letter[]} letters */
async function namesIn(letters) {
  const proposed = letters.filter((one) => one.kind === 'offer' && one.mine).flatMap((one) => readNamed(one.payload?.people));
  const listed = [...(await directory()).people].map(([fp, { name }]) => ({ fp, name }));
  return Object.fromEntries([...proposed, ...listed].map(({ fp, name }) => [fp, name]));
}

/** How far a case has come, who looks after it, what others sent and whose letters lie with the peer, as the site says. @param {string} id hex */
async function standing(id) {
  const { state, over, heard, claimed_by: claimed, others, wrote } = await post('/desk/standing', { case: unhex(id) });
  const desk = await coordinators();
  const sent = others.map((/** @type {any} */ { kind, by, day, count }) => ({ kind, name: desk.get(hex(unb64u(by))) ?? '', date: dateOf(day), count }));
  return { state, over: over === true, heard: many(heard), claimed: claimer(claimed, desk), others: sent, wrote: wrote.map((/** @type {string} */ fp) => hex(unb64u(fp))) };
}

/** @param {import('./letters.js').Letter} one */
function shownLetter({ kind, from, name, date, mine: own, payload, hash }) {
  return { kind, from, name, date, mine: own, readable: payload !== null, type: String(payload?.type ?? ''), text: String(payload?.text ?? payload?.summary ?? payload?.note ?? ''), to: String(payload?.to ?? ''), whom: String(payload?.whom ?? ''), people: readNamed(payload?.people), hash };
}

/** The last answer of each supporter. @param {import('./letters.js').Letter[]} letters */
function answersOf(letters) {
  const last = new Map();
  for (const one of letters) {
    if (one.kind === 'answer' && one.roles.includes('supporter')) last.set(one.from, { fp: one.from, name: one.name, date: one.date, conflict: one.payload?.conflict ?? 'unreadable', note: one.payload?.note ?? '', declines: one.payload?.declines ?? false });
  }
  return [...last.values()];
}

/** @param {{case: string}} args */
async function claim({ case: id }) {
  await post('/desk/claim', { case: unhex(id) });
  return {};
}

/** @param {{case: string}} args */
async function release({ case: id }) {
  await handOver(id);
  await post('/desk/claim', { case: unhex(id), release: true });
  return {};
}

/**
 * Every supporter in force, what they told the desk, and where that meets what this peer excluded. Someone may appear whom a
 * list does not catch: the peer approves by name.
 * @param {{case: string}} args
 */
async function supporters({ case: id }) {
  const opened = await openCard(id);
  const { shown: { excluded } } = opened;
  const later = await keptOut(opened);
  const people = [excluded.people, ...later.map(({ text }) => text)].join('\n');
  const profiles = new Map();
  for (const one of await mine(['profile'])) if (one.payload) profiles.set(one.from, readProfile(one.payload));
  const open = await loads();
  const all = (await holders('supporter')).map((one) => {
    const fp = hex(one.fp);
    const profile = profiles.get(fp) ?? null;
    return { fp, name: one.name, profile, meets: conflicts({ ...excluded, people }, one.name, profile), invited: open.get(fp) ?? 0 };
  });
  marksShown(id, later.length); // only now: what fails above leaves the page with those of before
  return { supporters: all.sort((a, b) => a.meets.length - b.meets.length || a.invited - b.invited || a.name.localeCompare(b.name)), excluded, excludedLater: later };
}

/** How many invitations each supporter has had from the desk, as the site says. @returns {Promise<Map<string, number>>} by hex fp */
async function loads() {
  const { loads: all } = await post('/desk/loads');
  return new Map(all.map((/** @type {any} */ { fp, count }) => [hex(unb64u(fp)), count]));
}

/** @type {Record<string, (args: any) => any>} */
export const methods = {
  ...queueMethods, ...writingMethods, ...apartMethods, 'desk.card': card, 'desk.claim': claim, 'desk.release': release, 'desk.supporters': supporters,
};
