/** The founding coordinator's ceremony: root sheet, six words, the first list of people, a recovery sheet. */
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { ask, guard } from '../parts/ask.js';
import { button, choices, sealedField } from '../parts/controls.js';
import { notice } from '../parts/pieces.js';
import { _ } from '../parts/say.js';
import { byId, ready } from '../parts/shell.js';
import { checkStep, codeStep, head, trouble, twoPlaces, wordsStep } from './keymaking.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

const token = location.hash.slice(1);
// The link stays good until the site stands, so it leaves the address at once.
history.replaceState(null, '', '/setup');

/** @type {Record<string, any>} */
const page = {
  step: 'checking', name: '', email: '', coordinators: '2', wrong: {}, error: null, busy: false, made: null, sheet: '', kept: false,
  places: [], typed: ['', ''], right: null, group: '', groupWrong: false,
};

/** @param {Record<string, any>} [changes] */
function show(changes = {}) {
  Object.assign(page, changes);
  const [title, body, sheet] = STEPS[page.step]();
  head(title, { sheet });
  render(body, byId('app'));
}

/** Ask the worker; the button that was pressed waits, and what went wrong is shown. @param {() => Promise<void>} work */
async function doing(work) {
  if (page.busy) return;
  show({ busy: true, error: null, wrong: {} });
  try {
    await work();
    show({ busy: false });
  } catch (problem) {
    const error = /** @type {AskError} */ (problem);
    if (error.kind === 'Input') {
      show({ busy: false, wrong: { [error.facts.field]: error.words } });
      document.getElementById(error.facts.field)?.focus();
    } else show({ busy: false, error });
  }
}

const check = () => doing(async () => {
  await ask('setup.check', { token });
  page.step = 'who';
});
const make = () => doing(async () => {
  const { name, email, coordinators } = page;
  const made = await ask('setup.begin', { name, email, coordinators: Number(coordinators) });
  Object.assign(page, { made, step: 'root', kept: false, places: twoPlaces(6), typed: ['', ''], right: null });
});
const checkRoot = () => doing(async () => {
  const { right } = await ask('setup.confirmRootSheet', { group: page.group });
  Object.assign(page, right ? { step: 'words', groupWrong: false, kept: false } : { groupWrong: true });
});
const checkWords = () => doing(async () => {
  const { right } = await ask('setup.confirmWords', { positions: page.places, words: page.typed });
  page.right = right;
  if (right.every(Boolean)) await found();
});
const makeSheet = () => doing(async () => {
  page.sheet = (await ask('account.addSheet')).sheet;
});

async function found() {
  await ask('setup.found', { token });
  guard();
  page.step = 'sheet';
  page.sheet = (await ask('account.addSheet')).sheet;
}

