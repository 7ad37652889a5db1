/**
 * The coded research row, made in the browser. Twin of instruments/row.py, which explains its codes.
 * @typedef {import('./instrument.js').Sheet} Sheet
 * @typedef {import('./instrument.js').Answers} Answers
 * @typedef {import('./instrument.js').Question} Question
 */

import { check, fields, left, read, shaped } from './instrument.js';

/**
 * Column and code of everything marked for research, in order; all else is dropped.
 * @param {Sheet} sheet @param {Answers} answers @param {Record<string, any>} consents in force
 * @param {{restricted?: boolean}} [keep]
 * @returns {Record<string, string>}
 * @throws {Error} without a yes to research; {RangeError} for an answer that no release could read
 */
export function researchRow(sheet, answers, consents, { restricted = true } = {}) {
  const against = Object.hasOwn(answers, 'f_consent') && !left(answers.f_consent) && answers.f_consent !== 'keep';
  if (consents.consent_research !== 'yes' || against) throw new Error('there is no yes to research, so no row is made');
  const { shown, value } = read(sheet, answers);
  const index = fields(sheet);
  /** @type {Record<string, string>} */
  const row = {};
  for (const name of sheet.order) {
    const one = index.get(name);
    if (!one || one.row === 'no' || (one.row === 'restricted' && !restricted)) continue;
    const allowed = (!one.only_if || consents[one.only_if] === 'yes') && shown(name);
    const codes = !allowed ? '' : one.formula ? value(one.formula) : codesOf(one, answers);
    columns(one).forEach((column, place) => { row[column] = Array.isArray(codes) ? codes[place] : codes; });
  }
  return row;
}

/** The columns of a field. @param {Question} one */
export function columns(one) {
  if (one.type !== 'checkbox') return [one.id];
  return one.choices.map((choice) => `${one.id}___${choice.code.toLowerCase().replaceAll('-', '_')}`);
}

/** @param {Question} one @param {Answers} answers @returns {string | string[]} */
function codesOf(one, answers) {
  if (!Object.hasOwn(answers, one.id)) return '';
  const answer = shaped(one, answers[one.id]);
  if (left(answer)) return 'skip';
  if (Array.isArray(answer)) return one.choices.map((choice) => (answer.includes(choice.code) ? '1' : '0'));
  const wrong = check(one, answer);
  if (wrong) throw Object.assign(new RangeError(`${one.id}: ${wrong}`), { field: one.id, words: wrong });
  return String(answer);
}
