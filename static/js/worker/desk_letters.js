/**
 * What the desk writes: invitations, an offer, words to the peer. Whoever writes looks after the card.
 *   desk.invite  desk.offer  desk.say
 */
import { b64u, hex, unhex } from '../crypto/bytes.js';
import { readIdentity } from '../crypto/people.js';
import { openCard } from './desk_cards.js';
import { checkPin, person, siteFacts } from './directory.js';
import { mine, send } from './letters.js';
import { post } from './net.js';
import { Trouble, told } from './trouble.js';

/** What a letter of this type says about the stage. @type {Record<string, string>} */
const STAGE_OF = { waiting: 'waiting', refusal: 'refused' };

/** Before anything goes out: nobody else may have taken the card since the page was loaded. @param {string} id hex @throws {Trouble} 'claimed' */
const hold = (id) => post('/desk/claim', { case: unhex(id) });

/**
 * Invite supporters with a summary that says that it is the coordinator's. Each letter is sealed to one of them. Whoever has
 * an invitation is not asked twice, so that the same may be pressed again for the rest.
 * @param {{case: string, fps: string[], summary: string}} args
 * @returns {Promise<{invited: string[], left: {fp: string, kind: string, words: string}[]}>} left: those who were not, and why
 * @throws {Trouble} when nobody was invited
 */
async function invite({ case: id, fps, summary }) {
  const { identity, nonce } = await openCard(id);
  await hold(id);
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
  await hold(id);
  const people = await Promise.all(fps.map(supporter));
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
  await send('word', { kind: 'word', type, text }, { to: readIdentity(opened.identity), about: unhex(id) });
  const state = STAGE_OF[type] ?? '';
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
