/**
 * All parts, in any order: a dot for empty, some or written; minutes, never a percent. And one question a page. Each can be skipped; what
 * is typed is kept as it is typed, also before "Keep".
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { check, parts, skip, toggled } from '../parts/instrument.js';
import { parts as list } from '../parts/lists.js';
import { notice } from '../parts/pieces.js';
import { _, ngettext } from '../parts/say.js';
import { announce, byId, focusHeading } from '../parts/shell.js';
import { account, copyOf, isAnswered, isAsked, onTheWay, questions, sheet, touched } from './intake_account.js';
import { go, step } from './intake_steps.js';

/** @typedef {import('../parts/instrument.js').Question} Question */

const place = () => byId('question');
const skipButton = () => byId('question-skip');

/** @type {() => void} */
let shown = () => {};

/** @param {{before: () => any, after: () => any, shown: () => void}} where */
export function watchQuestions({ before, after, ...also }) {
  shown = also.shown;
  step('question', () => { if (!show()) return after(); });
  byId('question-next').addEventListener('click', () => { if (keep()) move(1, after); });
  skipButton().addEventListener('click', () => { leaveOut(); move(1, after); });
  document.querySelector('section[data-step=question] [data-back]')?.addEventListener('click', () => move(-1, before));
  place().addEventListener('input', () => read());
}

/** Go to a question of the full way, or of the short one if it is on it. @param {string} id */
export function open(id) {
  account.question = id;
  if (!onTheWay().some((one) => one.id === id)) account.path = 'full';
  return go('question');
}

/** The one that shows. @returns {Question | undefined} */
function current() {
  const all = onTheWay();
  return all.find((one) => one.id === account.question) ?? all[0];
}

/** @returns {boolean} whether there was one to show */
function show() {
  const one = current();
  if (!one) return false;
  account.question = one.id;
  place().replaceChildren(copyOf(one.id));
  fill(one);
  byId('question-where').textContent = where(one);
  byId('question-kept').hidden = !one.kept; // it says what is kept, and this answer is not
  after(one);
  shown();
  touched(); // where somebody stopped is kept too
  return true;
}

/** Nothing of an answer stays in the page. */
export function clearQuestion() {
  place().replaceChildren();
  render(nothing, byId('question-help'));
  render(nothing, byId('earlier'));
}

/** @param {Question} one */
function where(one) {
  const short = account.path === 'short';
  if (short) {
    const all = onTheWay();
    return _('Short way · question %(n)s of %(all)s', { n: all.indexOf(one) + 1, all: all.length });
  }
  const all = parts(sheet, account.answers).filter((part) => part.questions.some(isAsked));
  const part = all.find(({ questions: own }) => own.some(({ id }) => id === one.id));
  return [part?.title, _('part %(n)s of %(all)s', { n: part ? all.indexOf(part) + 1 : 1, all: all.length }),
    ngettext('about %(num)s minute', 'about %(num)s minutes', part?.minutes ?? 1)].join(' · ');
}

const boxes = () => /** @type {HTMLInputElement[]} */ ([...place().querySelectorAll('.choice input')]);
const field = () => /** @type {HTMLInputElement | HTMLTextAreaElement | null} */ (place().querySelector('#answer'));

/** @param {Question} one */
function fill(one) {
  const answer = account.answers[one.id];
  const chosen = typeof answer === 'string' ? [answer] : Array.isArray(answer) ? answer : [];
  for (const box of boxes()) box.checked = chosen.includes(box.value);
  const text = field();
  if (text) text.value = typeof answer === 'string' ? answer : '';
  place().querySelector('#find')?.addEventListener('input', (event) => {
    event.stopPropagation();
    find(/** @type {HTMLInputElement} */ (event.target).value);
  });
}

/** Show the rows that have these letters, and those chosen already. @param {string} typed */
function find(typed) {
  const wanted = typed.trim().toLowerCase();
  let count = 0;
  for (const box of boxes()) {
    const row = /** @type {HTMLElement} */ (box.closest('.choice'));
    const found = row.innerText.toLowerCase().includes(wanted) || (row.textContent ?? '').toLowerCase().includes(wanted);
    row.hidden = !found && !box.checked;
    count += Number(found);
  }
  if (wanted) announce(ngettext('One row fits.', '%(num)s rows fit.', count));
}

/** Take what was typed or clicked into the account. */
function read() {
  const one = current();
  if (!one) return;
  const text = field();
  if (text) account.answers[one.id] = text.value;
  else if (one.type === 'checkbox') tick(one);
  else account.answers[one.id] = boxes().find((box) => box.checked)?.value ?? '';
  sayWrong('');
  after(one);
  touched();
}

