/**
 * The row of what somebody sent, coded and in words: all that a steward gets, line by line. `researchRow` is the twin of
 * instruments/row.py, which explains its codes.
 */
import { CONSENT_VERSION } from './consents.js';
import { check, fields, left, read, shaped } from './instrument.js';
import { _ } from './say.js';

/**
 * @typedef {import('./instrument.js').Sheet} Sheet @typedef {import('./instrument.js').Question} Question
 * @typedef {import('./instrument.js').Answers} Answers
 */

/** @typedef {{instrument: string, wave: string, answers: Record<string, string>}} Given */

const SKIPPED = 'skip';
const TICKED = '1';

/**
 * @param {Sheet} sheet @param {Answers} answers @param {Record<string, any>} consents in force
 * @returns {Given | null} null: no yes to research, or answers that no release could read
 */
export function intakeRow(sheet, answers, consents) {
  if (consents.consent_research !== 'yes') return null;
  try {
    const row = researchRow(sheet, { ...answers, consent_version: String(CONSENT_VERSION) }, consents);
    return { instrument: sheet.id, wave: 'intake', answers: row };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The same in words, part by part; what was never asked makes no line. @param {Sheet} sheet @param {Record<string, string>} row @returns {{title: string, lines: {label: string, text: string}[]}[]} */
export function rowInWords(sheet, row) {
  const index = fields(sheet);
  const told = (/** @type {Question} */ one) => {
    const text = saidIn(/** @type {Question} */ (index.get(one.id)), row);
    return text ? [{ label: one.label, text }] : [];
  };
  const parts = [...sheet.parts.map(({ title, questions }) => ({ title, questions })), { title: _('Worked out from these'), questions: sheet.others }];
  return parts.map(({ title, questions }) => ({ title, lines: questions.flatMap(told) })).filter(({ lines }) => lines.length);
}

/** @param {Question} one @param {Record<string, string>} row @returns {string} '' when it is not in the row */
function saidIn(one, row) {
  const names = columns(one);
  const codes = names.map((name) => row[name] ?? '');
  if (codes.every((code) => code === '')) return '';
  if (codes.includes(SKIPPED)) return _('Asked, and left open');
  if (one.type === 'calc') return { 1: _('Yes (1)'), 0: _('No (0)') }[codes[0]] ?? codes[0];
  if (one.type !== 'checkbox') return one.choices.find((choice) => choice.code === codes[0])?.label ?? codes[0];
  const ticked = one.choices.filter((_choice, place) => codes[place] === TICKED).map(({ label }) => label);
  return ticked.length ? `${ticked.join('. ')}.` : _('None of them ticked');
}

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
function columns(one) {
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
