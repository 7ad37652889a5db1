/** The questionnaire as the shell carries it: its logic as JSON in one template, what is asked in one template each. */
import { byId } from '../parts/shell.js';

/** @typedef {import('../parts/instrument.js').Sheet} Sheet */
/** @typedef {import('../parts/instrument.js').Question} Question */

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
  const whole = (/** @type {any} */ one) => ({ ...USUAL, ...one, ...written(one) });
  return {
    ...read, others: read.others.map(whole),
    parts: read.parts.map((/** @type {any} */ part) => ({ ...part, questions: part.questions.map(whole) })),
  };
}

/** The words of a question, from its HTML. @param {{id: string, consent?: boolean}} one */
function written({ id, consent }) {
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
