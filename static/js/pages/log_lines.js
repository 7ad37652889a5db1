/** Newest lines, a page at a time, and what each is that is the whole site's. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button, empty } from '../parts/pieces.js';
import { _, count } from '../parts/say.js';
import { announce } from '../parts/shell.js';
import { doing, page } from './log_state.js';

/** @type {Record<string, (n: number) => string>} by the site's own lanes */
const WHAT = {
  root: (n) => _('The root keys of the organisation, version %(n)s', { n: count(n) }),
  directory: (n) => _('The list of people, version %(n)s', { n: count(n) }),
  manifest: (n) => _('The list of this site’s pages, version %(n)s', { n: count(n) }),
  release: (n) => _('A release for research, number %(n)s', { n: count(n) }),
  restore: (n) => _('The site was put back from a backup. Log %(n)s began.', { n: count(n) }),
};

/** @param {{lane: string, n: number} | null} what */
export const whatWords = (what) => (what && Object.hasOwn(WHAT, what.lane) ? WHAT[what.lane](what.n) : '');

export function newest() {
  const { lines, next, busy } = page;
  return html`<section class="stack" aria-labelledby="lines-l"><h2 id="lines-l">${_('Newest lines')}</h2>
    <p class="soft">${_('No names, no case, no day. By its number the people concerned find their own line, and nobody else’s. What concerns the whole site is said.')}</p>
    ${lines.length ? cards({
      caption: _('Newest lines of the log'), columns: [_('Line'), _('What'), _('Its number')],
      rows: lines.map((/** @type {any} */ one) => [html`<span class="mono">${count(one.line)}</span>`, one.what ? whatWords(one.what) : html`<span class="soft">${_('Sealed')}</span>`, html`<span class="mono" translate="no">${one.number}</span>`]),
    }) : empty(_('No line so far. The first ones come within a second after the organisation is set up.'))}
    ${next > 0 ? html`<p class="buttons">${button(_('Older lines'), older, { look: 'second', busy: busy === 'lines' })}</p>` : nothing}</section>`;
}

const older = () => doing('lines', async () => {
  const { lines, next } = await ask('log.lines', { log: page.seen.log, before: page.next });
  Object.assign(page, { lines: [...page.lines, ...lines], next });
  announce(_('%(num)s lines are shown.', { num: count(page.lines.length) }));
});
