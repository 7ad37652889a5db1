/**
 * What a person meets when something is wrong: what is safe first, then what happened, then what to do. With it, what the log has proven
 * of this case, who outside this site watches the log, and what the page hears of it while it is open. Where words of one entry are
 * held back, and nothing else is wrong, the owner can go on without them. Nobody else can.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask, evidenceFile, goOn, on } from '../parts/ask.js';
import { button } from '../parts/controls.js';
import { isStop, notice } from '../parts/pieces.js';
import { putBackTitle, putBackWords } from '../parts/put_back.js';
import { _, count, dayWords, locale, ngettext } from '../parts/say.js';
import { eraseButton, eraseQuestion } from './case_entries.js';
import { remove } from './case_people.js';
import { doing, nameOf, page, show } from './case_state.js';
import { again } from './starting.js';
import { whatToDo } from './stopped.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** All that is wrong now, above the view. */
export function troubles() {
  const { error, seen } = page;
  return html`
    ${error ? (isStop(error) ? stopped(error, !!seen, true) : refusal(error)) : nothing}
    ${!error && seen?.marked ? html`${stopped(seen.marked, true, false)}${seen.heals ? going(seen) : nothing}` : nothing}
    ${seen && !seen.marked && !seen.hasKey ? noKey() : nothing}
    ${seen?.listExpired ? expired() : nothing}
    ${seen && !seen.marked ? unwatched() : nothing}`;
}

/** No, or not now; nothing was tampered with. @param {AskError} error */
function refusal(error) {
  if (error.kind === 'Input' && error.code === 'date') return askDate(error);
  if (error.kind === 'Expired') return expired(true);
  const actions = page.seen ? nothing : again();
  const title = error.kind === 'Offline' ? _('You are not connected') : error.kind === 'Failed' ? _('Nothing was sent, and nothing is lost') : _('This did not go through');
  return notice({ kind: 'caution', title, body: _(error.words, error.facts), actions, said: true, now: true });
}

/** @param {AskError} error */
function askDate(error) {
  const day = dayWords(error.facts.date, { year: true });
  return notice({
    kind: 'caution', said: true, now: true, title: _('Is today %(day)s?', { day }), body: _('Nothing was sent. Your device and this site do not agree on the date.'),
    actions: html`${button(_('Yes, it is'), () => doing(async () => { await ask('account.trustClock'); }))} ${button(_('No. I will set my clock'), () => show({ error: null }), { look: 'second' })}`,
  });
}

/** Reading and writing go on; nobody new may come in. @param {boolean} [now] whether it is the answer to what was just pressed */
function expired(now = false) {
  return notice({ kind: 'caution', now, title: _('You can read and write. Nobody new can be let in now.'), body: _('The list of people was not renewed in time. Until it is, this page can’t see who was suspended since: somebody who should be out may read on. Any coordinator can renew it.') });
}

function noKey() {
  return notice({
    kind: 'caution', title: _('What was written before is safe. The newest part does not open here.'),
    body: page.seen.owner ? html`<p>${_('The site did not hand out a key that fits. Load the page again first. If it stays, make a new key: everyone who is in gets it, and you can go on writing.')}</p>
      <p>${_('A new key does not lead back. What was written under the missing one stays closed to you until the site hands that key out, and to whoever you let in later for good. So is all that came before it.')}</p>`
      : _('The site did not hand out a key that fits. You can read what was written before. The person whose case it is can make a new key.'),
    actions: page.seen.owner ? newKey() : nothing,
  });
}

/** It can't be taken back, so it asks once more. */
function newKey() {
  if (page.sure !== 'key') return button(_('Make a new key'), () => show({ sure: 'key' }), { look: 'second' });
  return html`${button(_('Yes, make a new key that does not lead back'), () => doing(async () => {
    page.seen = await ask('case.renewKey', { case: page.id });
    page.sure = '';
  }), { look: 'grave', busy: page.busy })} ${button(_('Not now'), () => show({ sure: '' }), { look: 'second' })}`;
}

/** The site was put back, as its roots declared: what is here is read until the person goes on from there. @param {any} gone @param {boolean} now */
const putBack = (gone, now) => notice({
  kind: 'caution', said: true, now, title: putBackTitle(gone), body: putBackWords(gone, page.evidence),
  actions: button(_('Go on from there'), () => doing(goOn), { busy: page.busy }),
});

/** @param {import('./stopped.js').Stop} error @param {boolean} reading whether what was proven before stays on the page @param {boolean} now whether it is the answer to what was just pressed */
function stopped(error, reading, now) {
  if (error.code === 'put-back') return putBack(error.facts, now);
  return whatToDo(error, page.evidence, reading ? html` ${_('What is below was proven. Reading it is safe. Don’t write or approve anything here for now.')}` : nothing, now);
}

