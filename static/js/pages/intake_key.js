/** Seven words are made, kept by the person, and two of them asked back. Only then is anything stored. */
import { nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { dotsOf } from '../parts/dots.js';
import { _, dayWords } from '../parts/say.js';
import { announce, byId, sayWrong, setBusy } from '../parts/shell.js';
import { square, words as wordItems } from '../parts/wordsheet.js';
import { clearTrouble, go, sayTrouble, step } from './intake_steps.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

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
