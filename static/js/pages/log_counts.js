/** For auditors and coordinators: how many of each thing, by month. Numbers alone, of months that have ended. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { empty } from '../parts/pieces.js';
import { _, count, monthWords } from '../parts/say.js';
import { page } from './log_state.js';

/** @type {Record<string, () => string>} as docs/events.md has them */
const KINDS = {
  roster: () => _('Who is in a case was changed'), record: () => _('Sealed records added to cases'), visit: () => _('Cases and cards opened, by day and person'),
  letter: () => _('Letters about a case'), mail: () => _('Letters about no case'), export: () => _('Copies of a case taken'), file: () => _('Sealed files added'),
  close: () => _('Cases closed'), hold: () => _('Legal holds set or lifted'), erased: () => _('Things erased'), notebook: () => _('Sealed notebooks saved'),
  root: () => _('Root keys set'), directory: () => _('Lists of people signed'), manifest: () => _('Lists of pages signed'), release: () => _('Research releases published'),
  restore: () => _('Restores from a backup'), attest: () => _('Parts of the orientation finished'), download: () => _('Research releases downloaded'),
  adverse: () => _('Adverse events noted'), rows: () => _('Batches of research rows arrived'), withdrawals: () => _('Batches of research rows withdrawn'),
};

export function countsView() {
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
