/** Every line, checked in this browser. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { button, notice } from '../parts/pieces.js';
import { _, count, locale, ngettext } from '../parts/say.js';
import { doing, page } from './log_state.js';

export function check() {
  const { checked, going, busy } = page;
  if (checked) return fits(checked);
  return html`<section class="stack" aria-labelledby="check-head"><h2 id="check-head">${_('Check it yourself')}</h2>
    <p>${_('Your browser fetches every line, works out the sum of them all, and holds it against what the site signed. No number may be there twice.')}</p>
    <p class="buttons">${button(_('Check every line'), run, { busy: busy === 'check' })}</p>
    <p role="status">${busy === 'check' ? going ? _('%(done)s of %(size)s lines', { done: count(going.done), size: count(going.size) }) : _('Fetching the lines. This takes a moment.') : nothing}</p></section>`;
}

const run = () => doing('check', async () => { page.checked = await ask('log.check'); });

/** @param {{lines: number, seconds: number}} checked */
const fits = ({ lines, seconds }) => notice({
  kind: 'kept', said: true, title: ngettext('One line checked. It fits.', '%(lines)s lines checked. All of them fit.', lines, { lines: count(lines) }),
  body: _('Your browser did this itself, a moment ago, in %(seconds)s seconds. The list of people and the root keys that this site hands out are the ones in the log.', { seconds: new Intl.NumberFormat(locale(), { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(seconds) }),
});
