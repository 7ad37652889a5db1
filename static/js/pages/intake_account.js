/** The account as it is being written, in this page alone. The worker seals it; nothing here leaves the page by itself. */
import { cleaned, left, visible } from '../parts/instrument.js';
import { isAsked, sheet } from './intake_sheet.js';

/** @typedef {import('../parts/instrument.js').Answers} Answers */
/** @typedef {{path: 'short' | 'full', step: string, question: string, answers: Answers, removed: string[], earlier: any}} Account */

/** `removed`: lines taken off the card; `earlier`: what other versions of the questions asked, in words (intake_earlier.js). @type {Account} */
export const account = { path: 'full', step: 'consents', question: '', answers: {}, removed: [], earlier: null };

/** What is kept of it: never what is only asked to change the page. */
export function toKeep() {
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
