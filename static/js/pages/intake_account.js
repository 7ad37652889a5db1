/**
 * The account as it is being written, in this page alone. The questionnaire is the shell's: its logic as JSON in one template, what is asked
 * in one template each. The worker seals what is written at once, and it is stored within two seconds of the last keystroke. The newest
 * sealed bytes stay here, so that leaving can hand them over without waiting; nothing else leaves the page by itself.
 */
import { ask } from '../parts/ask.js';
import { cleaned, left, visible } from '../parts/instrument.js';
import { _, timeWords } from '../parts/say.js';
import { byId } from '../parts/shell.js';

/** @typedef {import('../parts/instrument.js').Sheet} Sheet */
/** @typedef {import('../parts/instrument.js').Question} Question */
/** @typedef {import('../parts/instrument.js').Answers} Answers */
/** @typedef {import('../parts/ask.js').AskError} AskError */

/** What app/intake/questions.py leaves out because it is the usual. */
const USUAL = {
  note: '', label: '', choices: [], exclusive: [], support: [], search: false, check: null, show: null, formula: null, matrix: '',
  short: false, card: false, required: false, consent: false, kept: true, row: 'no', only_if: '',
};

/** @type {Sheet} */
export const sheet = readSheet();

/** Each question that has a page, by name. */
export const questions = new Map(sheet.parts.flatMap((part) => part.questions).filter(isAsked).map((one) => [one.id, one]));

function readSheet() {
  const read = JSON.parse(template('sheet').textContent ?? '');
  const whole = (/** @type {any} */ one) => ({ ...USUAL, ...one, ...wordsOf(one) });
  return {
    ...read, others: read.others.map(whole),
    parts: read.parts.map((/** @type {any} */ part) => ({ ...part, questions: part.questions.map(whole) })),
  };
}

/** The words of a question, from its HTML. @param {{id: string, consent?: boolean}} one */
function wordsOf({ id, consent }) {
  if (consent) return { choices: ['yes', 'no', 'later'].map(choice) };
  const html = document.getElementById(`q-${id}`) ? template(`q-${id}`) : null;
  if (!html) return {};
  const rows = /** @type {HTMLElement[]} */ ([...html.querySelectorAll('.choice')]);
  return {
    label: html.querySelector('h1')?.textContent ?? '',
    choices: rows.map((row) => choice(row.querySelector('input')?.value ?? '', row.querySelector('span')?.firstChild?.textContent ?? '')),
  };
}

/** @param {string} code @param {any} [label] */
function choice(code, label = code) {
  return { code, label: typeof label === 'string' ? label : code, lead: '', hint: '' };
}

/** @param {string} id @returns {DocumentFragment} */
function template(id) {
  return /** @type {HTMLTemplateElement} */ (byId(id)).content;
}

/** Whether the shell has a page for it. @param {Question} one */
export function isAsked(one) {
  return document.getElementById(`q-${one.id}`) !== null;
}

/** A fresh copy of a question's HTML. @param {string} id @returns {DocumentFragment} */
export function copyOf(id) {
  return /** @type {DocumentFragment} */ (template(`q-${id}`).cloneNode(true));
}

/** @typedef {{path: 'short' | 'full', step: string, question: string, answers: Answers, removed: string[], earlier: any}} Account */

/** `removed`: lines taken off the card; `earlier`: what other versions of the questions asked, in words (intake_earlier.js). @type {Account} */
export const account = { path: 'full', step: 'consents', question: '', answers: {}, removed: [], earlier: null };

/** What is kept of it: never what is only asked to change the page. */
function toKeep() {
  const { path, step, question, removed, earlier } = account;
  const answers = Object.fromEntries(Object.entries(account.answers).filter(([name]) => mayKeep(name)).map(([name, answer]) => [name, whole(answer)]));
  return { v: 1, instrument: sheet.id, path, step, question, answers, removed, ...(earlier && { earlier }) };
}

