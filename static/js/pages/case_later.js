/** Choices that were left for later are asked about again: at another visit, once in a while, and never in the way. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { CONSENTS, consentsInForce } from '../parts/consents.js';
import { button } from '../parts/pieces.js';
import { _ } from '../parts/say.js';
import { doing, page } from './case_state.js';

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