/** "None of these" and the others untick each other. @param {Question} one */
function tick(one) {
  const answer = account.answers[one.id];
  let ticked = Array.isArray(answer) ? answer : [];
  for (const box of boxes()) if (box.checked !== ticked.includes(box.value)) ticked = toggled(one, ticked, box.value);
  account.answers[one.id] = ticked;
  for (const box of boxes()) box.checked = ticked.includes(box.value);
}

/** What an answer changes on the page: help for telling ones, and what the second button says. @param {Question} one */
function after(one) {
  const answer = account.answers[one.id];
  const telling = [answer].flat().some((code) => typeof code === 'string' && one.support.includes(code));
  const lines = document.querySelector('#lines ul');
  render(telling && lines ? notice({ kind: 'care', title: _('You matter. Talk to someone now'), body: html`<ul class="plainlist">${urgent(lines)}</ul>
    <p>${_('We are not told what you chose, and nobody watches this site.')}</p>` }) : nothing, byId('question-help'));
  // Words are never thrown away by the button beside "Keep".
  skipButton().hidden = field() !== null && isAnswered(one.id);
  skipButton().textContent = _('Skip this one');
}

/** The people to call, without the office for deadlines. @param {Element} lines */
function urgent(lines) {
  return [...lines.children].filter((line, i) => i < 2 || line.querySelector('a[href="tel:911"]')).map((line) => line.cloneNode(true));
}

/** @returns {boolean} whether the answer is fine, or there is none */
function keep() {
  const one = current();
  if (!one) return true;
  if (!isAnswered(one.id)) { leaveOut(); return true; }
  const wrong = check(one, account.answers[one.id], new Date().toISOString().slice(0, 10));
  sayWrong(wrong);
  if (wrong) {
    skipButton().hidden = false;
    skipButton().textContent = _('Leave it out and go on');
    (field() ?? boxes()[0])?.focus();
  }
  return !wrong;
}

/** It was put and left: that is kept, the answer is not. */
function leaveOut() {
  const one = current();
  if (!one) return;
  account.answers[one.id] = skip();
  touched();
}

/** @param {string} words */
function sayWrong(words) {
  const said = /** @type {HTMLElement} */ (place().querySelector('.wrong-words'));
  said.hidden = words === '';
  /** @type {HTMLElement} */ (said.querySelector('span')).textContent = words;
  place().querySelector('.field')?.classList.toggle('wrong', words !== '');
  field()?.toggleAttribute('aria-invalid', words !== '');
  if (words) announce(words);
}

/** @param {1 | -1} by @param {() => any} end */
function move(by, end) {
  const all = onTheWay();
  const next = all[all.findIndex((one) => one.id === account.question) + by];
  if (!next) return end();
  account.question = next.id;
  show();
  focusHeading(place());
  return undefined;
}

/** The first question of a part. @param {string} id */
function openPart(id) {
  const part = parts(sheet, account.answers).find((one) => one.id === id);
  const first = part?.questions.find((one) => questions.has(one.id));
  return first ? openFull(first.id) : go('consents');
}

/** @param {string} id */
function openFull(id) {
  account.path = 'full';
  return open(id);
}

/** @param {{review: () => any}} where */
export function watchParts({ review }) {
  step('parts', () => {
    render(list(rows(), { large: true }), byId('parts-list'));
    byId('parts-go').textContent = account.question ? _('Go on where I was') : _('Begin with the first');
    byId('parts-where').textContent = ngettext('%(num)s part', '%(num)s parts', rows().length);
    touched();
  });
  byId('parts-go').addEventListener('click', () => go('question'));
  byId('parts-review').addEventListener('click', review);
  byId('question-parts').addEventListener('click', () => go('parts'));
}

/** The same list beside a question, where there is room. */
export function showSide() {
  render(list(rows()), byId('side-parts'));
}

function rows() {
  const consents = sheet.parts.find((part) => part.questions.some((one) => one.consent));
  return parts(sheet, account.answers)
    .filter((part) => part.id === consents?.id || part.questions.some((one) => questions.has(one.id)))
    .map(({ id, title, minutes, state, questions: own }) => ({
      title, filled: state === 'empty' ? undefined : /** @type {'some' | 'written'} */ (state),
      here: own.some((one) => one.id === account.question),
      note: state === 'some' ? _('Some answers kept') : state === 'written' ? undefined : ngettext('About %(num)s minute', 'About %(num)s minutes', minutes),
      onOpen: () => openPart(id),
    }));
}
