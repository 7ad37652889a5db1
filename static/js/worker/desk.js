/**
 * The desk: cards opened in the browser, supporters looked at beside what the peer excluded, invitations, offers.
 *   desk.card  desk.claim  desk.release  desk.setState  desk.supporters  desk.invite  desk.offer  desk.say
 * A coordinator never sees an account. Ids and fingerprints are hex.
 */
import { WrongPlace } from '../crypto/errors.js';
import { b64u, hex, unb64u, unhex } from '../crypto/frame.js';
import { caseId } from '../crypto/entry.js';
import { readIdentity } from '../crypto/people.js';
import { keptOf, names, readCard, readNamed, readProfile, withCard } from './card.js';
import { conflicts } from './conflicts.js';
import { apartMethods } from './desk_apart.js';
import { claimer, coordinators, queueMethods } from './desk_queue.js';
import { checkPin, holders, myRoles, person, siteFacts } from './directory.js';
import { mine, readLetter, send } from './letters.js';
import { me } from './me.js';
import { note, notebook } from './notebook.js';
import { post } from './net.js';
import { Trouble } from './trouble.js';

/** @typedef {{id: string, identity: Uint8Array, nonce: Uint8Array, shown: import('./card.js').Shown, date: string, hash: string}} Card */

const OVER = ['closed', 'refused'];

/** @type {Map<string, Card>} opened in this tab */
const cards = new Map();

/** Forget what was opened, at a lock. */
export function forgetCards() {
  cards.clear();
}

/** One card and everything about its case that is for the desk. @param {{case: string}} args */
async function card({ case: id }) {
  const opened = await openCard(id);
  const stands = await standing(id);
  if (!OVER.includes(stands.state)) await remember(opened);
  const letters = (await mine(['answer', 'word', 'offer', 'invite'], { known: knownPeer(opened) })).filter((one) => one.about === id);
  return { case: id, ...stands, peer: hex(readIdentity(opened.identity).fp), date: opened.date, ...opened.shown, answers: answersOf(letters), letters: letters.filter(({ kind }) => kind !== 'answer').map(shownLetter) };
}

/** How far a case has come and who looks after it, as the site says. @param {string} id hex */
async function standing(id) {
  const { state, claimed_by: by } = await post('/desk/standing', { case: unhex(id) });
  return { state, claimed: claimer(by, await coordinators()) };
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

/** @param {Card} card */
function knownPeer({ identity }) {
  return new Map([[hex(readIdentity(identity).fp), identity]]);
}

/** @param {string} id hex @returns {Promise<Card>} */
async function openCard(id) {
  const known = cards.get(id);
  if (known) return known;
  const answer = await post('/desk/card', { case: unhex(id) });
  const identity = unb64u(answer.identity);
  const letter = await readLetter(answer, await myRoles(), new Map([[hex(readIdentity(identity).fp), identity]]));
  if (!letter.payload) throw new Trouble('CannotOpen', 'card', 'This card does not open here. Nothing was changed. Ask another coordinator to open it.');
  const opened = { id, identity, nonce: ownNonce(id, identity, letter), shown: readCard(letter.payload), date: letter.date, hash: letter.hash };
  cards.set(id, opened);
  return opened;
}

/**
 * A card is about the case of the very person who signed it.
 * @param {string} id hex @param {Uint8Array} identity frame @param {import('./letters.js').Letter} letter opened
 * @returns {Uint8Array} the case's nonce @throws {WrongPlace}
 */
function ownNonce(id, identity, { from, payload }) {
  const { fp } = readIdentity(identity);
  const nonce = typeof payload?.nonce === 'string' ? unb64u(payload.nonce) : new Uint8Array();
  const right = hex(fp) === from && nonce.length === 16 && names(payload, identity, unhex(id));
  if (!right || hex(caseId(me().site, fp, new Uint8Array(16), nonce)) !== id) throw new WrongPlace('a card of another case');
  return nonce;
}

/** What the queue sorts by is kept in the private notebook: the server has no deadline. @param {Card} card */
async function remember({ id, shown }) {
  const kept = keptOf(shown);
  if (JSON.stringify(notebook().desk?.[id]) === JSON.stringify(kept)) return;
  await note((book) => { book.desk = withCard(book.desk, id, kept); });
}

/** @param {{case: string}} args */
async function claim({ case: id }) {
  await post('/desk/claim', { case: unhex(id) });
  return {};
}

/** @param {{case: string}} args */
async function release({ case: id }) {
  await post('/desk/claim', { case: unhex(id), release: true });
  return {};
}

/** @param {{case: string, state: string}} args */
async function setState({ case: id, state }) {
  await post('/desk/state', { case: unhex(id), state });
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

/** How many invitations each supporter has had from this coordinator. @returns {Promise<Map<string, number>>} */
async function loads() {
  const counts = new Map();
  for (const { payload, mine: own } of await mine(['invite'])) if (own && payload?.to) counts.set(payload.to, (counts.get(payload.to) ?? 0) + 1);
  return counts;
}

/**
 * Invite supporters with a summary that says that it is the coordinator's. Each letter is sealed to one of them.
 * @param {{case: string, fps: string[], summary: string}} args
 */
async function invite({ case: id, fps, summary }) {
  const { identity, nonce } = await openCard(id);
  const done = [];
  for (const fp of fps) {
    const to = await supporter(fp);
    await send('invite', { kind: 'invite', case: b64u(unhex(id)), nonce: b64u(nonce), identity: b64u(identity), summary, by: 'coordinator', to: fp }, { to, about: unhex(id) });
    done.push(fp);
  }
  return { invited: done };
}

/** @param {string} fp hex */
async function supporter(fp) {
  const binding = await person(unhex(fp));
  if (!binding?.roles.includes('supporter')) throw new Trouble('Refused', 'not-listed', 'This person is not in the list of supporters now. Nothing was sent to them.');
  await checkPin(binding);
  return binding;
}

/**
 * Propose a team to the peer, by name and key. Only people named here can be approved.
 * @param {{case: string, fps: string[], note: string}} args
 */
async function offer({ case: id, fps, note: text }) {
  const { least, most } = (await siteFacts()).offer;
  if (fps.length < least || fps.length > most) {
    throw new Trouble('Input', 'offer-size', 'Choose between %(least)s and %(most)s people. Nothing was sent.', { field: 'offer', least, most });
  }
  const opened = await openCard(id);
  const people = await Promise.all(fps.map(supporter));
  const named = people.map(({ fp, name, hash }) => ({ fp: b64u(fp), name, binding: b64u(hash) }));
  await send('offer', { kind: 'offer', case: b64u(unhex(id)), people: named, note: text }, { to: readIdentity(opened.identity), about: unhex(id) });
  return {};
}

/** Write to the peer: a question, a kind "not yet" or "no". @param {{case: string, type: 'question' | 'waiting' | 'refusal' | 'reply', text: string}} args */
async function say({ case: id, type, text }) {
  const opened = await openCard(id);
  await send('word', { kind: 'word', type, text }, { to: readIdentity(opened.identity), about: unhex(id) });
  return {};
}

/** @type {Record<string, (args: any) => any>} */
export const methods = {
  ...queueMethods, 'desk.card': card, 'desk.claim': claim, 'desk.release': release, 'desk.setState': setState,
  'desk.supporters': supporters, 'desk.invite': invite, 'desk.offer': offer, 'desk.say': say, ...apartMethods,
};