/** @param {string} name */
function mayKeep(name) {
  return sheet.parts.some((part) => part.questions.some((one) => one.id === name && one.kept));
}

/** A half of a pasted picture sign is no text that can be sealed. @param {any} answer */
function whole(answer) {
  return typeof answer === 'string' ? /** @type {any} */ (answer).toWellFormed() : answer;
}

/** Go on with a draft, of these questions or of others. @param {any} draft @returns {Promise<() => void>} says what became of it, once a step shows */
export async function take(draft) {
  const { instrument, path, step, question, answers, removed, earlier = null } = draft;
  const ofThese = instrument === sheet.id && !earlier?.answers;
  if (ofThese) Object.assign(account, { path, step, question, answers, removed, earlier });
  if (ofThese && !earlier) return () => {};
  const { carryOver, sayCarried } = await import('./intake_earlier.js');
  if (!ofThese) await carryOver(draft);
  return sayCarried;
}

/** Let go of it, when it is kept elsewhere. */
export function drop() {
  Object.assign(account, { answers: {}, removed: [], earlier: null });
}

/** Questions of the chosen way, in order, as the answers so far branch. */
export function onTheWay() {
  return visible(sheet, account.answers, { short: account.path === 'short' }).filter(isAsked);
}

/** @param {string} name */
export function isAnswered(name) {
  return Object.hasOwn(account.answers, name) && !left(account.answers[name]);
}

/** The answers that would be sent: none that was branched away. */
export function toSend() {
  return cleaned(sheet, account.answers);
}

const QUIET_MS = 800;
const AGAIN_MS = 4000;

let written = 0; // counts changes
let sealed = 0; // the change that `bytes` has
let stored = 0; // the change that the server has
/** @type {Uint8Array | null} */
let bytes = null;
/** @type {Promise<void> | null} */
let sealing = null;
/** @type {Promise<void> | null} */
let storing = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {(words: string, kept: boolean) => void} */
let say = () => {};

/** Where to say what is kept. @param {(words: string, kept: boolean) => void} how */
export function onKept(how) {
  say = how;
}

/** Something was written or chosen. */
export function touched() {
  written += 1;
  seal().catch(() => {}); // the save below says it
  storeIn(QUIET_MS);
}

/** Whether there is something that only this page has. */
export function unsaved() {
  return stored < written;
}

/** What only this page has, sealed: for leave(), which can't wait. @returns {Uint8Array | null} */
export function handOver() {
  return stored < sealed ? bytes : null;
}

/** Store everything now. @throws {AskError} */
export async function settle() {
  clearTimeout(timer);
  while (unsaved()) await (storing ?? store());
}

/** Stop trying, e.g. while the page is locked. */
export function rest() {
  clearTimeout(timer);
}

/** What the server has is what the page has: after loading. */
export function allStored() {
  stored = written;
}

/** @param {number} ms */
function storeIn(ms) {
  clearTimeout(timer);
  timer = setTimeout(() => { settle().catch(() => {}); }, ms);
}

function seal() {
  sealing ??= sealNewest().finally(() => { sealing = null; });
  return sealing;
}

async function sealNewest() {
  while (sealed < written) {
    const change = written;
    ({ sealed: bytes } = await ask('intake.seal', { draft: toKeep() }));
    sealed = change;
  }
}

function store() {
  storing = storeNewest().finally(() => { storing = null; });
  return storing;
}

async function storeNewest() {
  try {
    await seal();
    const change = sealed;
    await ask('intake.save');
    stored = Math.max(stored, change);
    say(_('Sealed and kept at %(time)s', { time: timeWords(new Date()) }), true);
  } catch (error) {
    const { kind, words } = /** @type {AskError} */ (error);
    if (kind === 'Offline') {
      say(_('Not kept yet: there is no connection. It is still on this page, and we try again by ourselves.'), false);
      storeIn(AGAIN_MS);
    } else if (kind !== 'Locked') say(words, false);
    throw error;
  }
}

addEventListener('online', () => { if (unsaved()) storeIn(0); });
