/**
 * What is written to the desk and by it.
 *   desk.invite  desk.offer  desk.say  desk.apart  desk.answerApart
 * Cards opened in this tab: a card comes from a stranger by way of the server, and counts only for the case of whoever signed it. Whoever
 * writes looks after the card. Invitations and offers are sealed to those they are written to, so that the next coordinator can't open
 * them: whoever gives a card back tells the desk, under their own signature, whom they invited and proposed.
 * Words about no case: a complaint names none, so that whoever it is about finds no trace of it in the log. Every coordinator can read
 * them. Its author says inside the seal who they are, so that it can be checked and answered.
 */
import { WrongPlace, b64u, hex, unb64u, unhex } from '../crypto/bytes.js';
import { caseId, readIdentity } from '../crypto/people.js';
import { checkPin, mustBeFresh, myRoles, person, siteFacts } from './directory.js';
import { mine, readLetter, send } from './letters.js';
import { mustFitTheLog } from './log_lanes.js';
import { me, whenForgotten } from './me.js';
import { post } from './net.js';
import { note, notebook } from './notebook.js';
import { keptOf, names, readCard, readNamed, withCard } from './payloads.js';
import { Trouble, told } from './trouble.js';

/** @typedef {{id: string, identity: Uint8Array, nonce: Uint8Array, shown: import('./payloads.js').Shown, date: string, hash: string}} Card */

/** @type {Map<string, Card>} */
const cards = new Map();
whenForgotten(() => { cards.clear(); marksOf.clear(); });

