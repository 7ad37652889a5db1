/** How long the log is, who signed it, and how fresh the signatures from outside are. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { cards } from '../parts/lists.js';
import { checkNumber, facts, notice, state } from '../parts/pieces.js';
import { _, count, ngettext } from '../parts/say.js';
import { page } from './log_state.js';

export function standing() {
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
