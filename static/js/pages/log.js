/**
 * The log, for everybody: how long it is, who signed it, how fresh the signatures from outside are, every line checked in this browser,
 * one line proven. For auditors and coordinators how many of each thing, by month: numbers alone, of months that have ended.
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, guard, on, resume } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button } from '../parts/controls.js';
import { checkNumber, empty, facts, notice, state } from '../parts/pieces.js';
import { putBackTitle, putBackWords } from '../parts/put_back.js';
import { _, count, monthWords, ngettext } from '../parts/say.js';
import { byId, ready, watchLeaving } from '../parts/shell.js';
import { check, newest, one, saved } from './log_lines.js';
import { doing, drawnBy, page, show } from './log_state.js';
import { again } from './starting.js';
import { whatToDo } from './stopped.js';

function draw() {
  const { stop, evidence, error, seen } = page;
  document.body.dataset.log = stop ? 'marked' : page.checked ? 'proven' : 'waiting';
  render(stop ? stopped(stop, evidence) : html`${error ? problem(error) : nothing}${seen ? html`
    ${check()}${standing()}${newest()}${saved()}${one()}${countsView()}` : nothing}`, byId('app'));
}

/** What does not fit; or a restore that the roots declared, since which something that was seen here is gone. @param {import('./stopped.js').Stop} stop @param {any} evidence */
const stopped = (stop, evidence) => (stop.code === 'put-back'
  ? notice({ kind: 'caution', said: true, now: true, title: putBackTitle(stop.facts), body: putBackWords(stop.facts, evidence, { asked: false }), actions: button(_('Load it again'), () => location.reload(), { look: 'second' }) })
  : whatToDo(stop, evidence));

/** @param {import('../parts/ask.js').AskError} error */
const problem = (error) => notice({
  kind: 'caution', said: true, now: true, title: error.kind === 'Offline' ? _('You are not connected') : _('This did not go through'), body: _(error.words, error.facts),
  actions: page.seen ? nothing : again(),
});

/** Whoever is signed in in this tab may be one of those who see counts. What they have seen of the log counts, too. */
async function comeIn() {
  const who = await resume();
  if (!who) return;
  if (who.role === 'staff') document.body.dataset.staff = '';
  guard();
  if (who.role !== 'staff') return;
  const { roles } = await ask('listing.roles');
  if (roles.includes('auditor') || roles.includes('coordinator')) page.counts = await ask('log.counts');
}

async function start() {
  watchLeaving();
  drawnBy(draw);
  on('progress', (going) => show({ going }));
  await doing('look', async () => {
    await comeIn();
    const seen = await ask('log.look');
    Object.assign(page, { seen, lines: seen.lines, next: seen.next });
  });
  ready();
}

function standing() {
  const { log, size, site } = page.seen;
  return html`<section class="stack" aria-labelledby="stands-head"><h2 id="stands-head">${_('How it stands')}</h2>
    ${facts([
      { name: _('Lines'), value: count(size) },
      { name: _('Signed by this site’s key'), value: _('Yes. Checked just now.') },
      { name: _('Log number'), value: log > 1 ? _('%(number)s. Another one begins when the site is put back from a backup. Lines are counted on.', { number: log }) : count(log) },
      { name: _('Check number of this site'), value: checkNumber(site) },
    ])}</section>
    <section class="stack" aria-labelledby="outside-head"><h2 id="outside-head">${_('Who watches from outside')}</h2>${outside()}</section>`;
}

function outside() {
  const { watch, witnesses, witnessed, size } = page.seen;
  if (!witnesses.length) return html`<p>${_('Nobody outside this site watches its log yet. Members’ browsers compare what they were shown.')}</p>`;
  return html`<p>${_('A witness signs the log only if it still begins with what the witness signed before. A log that is shown to one person alone gets no such signature.')}</p>
    ${['old', 'over'].includes(watch.state) || watch.behind ? notice({ kind: 'caution', title: unsure(), body: _('This can be a fault outside. Until they are fresh again, one log could be shown to you and another one to others.') }) : ''}
    ${cards({ caption: _('Witnesses, and when each last signed'), columns: [_('Witness'), _('Signed')], rows: witnesses.map((/** @type {any} */ one) => [html`<span translate="no">${one.name}</span>`, freshness(one, watch.behind)]) })}
    <p class="soft">${!witnessed ? _('None of them has signed this log so far.') : witnessed < size ? ngettext('They signed when there was one line. Newer ones are signed in turn.', 'They signed when there were %(lines)s lines. Newer ones are signed in turn.', witnessed, { lines: count(witnessed) }) : _('They signed the lines that are shown here, all of them.')}
      ${watch.count ? ngettext('This site asks for one of them.', 'This site asks for %(num)s of them.', watch.count) : nothing}</p>`;
}

