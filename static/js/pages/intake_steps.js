/**
 * Which step shows. None of them is in the browser's history: Back leads to the page before this site. The first are those of the key:
 * seven words are made, kept by the person, and two of them asked back. Only then is anything stored.
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { dotsOf } from '../parts/dots.js';
import { notice } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { announce, byId, sayWrong, setBusy, showStep } from '../parts/shell.js';
import { square, words as wordItems } from '../parts/wordsheet.js';
import { account } from './intake_account.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** Steps that a draft comes back to. */
const KEPT = new Set(['consents', 'parts', 'question', 'review']);

/** @type {Map<string, () => any>} */
const entrances = new Map();
let now = 'before';

/** Say what a step needs before it shows. @param {string} name @param {() => any} enter */
export function step(name, enter) {
  entrances.set(name, enter);
}

/** The step that shows. */
export function here() {
  return now;
}

/** Show a step. @param {string} name */
export async function go(name) {
  clearTrouble();
  await entrances.get(name)?.();
  now = name;
  if (KEPT.has(name)) account.step = name;
  byId('side').hidden = name !== 'question';
  showStep(name);
}

/** Say on the page what went wrong, what is safe first. @param {AskError} error @param {HTMLElement} [where] */
export function sayTrouble(error, where = byId('trouble')) {
  const words = error.words ?? _('This page did not work. That is our fault. Nothing was sent, and what was kept is sealed and kept. Load the page again.');
  render(notice({ kind: 'care', title: _('This did not work'), body: html`<p>${words}</p>` }), where);
  announce(words);
  where.scrollIntoView({ block: 'center' });
}

/** @param {HTMLElement} [where] */
function clearTrouble(where = byId('trouble')) {
  render(nothing, where);
}

const inputs = () => /** @type {HTMLInputElement[]} */ ([byId('check-first'), byId('check-second')]);

/** The words on the sheet, until the account is open. @type {string[]} */
let made = [];
/** @type {number[]} which two are asked, from 0 */
let places = [];

/** @param {() => Promise<void>} opened what comes once the account is open */
export function watchKey(opened) {
  step('words', showWords);
  step('check', showCheck);
  byId('words-other').addEventListener('click', () => { made = []; showWords().catch(sayTrouble); });
  byId('words-print').addEventListener('click', () => print());
  byId('words-form').addEventListener('submit', (event) => { event.preventDefault(); go('check'); });
  byId('check-back').addEventListener('click', () => go('words'));
  for (const input of inputs()) input.addEventListener('input', () => sayWrong(input));
  byId('check-go').addEventListener('click', () => check(opened));
}

async function showWords() {
  if (made.length) return;
  const [{ site, day }, { words }] = await Promise.all([ask('intake.about'), ask('account.begin', { role: 'peer' })]);
  made = words;
  // Two places, in order. Which two is no secret.
  const first = Math.floor(Math.random() * made.length);
  places = [first, (first + 1 + Math.floor(Math.random() * (made.length - 1))) % made.length].sort((a, b) => a - b);
  render(wordItems(made), byId('words-list'));
  // The words alone: a scanner would open an address, and leave the words in its history.
  render(square(dotsOf(made.join(' ')), _('Square code with the seven words')), byId('words-qr'));
  byId('words-day').textContent = dayWords(day, { year: true });
  byId('words-site').textContent = site;
  /** @type {HTMLInputElement} */ (byId('words-new')).value = made.join(' ');
}

function showCheck() {
  inputs().forEach((input, i) => {
    sayWrong(input);
    const label = /** @type {HTMLElement} */ (document.querySelector(`label[for=${input.id}]`));
    label.textContent = _('Word %(n)s', { n: places[i] + 1 });
  });
}

/** @param {() => Promise<void>} opened */
async function check(opened) {
  const button = byId('check-go');
  if (button.getAttribute('aria-busy')) return;
  setBusy(button, true);
  clearTrouble();
  try {
    if (!await bothRight()) return;
    await ask('account.enrol');
    forgetWords();
    await opened();
  } catch (error) {
    sayTrouble(/** @type {AskError} */ (error));
  } finally {
    setBusy(button, false);
  }
}

async function bothRight() {
  const typed = inputs();
  const { right } = await ask('account.confirmWords', { positions: places, words: typed.map((input) => input.value) });
  const said = right.map((/** @type {boolean} */ one, /** @type {number} */ i) => (one ? '' : _('This does not match word %(n)s. Look at your sheet again.', { n: places[i] + 1 })));
  typed.forEach((input, i) => sayWrong(input, said[i]));
  announce(said.join(' '));
  typed[right.indexOf(false)]?.focus();
  return right.every(Boolean);
}

/** The words leave this page for good. */
function forgetWords() {
  made = [];
  for (const id of ['words-list', 'words-qr']) render(nothing, byId(id));
  for (const input of [...inputs(), /** @type {HTMLInputElement} */ (byId('words-new'))]) input.value = '';
}
