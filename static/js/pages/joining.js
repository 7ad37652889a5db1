/** From an invitation to a key: who you are, six words, a profile that only coordinators open, a recovery sheet. */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, guard } from '../parts/ask.js';
import { button, sealedField } from '../parts/controls.js';
import { notice, readers } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { byId } from '../parts/shell.js';
import { checkStep, codeStep, head, trouble, twoPlaces, wordsStep } from './keymaking.js';
import { ROLE_SEES, roleWords, tellsWork } from './people_state.js';
import { blankProfile, profileFields, toSend } from './profile.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** @type {Record<string, any>} */
const page = {
  step: 'checking', token: '', invited: null, wrong: {}, error: null, busy: false, name: '', email: '',
  profile: blankProfile(),
  words: [], places: [], typed: ['', ''], right: null, sheet: '', kept: false,
};
/** @type {() => void} */
let joined = () => {};

/** Begin with the secret of a link. @param {string} token @param {() => void} whenJoined the account stands and the sheet is kept */
export function startJoining(token, whenJoined) {
  page.token = token;
  history.replaceState(null, '', '/people'); // the secret is in no history or screenshot while it is still good
  joined = whenJoined;
  byId('readers').hidden = true;
  byId('rooms').hidden = true;
  show();
  check();
}

/** @param {Record<string, any>} [changes] */
function show(changes = {}) {
  Object.assign(page, changes);
  const [title, body, sheet] = STEPS[page.step]();
  head(title, { sheet });
  render(body, byId('app'));
}

/** @param {() => Promise<void>} work */
async function doing(work) {
  if (page.busy) return;
  show({ busy: true, error: null, wrong: {} });
  try {
    await work();
    if (page.step !== 'left') show({ busy: false });
  } catch (problem) {
    const error = /** @type {AskError} */ (problem);
    if (error.kind === 'Input') {
      show({ busy: false, wrong: { [error.facts.field]: error.words }, step: 'who' });
      document.getElementById(error.facts.field)?.focus();
    } else show({ busy: false, error });
  }
}

const check = () => doing(async () => {
  page.invited = await ask('people.invitation', { token: page.token });
  page.step = 'who';
});
const go = () => doing(async () => {
  const { name, email } = await ask('people.checkJoiner', { name: page.name, email: page.email });
  Object.assign(page, { name, email });
  if (!page.words.length) page.words = (await ask('account.begin', { role: 'staff' })).words;
  Object.assign(page, { step: 'words', places: twoPlaces(6), typed: ['', ''], right: null });
});
const checkWords = () => doing(async () => {
  const { right } = await ask('account.confirmWords', { positions: page.places, words: page.typed });
  page.right = right;
  if (!right.every(Boolean)) return;
  const { token, name, email, profile, invited } = page;
  await ask('people.join', { token, name, email, profile: tellsWork(invited.roles) ? toSend(profile) : null });
  guard();
  page.step = 'sheet';
  await makeSheet();
});
async function makeSheet() {
  page.sheet = (await ask('account.addSheet')).sheet;
}

const work = () => html`<section class="stack" aria-labelledby="work-head"><h2 id="work-head">${_('Your work')}</h2>
  ${readers(_('Only the coordinators can open this. They use it to find a team, and to keep people apart who know each other.'))}
  ${profileFields(page.profile, (changes) => { Object.assign(page.profile, changes); show(); })}</section>`;

/** @type {Record<string, () => [string, unknown, boolean?]>} */
const STEPS = {
  checking: () => [_('Your invitation'), page.error ? linkTrouble() : html`<p role="status">${_('Opening. This takes a moment.')}</p>`],
  who: () => [_('Thank you for coming to help'), html`
    <p class="lead">${_('You were invited to %(name)s. Your part: %(roles)s. This takes about five minutes. Have paper or a printer near.', { name: page.invited.name, roles: roleWords(page.invited.roles) })}</p>
    ${page.invited.roles.map((/** @type {string} */ role) => html`<p>${ROLE_SEES[role]}</p>`)}
    <p class="small soft">${_('The invitation is good until %(day)s, once.', { day: dayWords(page.invited.until) })}</p>
    <section class="stack" aria-labelledby="you-head"><h2 id="you-head">${_('You')}</h2>
    ${readers(_('Your name can be read by everyone who may be asked to trust you, and by the server.'), { wider: true })}
    ${sealedField({ id: 'name', label: _('Your name'), value: page.name, capitals: 'words', error: page.wrong.name, onInput: (name) => show({ name }) })}
    ${sealedField({ id: 'email', label: _('Your e-mail address'), hint: _('You type it with your words to sign in. It is never sent to the server.'), value: page.email, keys: 'email', capitals: 'none', error: page.wrong.email, onInput: (email) => show({ email }) })}</section>
    ${tellsWork(page.invited.roles) ? work() : nothing}
    ${trouble(page.error)}
    <p class="buttons">${button(_('Make my key'), go, { busy: page.busy })}</p>`],
  words: () => [_('These six words are your key'), wordsStep({ words: page.words, email: page.email, site: page.invited.site, day: page.invited.day, onKept: () => show({ step: 'check' }) }), true],
  check: () => [_('Two words, to be sure'), html`${checkStep({
    places: page.places, typed: page.typed, right: page.right, busy: page.busy, onGo: checkWords, onBack: () => show({ step: 'words' }),
    onInput: (i, value) => { page.typed[i] = value; show({ right: null }); }, note: _('Going on seals what you wrote for the coordinators. It takes about a second.'),
  })}${page.error ? trouble(page.error, checkWords) : ''}`],
  sheet: () => [_('Your recovery sheet'), page.sheet ? codeStep({
    title: _('Keep this sheet: recovery'), code: page.sheet, site: page.invited.site, day: page.invited.day, kept: page.kept, onKept: (kept) => show({ kept }),
    lead: _('Your key is made. This sheet opens it if your words are lost.'),
    about: { title: _('Keep it apart from your words'), body: _('Whoever has it can sign in as you. At home is good, at work is not.') },
    go: _('I have kept it'), onGo: () => { page.step = 'left'; byId('readers').hidden = false; byId('rooms').hidden = false; joined(); },
  }) : html`<p>${_('Your key is made, and you are signed in. Your recovery sheet is still to be made.')}</p>${trouble(page.error, () => doing(makeSheet))}`, true],
};

function linkTrouble() {
  const { code, words } = page.error;
  if (code === 'used') return html`${notice({ title: _('This invitation was used'), body: _('If it was you, sign in with your e-mail address and six words. If it was not, tell the person who sent it at once.') })}<p class="buttons"><a class="button" href="/sign-in">${_('Sign in')}</a></p>`;
  if (code === 'expired' || code === 'no-such-link') return notice({ kind: 'caution', title: _('This invitation does not open'), body: words });
  if (code === 'malformed') return notice({ kind: 'caution', title: _('This invitation does not open'), body: _('A part of the link is missing. Copy all of it, from the first letter to the last, and open it again.') });
  return html`<p>${words}</p><p class="buttons">${button(_('Try again'), check, { busy: page.busy })}</p>`;
}
