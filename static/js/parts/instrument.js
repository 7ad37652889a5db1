/**
 * A questionnaire in the page: what is asked, what is kept, what goes on the card, what is wrong with an
 * answer. Reads the JSON of instruments/questions.py; twin of instruments/answers.py and row.py.
 * @typedef {{code: string, label: string, lead: string, hint: string}} Option
 * @typedef {{kind: string, pattern: string, words: string, compare: string, least: string, most: string}} Check
 * @typedef {{id: string, type: string, label: string, note: string, choices: Option[], exclusive: string[], support: string[],
 *   search: boolean, check: Check | null, show: any[] | null, formula: any[] | null, matrix: string, short: boolean,
 *   card: boolean, required: boolean, consent: boolean, kept: boolean, row: string, only_if: string}} Question
 * @typedef {{id: string, title: string, note: string, minutes: number, short_minutes: number, questions: Question[]}} Part
 * @typedef {{id: string, name: string, edition: number, minutes: number, short_minutes: number, order: string[],
 *   parts: Part[], others: Question[]}} Sheet
 * @typedef {string | string[] | {skip: true}} Answer
 * @typedef {Record<string, Answer>} Answers  a field that is absent was never put to the person
 */

import { asText, moment, reader, truth, valueOf } from './branching.js';
import { _ } from './say.js';

const LONGEST = 60000;
const PREFERS_NOT = 'pnts';

/** The answer of someone who leaves a question. @returns {{skip: true}} */
export const skip = () => ({ skip: true });

/** @type {WeakMap<Sheet, Map<string, Question>>} */
const indexes = new WeakMap();

/** Every field by name. @param {Sheet} sheet */
export function fields(sheet) {
  let index = indexes.get(sheet);
  if (!index) {
    const all = [...sheet.parts.flatMap((part) => part.questions), ...sheet.others];
    index = new Map(all.map((question) => [question.id, question]));
    indexes.set(sheet, index);
  }
  return index;
}

/**
 * Answers seen through a sheet: branched-away answers are blank, formulas are computed.
 * @param {Sheet} sheet @param {Answers} answers
 */
export function read(sheet, answers) {
  const index = fields(sheet);
  const given = reader(answers);
  /** @type {Map<string, boolean>} */
  const known = new Map();
  /** Each formula once: they may name each other many times over. @type {Map<string, string>} */
  const computed = new Map();
  /** @param {string} name @returns {boolean} */
  const shown = (name) => {
    if (!known.has(name)) {
      const show = index.get(name)?.show;
      known.set(name, !show || truth(valueOf(show, look)));
    }
    return known.get(name) === true;
  };
  /** @param {string} name @param {string | null} code @returns {string} */
  const look = (name, code) => {
    const question = index.get(name);
    if (!question || !shown(name)) return code === null ? '' : '0';
    if (question.formula) {
      if (!computed.has(name)) computed.set(name, value(question.formula));
      return /** @type {string} */ (computed.get(name));
    }
    if (code === null || !question.exclusive.length) return trimmed(given(name, code));
    const answer = Object.hasOwn(answers, name) ? answers[name] : null;
    return Array.isArray(answer) && untick(question.exclusive, answer).includes(code) ? '1' : '0';
  };
  /** @param {any[]} tree */
  const value = (tree) => asText(valueOf(tree, look));
  return { shown, value };
}

/** Questions to show, in order. @param {Sheet} sheet @param {Answers} answers @param {{short?: boolean}} [path] */
export function visible(sheet, answers, path = {}) {
  const { shown } = read(sheet, answers);
  return sheet.parts.flatMap((part) => part.questions.filter((one) => (!path.short || one.short) && shown(one.id)));
}

/**
 * Parts that have something to ask, with a state: "empty", "some" or "written".
 * @param {Sheet} sheet @param {Answers} answers @param {{short?: boolean}} [path]
 */
export function parts(sheet, answers, path = {}) {
  const { shown } = read(sheet, answers);
  return sheet.parts
    .map((part) => {
      const questions = part.questions.filter((one) => (!path.short || one.short) && shown(one.id));
      const minutes = path.short ? part.short_minutes : part.minutes;
      return { id: part.id, title: part.title, note: part.note, minutes, state: stateOf(questions, answers), questions };
    })
    .filter((part) => part.questions.length);
}

/** @param {Question[]} questions @param {Answers} answers @returns {'empty' | 'some' | 'written'} */
function stateOf(questions, answers) {
  const kept = questions.filter((one) => one.kept && !['descriptive', 'file', 'signature'].includes(one.type));
  const put = kept.filter((one) => Object.hasOwn(answers, one.id));
  if (!put.some((one) => !left(answers[one.id]))) return 'empty';
  return put.length === kept.length ? 'written' : 'some';
}

/** Answers that may be kept: nothing branched away, never stored or unknown. @param {Sheet} sheet @param {Answers} answers @returns {Answers} */
export function cleaned(sheet, answers) {
  const { shown } = read(sheet, answers);
  const index = fields(sheet);
  /** @type {Answers} */
  const kept = {};
  for (const name of sheet.order) {
    const one = index.get(name);
    if (!one || !Object.hasOwn(answers, name) || !one.kept || one.type === 'calc' || one.type === 'descriptive') continue;
    if (shown(name)) kept[name] = shaped(one, answers[name]);
  }
  return kept;
}

/**
 * An answer in its one right form. @param {Question} one @param {any} answer @returns {Answer}
 * @throws {RangeError} with `field` and `words`, never the answer
 */
