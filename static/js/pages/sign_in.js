/** Coming back: seven words, or six and an e-mail address, or the code on a sheet. What is typed stays when it does not open. */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { fetchAhead } from '../parts/ahead.js';
import { ask, resume, seenNotebook } from '../parts/ask.js';
import { _ } from '../parts/say.js';
import { announce, byId, ready, sayWrong, setBusy, watchLeaving } from '../parts/shell.js';
import { faultOf } from '../parts/typed_words.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

const form = byId('sign-in');
const words = /** @type {HTMLInputElement} */ (byId('words'));
const email = /** @type {HTMLInputElement} */ (byId('email'));
const sheet = /** @type {HTMLInputElement} */ (byId('sheet'));
const show = /** @type {HTMLInputElement} */ (byId('show-words'));
const known = byId('words-known');
let staff = false;
let bySheet = false;

/** @param {HTMLElement} toggle @param {boolean} on */
function press(toggle, on) {
  toggle.setAttribute('aria-expanded', String(on));
}

/** Show the fields for this person and this way in. */
function showFields() {
  byId('email-field').hidden = !staff;
  byId('words-field').hidden = bySheet;
  byId('sheet-field').hidden = !bySheet;
  byId('sheet-toggle').hidden = !staff;
  show.closest('label')?.toggleAttribute('hidden', bySheet);
  byId('email-field').hidden = !staff || bySheet;
  byId('staff-toggle').textContent = staff ? _('I wrote to you for help') : _('I am a volunteer or on staff');
  byId('sheet-toggle').textContent = bySheet ? _('Use my words') : _('Use the code on my sheet');
  press(byId('staff-toggle'), staff);
  press(byId('sheet-toggle'), bySheet);
}

byId('staff-toggle').addEventListener('click', () => {
  staff = !staff;
  bySheet = false;
  showFields();
  (staff ? email : words).focus();
});
byId('sheet-toggle').addEventListener('click', () => {
  bySheet = !bySheet;
  showFields();
  (bySheet ? sheet : words).focus();
});
show.addEventListener('change', () => {
  words.type = show.checked ? 'text' : 'password';
  complete();
});

/** While the words are shown: how the last one may go on. Completion would give hidden words away. */
async function complete() {
  const last = words.value.split(/\s/).at(-1) ?? '';
  const whole = words.value.trim().split(/\s+/);
  if (!show.checked || last.length < 2) { render(nothing, known); return; }
  const { words: list } = await ask('account.suggest', { prefix: last });
  if (list.length === 1 && list[0] === last) { render(nothing, known); return; }
  render(list.slice(0, 5).map((/** @type {string} */ word) => html`<li><button class="textlink" type="button"
    @click=${() => take([...whole.slice(0, -1), word])}>${word}</button></li>`), known);
}

/** @param {string[]} list */
function take(list) {
  words.value = `${list.join(' ')} `;
  render(nothing, known);
  words.focus();
}

words.addEventListener('input', () => { sayWrong(words); complete(); });
email.addEventListener('input', () => sayWrong(email));
sheet.addEventListener('input', () => sayWrong(sheet));

/** Point out words that can't be right. @returns {Promise<boolean>} whether there are none */
async function allKnown() {
  const fault = await faultOf(words.value, staff ? 6 : 7, (there) => (staff
    ? _('%(there)s Staff have six. Are you here for help? Then choose “I wrote to you for help” below.', { there })
    : _('%(there)s Yours are seven. Volunteers and staff have six, and choose “I am a volunteer” below.', { there })));
  if (fault) wrong(words, fault);
  return !fault;
}

/** @param {HTMLInputElement} input @param {string} said */
function wrong(input, said) {
  sayWrong(input, said);
  announce(said);
  input.focus();
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const open = byId('open');
  if (open.getAttribute('aria-busy')) return;
  for (const input of [words, email, sheet]) sayWrong(input);
  setBusy(open, true);
  try {
    if (!bySheet && !await allKnown()) return;
    const { to } = await ask('account.signIn', {
      role: staff ? 'staff' : 'peer', words: bySheet ? '' : words.value, sheet: bySheet ? sheet.value : '', email: email.value, seen: seenNotebook(),
    });
    words.value = '';
    sheet.value = '';
    location.replace(to);
  } catch (error) {
    explain(/** @type {AskError} */ (error));
  } finally {
    setBusy(open, false);
  }
});

/** @param {AskError} error */
function explain(error) {
  const field = { email, words, sheet }[/** @type {'email' | 'words' | 'sheet'} */ (error.facts?.field)];
  if (field) { wrong(field, error.words); return; }
  if (error.code === 'no-match') {
    wrong(bySheet ? sheet : words, bySheet
      ? _('This code did not open anything. Look at each group again.')
      : staff ? _('These words did not open anything. Check their order, and the e-mail address.') : _('These words did not open anything. Check their order.'));
    return;
  }
  wrong(bySheet ? sheet : words, error.words);
}

async function begin() {
  try {
    const locked = sessionStorage.getItem('locked');
    byId('locked-words').hidden = locked === null;
    staff = locked === 'staff';
    sessionStorage.removeItem('locked');
  } catch { /* storage can be switched off */ }
  watchLeaving();
  showFields();
  try {
    // A tab that is still open to somebody goes where they belong.
    if (await resume()) { location.replace((await ask('account.home')).to); return; }
  } catch (error) {
    ready();
    explain(/** @type {AskError} */ (error));
    return;
  }
  ready();
}
fetchAhead('sign_in');
begin();