/** @type {Record<string, () => [string, unknown, boolean?]>} */
const STEPS = {
  checking: () => [_('Setting up'), page.error ? linkTrouble() : html`<p role="status">${_('Opening. This takes a moment.')}</p>`],
  who: () => [_('You are the first one here'), html`
    <p class="lead">${_('In about five minutes this site is yours: you make its keys on this device, print two sheets, and invite the others.')}</p>
    ${sealedField({ id: 'name', label: _('Your name, as others will see it'), value: page.name, capitals: 'words', error: page.wrong.name, onInput: (name) => show({ name }) })}
    ${sealedField({ id: 'email', label: _('Your e-mail address'), hint: _('You type it with your words to sign in. It is never sent to the server.'), value: page.email, keys: 'email', capitals: 'none', error: page.wrong.email, onInput: (email) => show({ email }) })}
    ${choices({ name: 'coordinators', legend: _('How many coordinators must agree before someone is let in?'), chosen: [page.coordinators], onChange: ([coordinators]) => show({ coordinators }), options: [
      { value: '2', label: _('Two'), note: _('Safer. While you are alone, the root sheet does it.') },
      { value: '1', label: _('One'), note: _('Quicker. The pages will say that one person decides.') },
    ] })}
    ${trouble(page.error)}
    <p class="buttons">${button(_('Make the keys'), make, { busy: page.busy })}</p>`],
  root: () => [_('The root sheet'), codeStep({
    title: _('Keep this sheet: root'), code: page.made.rootSheet, site: page.made.site, day: page.made.day, kept: page.kept, onKept: (kept) => show({ kept }),
    lead: _('Whoever holds this sheet says who the coordinators are. It is shown once and kept nowhere else.'),
    about: { title: _('Without this sheet nobody can name a new coordinator'), body: _('Put it where you would put a deed: a safe, or with an attorney. Not in this building, and not as a photo.') },
    go: _('Go on'), onGo: () => show({ step: 'rootcheck' }),
  }), true],
  rootcheck: () => [_('The end of the root sheet'), html`
    <p>${_('Look at the sheet and type its last group of five, to be sure that it can be read.')}</p>
    ${sealedField({ id: 'group', label: _('Last group of five'), value: page.group, short: true, capitals: 'none', onInput: (group) => show({ group, groupWrong: false }), error: page.groupWrong ? _('This does not match the last group. Look at your sheet again.') : undefined })}
    ${trouble(page.error)}
    <p class="buttons">${button(_('Go on'), checkRoot, { busy: page.busy })} ${button(_('Show me the sheet again'), () => show({ step: 'root' }), { look: 'second' })}</p>`],
  words: () => [_('These six words are your key'), wordsStep({ ...page.made, email: page.email, onKept: () => show({ step: 'check' }) }), true],
  check: () => [_('Two words, to be sure'), html`${checkStep({
    places: page.places, typed: page.typed, right: page.right, busy: page.busy, onGo: checkWords, onBack: () => show({ step: 'words' }),
    onInput: (i, value) => { page.typed[i] = value; show({ right: null }); }, note: _('Going on founds the site. It takes about a second.'),
  })}${page.error ? foundTrouble() : ''}`],
  sheet: () => [_('Your recovery sheet'), page.sheet ? codeStep({
    title: _('Keep this sheet: recovery'), code: page.sheet, site: page.made.site, day: page.made.day, kept: page.kept, onKept: (kept) => show({ kept }),
    lead: _('The site stands. This second sheet opens your own key if your words are lost.'),
    about: { title: _('Keep it apart from your words'), body: _('Whoever has it can sign in as you. At home is good, at work is not.') },
    go: _('I have kept it'), onGo: () => show({ step: 'done' }),
  }) : html`<p>${_('The site stands, and you are signed in. Your recovery sheet is still to be made.')}</p>${trouble(page.error, makeSheet)}`, true],
  done: () => [_('The site stands'), html`
    ${notice({ kind: 'kept', title: _('You are its first coordinator'), body: page.coordinators === '1'
      ? _('For now one person decides here, and the pages say so. Invite a second coordinator as soon as you can.')
      : _('Until there is a second coordinator, letting someone in needs the root sheet.') })}
    <p class="buttons"><a class="button" href="/people">${_('Invite people')}</a> <a class="button second" href="/desk">${_('Go to the desk')}</a></p>`],
};

function linkTrouble() {
  const { code, words } = page.error;
  if (code === 'used') return html`<p>${_('This link was used, and the site stands.')}</p><p class="buttons"><a class="button" href="/sign-in">${_('Sign in')}</a></p>`;
  if (code === 'no-such-link' || code === 'malformed') {
    return html`<p>${_('Nothing was changed. This link does not open the ceremony: a newer one was printed, or part of it is missing.')}</p>
      <p>${_('Start the server again. It prints the link for the founding coordinator. Open that one.')}</p>`;
  }
  return html`<p>${words}</p><p class="buttons">${button(_('Try again'), check, { busy: page.busy })}</p>`;
}

function foundTrouble() {
  if (page.error.code === 'used') return html`${trouble(page.error)}<p><a class="textlink" href="/sign-in">${_('Sign in with your words')}</a></p>`;
  return trouble(page.error, checkWords);
}

show();
ready();
check();