export function shaped(one, answer) {
  if (left(answer)) return skip();
  if (one.type === 'checkbox') return boxes(one, answer);
  if (typeof answer !== 'string') throw refuse(one, _('This answer should be text.'));
  const chosen = one.choices.length > 0 && one.type !== 'slider';
  if (chosen && !one.choices.some((choice) => choice.code === answer)) throw refuse(one, _('This is not one of the choices.'));
  if (answer.length > LONGEST && [...answer].length > LONGEST) throw refuse(one, _('This is longer than %(most)s characters.', { most: LONGEST }));
  return chosen ? answer : trimmed(answer);
}

/** @param {Question} one @param {string} words */
function refuse(one, words) {
  return Object.assign(new RangeError(`${one.id}: ${words}`), { field: one.id, words });
}

/** @param {Question} one @param {any} answer */
function boxes(one, answer) {
  if (!Array.isArray(answer)) throw refuse(one, _('This answer should be a list of codes.'));
  const known = one.choices.map((choice) => choice.code);
  if (!answer.every((code) => known.includes(code))) throw refuse(one, _('This is not one of the choices.'));
  return untick(one.exclusive, known.filter((code) => answer.includes(code)));
}

/** A code that excludes the others stands alone. @param {string[]} exclusive @param {string[]} ticked */
export function untick(exclusive, ticked) {
  const alone = ticked.filter((code) => exclusive.includes(code));
  if (alone.includes(PREFERS_NOT)) return [PREFERS_NOT];
  return alone.length ? alone.slice(0, 1) : ticked;
}

/**
 * Ticked codes after one box was clicked: the last click wins over what it excludes.
 * @param {Question} one @param {string[]} ticked before the click @param {string} code
 */
export function toggled(one, ticked, code) {
  if (ticked.includes(code)) return ticked.filter((other) => other !== code);
  const rest = one.exclusive.includes(code) ? [] : ticked.filter((other) => !one.exclusive.includes(other));
  return one.choices.map((choice) => choice.code).filter((other) => other === code || rest.includes(other));
}

/** Whether a question was put and left. @param {any} answer */
export function left(answer) {
  if (typeof answer === 'string') return trimmed(answer) === '';
  if (Array.isArray(answer)) return answer.length === 0;
  return isPlain(answer) && answer.skip === true && Object.keys(answer).length === 1;
}

/** @param {any} answer */
function isPlain(answer) {
  return typeof answer === 'object' && answer !== null;
}

/** Kind words about what to change, "" when fine. @param {Question} one @param {any} answer @param {string} [today] YYYY-MM-DD */
export function check(one, answer, today = '') {
  if (left(answer)) return '';
  try {
    const kept = shaped(one, answer);
    return one.check && typeof kept === 'string' ? checkText(one, one.check, kept, today) : '';
  } catch (wrong) {
    const words = /** @type {any} */ (wrong).words;
    if (!words) throw wrong;
    return words;
  }
}

/** @param {Question} one @param {Check} rule @param {string} text @param {string} today */
function checkText(one, rule, text, today) {
  const about = _(rule.words, { least: rule.least, most: rule.most });
  if (!new RegExp(`^(?:${rule.pattern})$`, 'u').test(text)) return about;
  if (rule.compare === 'date' && moment(text.slice(0, 10)) === null) {
    return _('The calendar does not have this day. Check the month and the day.');
  }
  const [low, high] = [rule.least, rule.most].map((limit) => (limit === 'today' || limit === 'now' ? today : limit));
  const below = low !== '' && before(rule.compare, text, low);
  const above = high !== '' && before(rule.compare, high, text);
  if (one.type === 'slider' && (below || above)) return about;
  return below ? atLeast(rule, low) : above ? atMost(rule, high) : '';
}

/** @param {Check} rule */
const isTime = ({ compare }) => compare === 'date' || compare === 'text';

/** @param {Check} rule @param {string} limit */
const atLeast = (rule, limit) => (isTime(rule) ? _('This should be %(limit)s or later.', { limit }) : _('This should be %(limit)s or more.', { limit }));

/** @param {Check} rule @param {string} limit */
const atMost = (rule, limit) => (isTime(rule) ? _('This should be %(limit)s or earlier.', { limit }) : _('This should be %(limit)s or less.', { limit }));

/** @param {string} compare @param {string} a @param {string} b */
function before(compare, a, b) {
  if (compare === 'number' || compare === 'comma') return Number(a.replace(',', '.')) < Number(b.replace(',', '.'));
  if (compare !== 'date') return a < b;
  const shortest = Math.min(a.length, b.length);
  return a.slice(0, shortest) < b.slice(0, shortest);
}

/** Lines of the desk's card, in order. @param {Sheet} sheet @param {Answers} answers @returns {{name: string, label: string, value: string}[]} */
export function cardLines(sheet, answers) {
  const kept = cleaned(sheet, answers);
  const index = fields(sheet);
  return sheet.order.flatMap((name) => {
    const one = index.get(name);
    const answer = kept[name];
    const says = one?.card && answer !== undefined && !left(answer) && String(answer) !== PREFERS_NOT;
    return one && says ? [{ name, label: one.label, value: inWords(one, answer) }] : [];
  });
}

/** An answer as a person reads it. @param {Question} one @param {Answer} answer */
export function inWords(one, answer) {
  /** @param {string} code */
  const label = (code) => one.choices.find((choice) => choice.code === code)?.label ?? code;
  if (Array.isArray(answer)) return `${answer.map(label).join('. ')}.`;
  return typeof answer !== 'string' ? '' : one.type === 'slider' ? answer : label(answer);
}

/** @param {string} text */
export function trimmed(text) {
  return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}
