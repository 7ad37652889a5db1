/** What the log has proven of this case, who outside this site watches the log, and what the page hears of it while it is open. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { evidenceFile, on } from '../parts/ask.js';
import { notice } from '../parts/pieces.js';
import { _, count, locale, ngettext } from '../parts/say.js';
import { page, show } from './case_state.js';

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
export function unwatched() {
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
