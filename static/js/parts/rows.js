/** The row of what somebody sent, and what it says in words: all that a steward gets, line by line. */
import { CONSENT_VERSION } from './consents.js';
import { fields } from './instrument.js';
import { columns, researchRow } from './row.js';
import { _ } from './say.js';

/** @typedef {import('./instrument.js').Sheet} Sheet @typedef {import('./instrument.js').Question} Question */
/** @typedef {{instrument: string, wave: string, answers: Record<string, string>}} Given */

const SKIPPED = 'skip';
const TICKED = '1';

/**
 * @param {Sheet} sheet @param {import('./instrument.js').Answers} answers @param {Record<string, any>} consents in force
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
