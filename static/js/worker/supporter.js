/**
 * A supporter's desk: invitations opened and proven, the answer about conflicts, the statement to the peer, and what the desk
 * knows of the supporter.
 *   supporter.view  supporter.answer  supporter.state  supporter.tell
 */
import { b64u, hex, unb64u, unhex } from '../crypto/bytes.js';
import { caseId, readIdentity, safetyWords } from '../crypto/people.js';
import { listCases } from './case_load.js';
import { person } from './directory.js';
import { mine, send } from './letters.js';
import { me } from './me.js';
import { notebook } from './notebook.js';
import { ANSWERS, readProfile } from './payloads.js';
import { Trouble } from './trouble.js';

/** Invitations, newest first, each with what was answered; the cases that this supporter is in; what they told the desk last. */
async function view() {
  const letters = await mine(['invite', 'answer', 'statement', 'word', 'profile']);
  const cases = (await listCases()).filter((/** @type {any} */ one) => !one.owner).map((/** @type {any} */ one) => one.id);
  const binding = await person(me().fp);
  const told = letters.filter((one) => one.kind === 'profile' && one.mine && one.payload).at(-1);
  const invitations = [...invitesOf(letters)].map(([about, { letter, identity }]) => ({
    case: about, from: letter.name, date: letter.date, summary: String(letter.payload?.summary ?? ''),
    answer: own(letters, 'answer', about)?.payload?.conflict ?? '', declined: own(letters, 'answer', about)?.payload?.declines === true, statement: String(own(letters, 'statement', about)?.payload?.text ?? ''),
    safety: safetyWords(readIdentity(identity).fp),
    joined: cases.includes(about), out: !cases.includes(about) && wasIn(letters, letter),
  })).reverse();
  return {
    listed: !!binding, safety: safetyWords(me().fp), helps: !!binding?.roles.includes('supporter'), invitations, cases,
    profile: readProfile(told?.payload), told: told?.date ?? '',
  };
}

/** @param {import('./letters.js').Letter[]} letters @param {string} kind @param {string} about */
function own(letters, kind, about) {
  return letters.filter((one) => one.kind === kind && one.mine && one.about === about).at(-1);
}

/** Whether this supporter was on that team and was not asked again since. @param {import('./letters.js').Letter[]} letters @param {import('./letters.js').Letter} invite */
function wasIn(letters, { about, payload }) {
  const left = letters.filter((one) => one.kind === 'word' && one.mine && one.about === about && one.payload?.type === 'leaving').at(-1);
  if (!left && !notebook().pins.cases[about]) return false;
  const last = Math.max(left?.payload?.at_ms ?? 0, own(letters, 'statement', about)?.payload?.at_ms ?? 0);
  return !(payload?.at_ms > last);
}

/** The last invitation to each case that a coordinator signed and that names the case it is about. @param {import('./letters.js').Letter[]} letters */
function invitesOf(letters) {
  /** @type {Map<string, {letter: import('./letters.js').Letter, identity: Uint8Array}>} */
  const found = new Map();
  for (const letter of letters) {
    if (letter.kind !== 'invite' || letter.mine || !letter.payload || !letter.roles.includes('coordinator')) continue;
    const identity = invitedTo(letter);
    if (identity) found.set(letter.about, { letter, identity });
  }
  return found;
}

/** The peer's identity, if the case that the letter is about follows from it. @param {import('./letters.js').Letter} letter @returns {Uint8Array | null} */
function invitedTo({ about, payload }) {
  try {
    const identity = unb64u(payload?.identity);
    const id = caseId(me().site, readIdentity(identity).fp, new Uint8Array(16), unb64u(payload?.nonce));
    return hex(id) === about ? identity : null;
  } catch {
    return null;
  }
}

/** Whether the supporter knows somebody there: none, possible, yes, or "I cannot say"; and whether they would rather not. @param {{case: string, conflict: string, note?: string, declines?: boolean}} args */
async function answer({ case: id, conflict, note = '', declines = false }) {
  if (!ANSWERS.includes(conflict)) throw new TypeError('no such answer');
  await send('answer', { kind: 'answer', case: b64u(unhex(id)), conflict, note, declines }, { desk: true, about: unhex(id) });
  return view();
}

/** The statement of interest, sealed to the peer alone. @param {{case: string, text: string}} args */
async function state({ case: id, text }) {
  const invited = invitesOf(await mine(['invite'], { about: id })).get(id);
  const binding = await person(me().fp);
  if (!invited || !binding) throw new Trouble('Refused', 'not-invited', 'Nothing was sent. This invitation is no longer open, or you are not in the list yet.');
  await send('statement', { kind: 'statement', case: b64u(unhex(id)), text, name: binding.name }, { to: readIdentity(invited.identity), about: unhex(id) });
  return view();
}

/** Tell the desk anew about one's own work: the newest counts. @param {{profile: Record<string, any>}} args */
async function tell({ profile }) {
  await send('profile', { kind: 'profile', ...profile }, { desk: true });
  return view();
}

/** @type {Record<string, (args: any) => any>} */
export const methods = { 'supporter.view': view, 'supporter.answer': answer, 'supporter.state': state, 'supporter.tell': tell };
