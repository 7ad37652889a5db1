/**
 * What the peer agreed to: each choice apart, as in the intake, and changed by a record of their own. Choices that were left for later
 * are asked about again: at another visit, once in a while, and never in the way.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { ask } from '../parts/ask.js';
import { CONSENTS, CONSENT_VERSION, consentsInForce } from '../parts/consents.js';
import { button } from '../parts/controls.js';
import { notice, state } from '../parts/pieces.js';
import { _, atStart, dayWords } from '../parts/say.js';
import { followRows, stewards } from './case_research.js';
import { doing, ownerName, page, reload, show } from './case_state.js';

/** @typedef {keyof typeof CONSENTS} Group */

/** The words of templates/intake/steps/consents.html: title, what it allows, its limits. @type {Record<Group, () => [string, string, string]>} */
const WORDS = {
  service: () => [_('Arranging support'), _('You may use what I write to find a team for me and to help me.'), _('We need this one to go on. Without it we can’t look for people.')],
  research: () => [_('Research'), _('Some of my ticked answers may be used in research that an ethics board has approved. My words, name, dates and files are never part of it.'),
    _('Not needed for support. Small groups are never published. If you change your mind, you leave every release after that day. What is already out can’t be called back. Someone who knows you well might still guess, so we hold small groups back.')],
  quotes: () => [_('Sorting my comments into themes'), _('A researcher may read my comments after the first meeting, and sort them by subject.'), _('Not needed for support. A person would read these words, so this is asked apart from research.')],
  followup: () => [_('Asking me later'), _('You may ask me how things turned out, after 3, 6, 12, 24 and 36 months. Each takes a few minutes.'), _('Not needed for support. The message has a plain subject and says nothing about why.')],
};
const ANSWERS = { yes: () => _('Yes, I agree'), no: () => _('No'), later: () => _('Ask me later') };

/** Picked and not yet kept, by group. @returns {Record<string, string>} */
const picked = () => (page.picked ??= {});

/** @param {(view: string) => void} go */
export function agreed(go) {
  const now = consentsInForce(page.seen);
  return html`
    <p class="lead">${_('Each is separate. Choose another answer, then keep it.')}</p>
    ${now.consents.consent_service === 'no' ? takenBack(now.since.consent_service, go) : nothing}
    ${/** @type {Group[]} */ (Object.keys(CONSENTS)).map((group) => consent(group, now, go))}
    <p class="small soft">${_('Left open counts as “Ask me later”. Consent text, version %(n)s. Your choices are sealed into your case.', { n: CONSENT_VERSION })}</p>`;
}

/** @param {Group} group @param {ReturnType<typeof consentsInForce>} now @param {(view: string) => void} go */
function consent(group, { consents, since }, go) {
  const field = CONSENTS[group];
  const [title, words, limits] = WORDS[group]();
  const answer = consents[field] ?? '';
  const choice = picked()[group] ?? answer;
  const closed = group === 'quotes' && consents.consent_research !== 'yes';
  return html`<fieldset class="sheet consent" id=${`consent-${group}`}><legend>${title}</legend>
    <div class="stack"><p>${words}</p><p class="soft">${limits}</p><p>${closed ? _('Asked only after a yes to research.') : answered(answer, since[field])}</p>
      ${group === 'research' ? html`<p class="noprint"><button class="textlink" type="button" @click=${() => go('research')}>${answer === 'yes' ? _('See what goes, line by line') : _('See what would go, line by line')}</button></p>` : nothing}</div>
    ${closed || !page.seen.canWrite ? nothing : html`<div class="choices row">${Object.entries(ANSWERS).filter(([value]) => group !== 'service' || value !== 'later').map(([value, label]) => html`
      <label class="choice" for=${`${group}-${value}`}><input type="radio" id=${`${group}-${value}`} name=${group} value=${value} autocomplete="off"
        .checked=${live(choice === value)} @change=${() => { picked()[group] = value; show({ said: '' }); }}><span>${label()}</span></label>`)}</div>
      ${choice === answer ? nothing : html`${group === 'service' && choice === 'no' ? meaning() : group === 'research' && (choice === 'yes' || answer === 'yes') ? meansForRows(choice) : nothing}
        <p class="buttons">${button(_('Keep this choice'), () => keep(group, choice), { busy: page.busy, about: title })}</p>`}`}</fieldset>`;
}

/** @param {string} answer @param {string} date */
function answered(answer, date) {
  const day = dayWords(date ?? '', { year: true });
  if (answer === 'yes') return state('yes', _('You agreed on %(day)s.', { day }));
  if (answer === 'no') return state('', _('You said no on %(day)s.', { day }));
  if (answer === 'later') return state('', _('You said on %(day)s: ask me later.', { day }));
  return state('', _('Not answered yet.'));
}