/** Why the signatures from outside don't say enough. */
function unsure() {
  const { watch, witnessed } = page.seen;
  if (!witnessed) return _('Too few have signed this log from outside');
  return watch.behind && watch.state === 'fresh' ? _('Nobody outside has signed the newest list of people yet') : _('The signatures from outside are old');
}

/** Of a head that lacks what everybody relies on, a new signature is no fresh one. @param {{state: string, days: number}} witness @param {boolean} behind */
function freshness({ state: how, days }, behind) {
  if (how === 'never') return state('no', _('Not this log'));
  if (behind && how === 'fresh') return state('soon', _('Within a day, without the newest lines'));
  if (how === 'fresh') return state('yes', _('Within a day'));
  return state(how === 'old' ? 'soon' : 'no', ngettext('%(num)s day ago', '%(num)s days ago', days));
}

/** @type {Record<string, () => string>} as docs/events.md has them */
const KINDS = {
  roster: () => _('Who is in a case was changed'), record: () => _('Sealed records added to cases'), visit: () => _('Cases and cards opened, by day and person'),
  letter: () => _('Letters about a case'), mail: () => _('Letters about no case'), export: () => _('Copies of a case taken'), file: () => _('Sealed files added'),
  close: () => _('Cases closed'), hold: () => _('Legal holds set or lifted'), erased: () => _('Things erased'), notebook: () => _('Sealed notebooks saved'),
  root: () => _('Root keys set'), directory: () => _('Lists of people signed'), manifest: () => _('Lists of pages signed'), release: () => _('Research releases published'),
  restore: () => _('Restores from a backup'), attest: () => _('Parts of the orientation finished'), download: () => _('Research releases downloaded'),
  adverse: () => _('Adverse events noted'), rows: () => _('Batches of research rows arrived'), withdrawals: () => _('Batches of research rows withdrawn'),
};

function countsView() {
  if (!page.counts) return nothing;
  const months = [...new Set(page.counts.counts.map((/** @type {any} */ one) => one.month))].sort().reverse();
  return html`<section class="stack" aria-labelledby="counts-head"><h2 id="counts-head">${_('What was done, by month')}</h2>
    <p>${_('For auditors and coordinators. Numbers alone: no names, no case. A month is counted when it is over, so that nobody can tell from one day to the next what was done. This is the site’s word. That the lines add up, the check above shows.')}</p>
    ${months.length ? months.map(month) : empty(_('No month is over yet. The first counts come when %(month)s has ended.', { month: monthWords(page.counts.before) }))}</section>`;
}

/** @param {string} when YYYY-MM @param {number} i */
const month = (when, i) => html`<details ?open=${i === 0}><summary>${monthWords(when)}</summary>
  <table><caption class="said">${_('What was done in %(month)s', { month: monthWords(when) })}</caption>
    <thead><tr><th scope="col">${_('What')}</th><th scope="col" class="num">${_('How many')}</th></tr></thead>
    <tbody>${rows(when).map((one) => html`<tr><th scope="row">${one.what}</th><td class="num">${count(one.many)}</td></tr>`)}</tbody></table></details>`;

/** @param {string} when */
function rows(when) {
  const here = page.counts.counts.filter((/** @type {any} */ one) => one.month === when && Object.hasOwn(KINDS, one.type));
  return Object.keys(KINDS).flatMap((type) => here.filter((/** @type {any} */ one) => one.type === type).map((/** @type {any} */ one) => ({ what: KINDS[type](), many: one.count })));
}

start();