/** @param {any} seen */
const going = ({ entries, members }) => html`<section class="stack" aria-labelledby="heal-head"><h2 id="heal-head">${_('If you want to go on without these words')}</h2>
  <p>${_('Ask whoever handed them in first. Each member can have their own words taken away, and may have done it in a way that does not count.')}</p>
  <p>${_('You can erase them for good, under your own name. Then you can write here again. You can also take somebody out now.')}</p>
  <ul class="list">${entries.filter((/** @type {any} */ one) => one.kind === 'withheld').map((/** @type {any} */ one) => withheld(one, members))}</ul></section>`;

/** @param {any} one @param {any[]} members */
function withheld(one, members) {
  const author = members.find((/** @type {any} */ other) => other.fp === one.by.fp);
  return html`<li class="sheet stack"><h3>${_('Handed in as %(name)s on %(day)s', { name: nameOf(one.by), day: dayWords(one.date) })}</h3>
    <p class="buttons">${eraseButton(one)}</p>${eraseQuestion(one)}${author && !author.owner ? remove(author, nameOf(author)) : nothing}</li>`;
}

/** @typedef {{case: string, state: 'proven' | 'waiting' | 'marked', marked: any, watch: any}} Heard */

/** Hear how the log fits: it is asked again after the case is on the page. */
export function watchLog() {
  on('log', hear);
}

/** @param {Heard} heard */
async function hear(heard) {
  page.log = heard;
  document.body.dataset.log = heard.state;
  if (heard.state === 'marked' && page.seen?.id === heard.case && !page.seen.marked) {
    page.evidence ??= await evidenceFile();
    mark(heard);
  }
  show();
}

/** What is wrong with the log is said on whatever is shown of this case. @param {Heard | null} heard */
export function mark(heard) {
  if (heard?.state !== 'marked' || page.seen?.id !== heard.case) return;
  page.seen = { ...page.seen, marked: heard.marked, canWrite: false };
}

/** What was proven, above the list of openings. @param {any[]} list each with its line, or null */
export function proven(list) {
  const { log } = page.openings.view;
  if (list.some((one) => one.line === null)) {
    return notice({ title: _('Not everything here is in the log yet'), body: _('What was done just now comes into the log within seconds. Open this page again in a moment. Nothing is lost.') });
  }
  return notice({
    kind: 'kept', title: ngettext('The one line here fits the log', 'All %(lines)s lines here fit the log', list.length, { lines: count(list.length) }),
    body: html`<p>${_('Your browser just held each of them against the site’s log, which has %(size)s lines. None of your numbers is missing or there twice. Days are shown, not hours.', { size: count(log.size) })}</p>
      <p>${outside(page.openings.watch)}</p>`,
  });
}

/** @param {any} watch */
function outside(watch) {
  if (!watch || watch.state === 'none') return _('Nobody outside this site watches its log yet. Members’ browsers compare what they were shown.');
  if (watch.behind) return _('People outside this site have signed its log, but not its newest lines yet. Open this page again in a minute. If it stays, tell a coordinator.');
  if (watch.state === 'fresh') return ngettext('Somebody outside this site has signed the same log within a day.', '%(count)s people outside this site have signed the same log within a day.', watch.count, { count: count(watch.count) });
  return _('The signatures from outside this site are old.');
}

/** Old signatures from outside, on every view. */
function unwatched() {
  const watch = page.log?.case === page.id ? page.log.watch : null;
  if (!watch || !(watch.behind || ['old', 'over'].includes(watch.state))) return nothing;
  const over = watch.state === 'over' || watch.behind;
  const title = over ? _('You can read and write. Nobody new can be let in now.') : _('The log was last signed from outside more than a day ago');
  const last = watch.behind ? _('Nobody outside this site has signed the newest lines of its log yet.') : watch.days < 0 ? _('Nobody outside this site has signed its log.') : ngettext('The last signature is %(num)s day old.', 'The last signatures are %(num)s days old.', watch.days);
  return notice({ kind: 'caution', title, body: html`<p>${last}</p><p>${_('This can be a fault outside. If it stays, tell a coordinator.')}</p>` });
}

/** Where something stands. @param {number[]} lines from 1 */
export function linesWords(lines) {
  const all = new Intl.ListFormat(locale(), { type: 'conjunction' }).format(lines.slice().sort((a, b) => a - b).map(count));
  return ngettext('line %(lines)s', 'lines %(lines)s', lines.length, { lines: all });
}