/** @param {string} id hex @returns {Promise<Card>} */
export async function openCard(id) {
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

/** Whose letters are checked under the card's own key. @param {Card} card */
export function knownPeer({ identity }) {
  return new Map([[hex(readIdentity(identity).fp), identity]]);
}

/** With how many letters of this kind the marks were last shown, by case. @type {Map<string, number>} */
const marksOf = new Map();

/** The marks are shown. @param {string} id hex @param {number} letters that they were made with */
export function marksShown(id, letters) {
  marksOf.set(id, letters);
}

/**
 * Whom the peer has named since the card was sent: in letters of their own, and of nobody else.
 * @param {Card} card @returns {Promise<{date: string, text: string}[]>} oldest first
 */
export async function keptOut(card) {
  const peer = hex(readIdentity(card.identity).fp);
  return (await mine(['word'], { about: card.id, known: knownPeer(card) })).filter(({ from, payload }) => from === peer && payload?.type === 'exclude')
    .map(({ date, payload }) => ({ date, text: String(payload?.text ?? '') }));
}

/** Nobody is asked or proposed by marks from before the peer named somebody. @param {Card} card @throws {Trouble} 'kept-out' */
async function mustShowAllMarks(card) {
  if ((await keptOut(card)).length > (marksOf.get(card.id) ?? 0)) {
    throw new Trouble('Refused', 'kept-out', 'Nothing was sent. Somebody to keep out was named since you opened this card. The marks are new now: look at them, then choose again.');
  }
}

/** What the queue sorts by is kept in the private notebook: the server has no deadline. @param {Card} card @param {number} heard letters so far */
export async function remember({ id, shown }, heard) {
  const kept = keptOf(shown, heard);
  if (JSON.stringify(notebook().desk?.[id]) === JSON.stringify(kept)) return;
  await note((book) => { book.desk = withCard(book.desk, id, kept); });
}

/** What a letter of this type says about the stage. @type {Record<string, string>} */
const STAGE_OF = { waiting: 'waiting', refusal: 'refused' };
/** No letter of the desk's is waited for. */
export const OVER = ['closed', 'refused'];

/** How far the site says it has come. @param {string} id hex @returns {Promise<string>} */
const stageNow = async (id) => (await post('/desk/standing', { case: unhex(id) })).state;

/** Before anything goes out: nobody else may have taken the card since the page was loaded. @param {string} id hex @throws {Trouble} 'claimed' */
const hold = (id) => post('/desk/claim', { case: unhex(id) });

/**
 * The same before somebody new is brought to a case: who was suspended since the page was opened is in the list no more. Other letters
 * may go out on a list that has run out, a complaint above all.
 * @param {string} id hex @throws {Trouble} @throws {import('../crypto/bytes.js').Expired}
 */
async function holdAsOfNow(id) {
  await hold(id);
  await mustBeFresh();
  await mustFitTheLog();
}

/** Whoever asks somebody, or proposes, works on a finished card again. @param {string} id hex */
async function reopen(id) {
  if (OVER.includes(await stageNow(id))) await setState({ case: id, state: 'looking' });
}

/**
 * Invite supporters with a summary that says that it is the coordinator's. Each letter is sealed to one of them. Whoever has
 * an invitation is not asked twice, so that the same may be pressed again for the rest.
 * @param {{case: string, fps: string[], summary: string}} args
 * @returns {Promise<{invited: string[], left: {fp: string, kind: string, words: string}[]}>} left: those who were not, and why
 * @throws {Trouble} when nobody was invited
 */
async function invite({ case: id, fps, summary }) {
  const opened = await openCard(id);
  const { identity, nonce } = opened;
  await holdAsOfNow(id);
  await mustShowAllMarks(opened);
  await reopen(id);
  const asked = invitedBy(await mine(['invite'], { about: id }));
  const payload = { kind: 'invite', case: b64u(unhex(id)), nonce: b64u(nonce), identity: b64u(identity), summary, by: 'coordinator' };
  const invited = fps.filter((fp) => asked.has(fp));
  const failed = [];
  for (const fp of fps.filter((one) => !asked.has(one))) {
    try {
      await send('invite', { ...payload, to: fp }, { to: await supporter(fp), about: unhex(id) });
      invited.push(fp);
    } catch (error) {
      failed.push({ fp, error });
    }
  }
  if (failed.length && !invited.length) throw failed[0].error;
  return { invited, left: failed.map(({ fp, error }) => ({ fp, kind: told(error).kind, words: told(error).words })) };
}

/** Whom I have invited to a case. @param {import('./letters.js').Letter[]} letters about it @returns {Set<string>} hex fps */
function invitedBy(letters) {
  return new Set(letters.filter((one) => one.mine).map((one) => String(one.payload?.to ?? '')));
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
  await holdAsOfNow(id);
  await mustShowAllMarks(opened);
  const people = await Promise.all(fps.map(supporter));
  await reopen(id);
  const named = people.map(({ fp, name, hash }) => ({ fp: b64u(fp), name, binding: b64u(hash) }));
  await send('offer', { kind: 'offer', case: b64u(unhex(id)), people: named, note: text }, { to: readIdentity(opened.identity), about: unhex(id) });
  return {};
}

/**
 * Write to the peer: a question, a kind "not yet" or "no". The stage follows.
 * @param {{case: string, type: 'question' | 'waiting' | 'refusal', text: string}} args
 * @returns {Promise<{stage: string}>} a stage that the letter says and that is still to be set; '' when there is none
 */
async function say({ case: id, type, text }) {
  const opened = await openCard(id);
  await hold(id);
  const now = STAGE_OF[type] ?? await stageNow(id); // before the letter is out: what fails after it would make it look unsent
  await send('word', { kind: 'word', type, text }, { to: readIdentity(opened.identity), about: unhex(id) });
  const state = type in STAGE_OF || OVER.includes(now) ? now : ''; // a finished card is finished again once what came is answered
  if (!state) return { stage: '' };
  return setState({ case: id, state }).then(() => ({ stage: '' }), () => ({ stage: state })); // the letter is out: it must not look unsent
}

/** @param {{case: string, state: string}} args */
async function setState({ case: id, state }) {
  await post('/desk/state', { case: unhex(id), state });
  return {};
}

/** @type {Record<string, (args: any) => any>} */
export const writingMethods = { 'desk.invite': invite, 'desk.offer': offer, 'desk.say': say, 'desk.setState': setState };

const TYPE = 'handover';

/** @typedef {import('./letters.js').Letter} Letter */
/** @typedef {{from: string, name: string, date: string, mine: boolean, invited: string[], proposed: string[]}} Handover fps in hex */

const fps = (/** @type {any} */ value) => (Array.isArray(value) ? value.filter((one) => /^[0-9a-f]{64}$/.test(one)) : []);

/** Write it, unless there is nothing new to say. @param {string} id hex */
export async function handOver(id) {
  const own = (await mine(['invite', 'offer', 'word'], { about: id })).filter((one) => one.mine && one.payload);
  const invited = [...new Set(own.filter(({ kind }) => kind === 'invite').map(({ payload }) => payload?.to))];
  const proposed = readNamed(own.filter(({ kind }) => kind === 'offer').at(-1)?.payload?.people).map(({ fp }) => fp);
  const last = handovers(own).filter((one) => one.from === hex(me().fp)).at(-1) ?? { invited: [], proposed: [] };
  if (`${[last.invited, last.proposed]}` === `${[fps(invited), proposed]}`) return;
  await send('word', { kind: 'word', type: TYPE, text: '', invited, proposed }, { desk: true, about: unhex(id) });
}

/** @param {Letter} letter of whoever is a coordinator now */
export function isHandover({ kind, payload, roles }) {
  return kind === 'word' && payload?.type === TYPE && roles.includes('coordinator');
}

/** @param {Letter[]} letters @returns {Handover[]} oldest first */
export function handovers(letters) {
  return letters.filter(isHandover).map(({ from, name, date, mine: own, payload }) => ({ from, name, date, mine: own, invited: fps(payload?.invited), proposed: fps(payload?.proposed) }));
}

const NO_CASE = '0'.repeat(32);

/** @type {Map<string, Uint8Array>} by hex fp: identities that signed a letter here */
let writers = new Map();
whenForgotten(() => { writers = new Map(); });

/**
 * One thread for each person, those without an answer first.
 * @returns {Promise<{threads: {fp: string, name: string, answers: boolean, waits: boolean, letters: {date: string, mine: boolean, type: string, text: string, readable: boolean}[]}[]}>}
 */
async function apart() {
  const letters = await mine(['word'], { about: NO_CASE, introduce: true });
  const threads = new Map();
  for (const { from, name, date, mine: own, payload } of letters) {
    if (payload && !own && payload.identity) writers.set(from, unb64u(payload.identity));
    const fp = own ? String(payload?.to || from) : from;
    const thread = threads.get(fp) ?? { fp, name: (await named(fp)) ?? '', answers: false, letters: [] };
    if (!own) thread.answers ||= payload !== null && (name !== '' || writers.has(from));
    thread.letters.push({ date, mine: own, type: String(payload?.type ?? ''), text: String(payload?.text ?? ''), readable: payload !== null });
    threads.set(fp, thread);
  }
  const all = [...threads.values()].map((one) => ({ ...one, waits: !one.letters.at(-1).mine }));
  return { threads: all.sort((a, b) => Number(b.waits) - Number(a.waits)) };
}

/** @param {string} fp hex, or what a payload says */
async function named(fp) {
  return /^[0-9a-f]{64}$/.test(fp) ? (await person(unhex(fp)))?.name : '';
}

/** Answer one of them, under no case too. @param {{fp: string, text: string}} args */
async function answer({ fp, text }) {
  const whole = writers.get(fp);
  const identity = whole && readIdentity(whole);
  const to = (await person(unhex(fp))) ?? (identity && hex(identity.fp) === fp ? identity : null);
  if (!to) throw new Trouble('Refused', 'not-known', 'Nothing was sent. This letter does not say whose key could open an answer.');
  await send('word', { kind: 'word', type: 'reply', text, to: fp }, { to });
  return apart();
}

/** @type {Record<string, (args: any) => any>} */
export const apartMethods = { 'desk.apart': apart, 'desk.answerApart': answer };
