/**
 * Words about no case: a complaint names none, so that whoever it is about finds no trace of it in the log.
 *   desk.apart  desk.answerApart
 * Every coordinator can read them. Its author says inside the seal who they are, so that it can be checked and answered.
 */
import { hex, unb64u, unhex } from '../crypto/bytes.js';
import { readIdentity } from '../crypto/people.js';
import { person } from './directory.js';
import { mine, send } from './letters.js';
import { whenForgotten } from './me.js';
import { Trouble } from './trouble.js';

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
