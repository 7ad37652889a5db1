/**
 * The desk: cards opened in the browser, who looks after them, supporters looked at beside what the peer excluded.
 *   desk.card  desk.claim  desk.release  desk.supporters
 * A coordinator never sees an account. Ids and fingerprints are hex.
 */
import { hex, unb64u, unhex } from '../crypto/bytes.js';
import { readIdentity } from '../crypto/people.js';
import { readNamed, readProfile } from './card.js';
import { dateOf } from './clock.js';
import { conflicts } from './conflicts.js';
import { apartMethods } from './desk_apart.js';
import { openCard, remember } from './desk_cards.js';
import { handOver, handovers, isHandover } from './desk_handover.js';
import { writingMethods } from './desk_letters.js';
import { claimer, coordinators, queueMethods } from './desk_queue.js';
import { directory, holders } from './directory.js';
import { mine } from './letters.js';
import { post } from './net.js';

const OVER = ['closed', 'refused'];

/** One card and everything about its case that is for the desk. @param {{case: string}} args */
async function card({ case: id }) {
  const opened = await openCard(id);
  const stands = await standing(id);
  if (!OVER.includes(stands.state)) await remember(opened);
  const letters = await mine(['answer', 'word', 'offer', 'invite'], { about: id, known: knownPeer(opened) });
  return { case: id, ...stands, peer: hex(readIdentity(opened.identity).fp), date: opened.date, ...opened.shown, answers: answersOf(letters), handovers: handovers(letters),
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
  const { state, claimed_by: claimed, others, wrote } = await post('/desk/standing', { case: unhex(id) });
  const desk = await coordinators();
  const sent = others.map((/** @type {any} */ { kind, by, day, count }) => ({ kind, name: desk.get(hex(unb64u(by))) ?? '', date: dateOf(day), count }));
  return { state, claimed: claimer(claimed, desk), others: sent, wrote: wrote.map((/** @type {string} */ fp) => hex(unb64u(fp))) };
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

/** @param {import('./desk_cards.js').Card} card */
function knownPeer({ identity }) {
  return new Map([[hex(readIdentity(identity).fp), identity]]);
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
  const { shown: { excluded } } = await openCard(id);
  const profiles = new Map();
  for (const one of await mine(['profile'])) if (one.payload) profiles.set(one.from, readProfile(one.payload));
  const open = await loads();
  const all = (await holders('supporter')).map((one) => {
    const fp = hex(one.fp);
    const profile = profiles.get(fp) ?? null;
    return { fp, name: one.name, profile, meets: conflicts(excluded, one.name, profile), invited: open.get(fp) ?? 0 };
  });
  return { supporters: all.sort((a, b) => a.meets.length - b.meets.length || a.invited - b.invited || a.name.localeCompare(b.name)), excluded };
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