/** Before the yes to being helped is taken back: what it does, and what it does not. */
const meaning = () => notice({
  kind: 'care', title: _('What taking this back means'),
  body: html`<p>${_('Nothing is deleted by it. Your team is told on this case to stop. They can still open it until you remove them.')}</p>
    <p>${_('The coordinators can’t read this choice. Write to the desk too, so that nobody goes on looking for people.')}</p>`,
});

/** Before a yes to research, or its end: what goes, and what comes back. @param {string} choice */
const meansForRows = (choice) => (choice === 'yes'
  ? notice({ title: _('What saying yes does'), body: html`<p>${_('The ticked answers of what you sent go to research, without your name. You can take them back here.')}</p>
      <p>${page.rows?.readers.length ? _('Who can read them: %(names)s.', { names: stewards() }) : _('There is no research steward yet. Until there is one, they wait with you.')}</p>` })
  : notice({ kind: 'care', title: _('What taking this back means'), body: _('All that was sent to research is taken back, within a minute. You leave every release after this day. What is already out can’t be called back.') }));

/** @param {string} date @param {(view: string) => void} go */
const takenBack = (date, go) => notice({
  kind: 'care', title: _('You took back your yes to being helped'),
  body: html`<p>${_('Since %(day)s your team is told to stop. Nothing was deleted.', { day: dayWords(date, { year: true }) })}</p>
    <p>${_('The coordinators don’t know it from here. Write to them, if you have not.')}</p>`,
  actions: html`${button(_('Write to the desk'), () => go('messages'))} ${button(_('See or remove who is in'), () => go('team'), { look: 'second' })}`,
});

/** @param {Group} group @param {string} answer */
async function keep(group, answer) {
  await doing(async () => {
    await reload(); // another device may have changed one since: the record holds all of them
    const consents = { ...consentsInForce(page.seen).consents, [CONSENTS[group]]: answer };
    if (consents.consent_research !== 'yes') delete consents.consent_quotes; // asked anew after the next yes
    await withRows(consents, async () => {
      page.seen = (await ask('case.write', { case: page.id, kind: 'consent', said: { consents, consent_version: CONSENT_VERSION } })).view;
    });
    delete picked()[group];
  }, _('Your choice is kept.'));
  document.getElementById(`${group}-${answer}`)?.focus({ preventScroll: true }); // the button that was pressed is gone
}

/** What research has follows the choice, and is noted with the same save; a choice that is not kept changes nothing. @param {Record<string, string>} consents @param {() => Promise<void>} write */
async function withRows(consents, write) {
  await followRows(consents);
  try {
    await write();
  } catch (error) {
    await followRows().catch(() => {});
    throw error;
  }
}

/** For the team: the person has taken back the yes to being helped. */
export function standDown() {
  if (!page.seen || page.seen.owner) return nothing;
  const { consents, since } = consentsInForce(page.seen);
  if (consents.consent_service !== 'no') return nothing;
  return notice({
    kind: 'care', title: _('Please stop. %(name)s no longer wants to be helped here.', { name: atStart(ownerName()) }),
    body: _('That was said on %(day)s. You don’t have to do anything more. Ask a coordinator if you are not sure.', { day: dayWords(since.consent_service, { year: true }) }),
  });
}

const DAYS = 14;
const DAY_MS = 86_400_000;

/** @type {Record<string, () => string>} */
const NAMES = { research: () => _('Research'), quotes: () => _('Sorting my comments into themes'), followup: () => _('Asking me later') };

/** @param {(view: string) => void} go */
export function askAgain(go) {
  const open = page.rows && page.seen.canWrite ? stillOpen() : [];
  if (!open.length) return nothing;
  return html`<section aria-labelledby="later-head"><h2 id="later-head">${_('Left for later')}</h2>
    <p>${_('You left these choices open. There is no hurry, and no is a fine answer.')}</p>
    <ul class="plainlist">${open.map((group) => html`<li>${NAMES[group]()}</li>`)}</ul>
    <p class="buttons">${button(_('Look at the choices'), () => go('agreed'), { look: 'second' })} ${button(_('Not now'), () => doing(async () => { page.rows = await ask('research.notNow'); }), { look: 'second', about: _('Ask me again in some weeks') })}</p></section>`;
}

/** By their short names: not answered on the day itself, nor put off within two weeks. @returns {string[]} */
function stillOpen() {
  const { today, asked } = page.rows;
  if (asked && Date.parse(today) - Date.parse(asked) < DAYS * DAY_MS) return [];
  const { consents, since } = consentsInForce(page.seen);
  return Object.keys(NAMES).filter((group) => {
    const field = CONSENTS[/** @type {keyof typeof CONSENTS} */ (group)];
    if (group === 'quotes' && consents.consent_research !== 'yes') return false;
    const from = since[field] || page.seen.account?.date || today;
    return ['later', undefined].includes(consents[field]) && from < today;
  });
}
