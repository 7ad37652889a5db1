/** What other coordinators did with a card: what they signed, and apart from it what is only the site's word. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { trail } from '../parts/lists.js';
import { readers } from '../parts/pieces.js';
import { _, ngettext } from '../parts/say.js';

/** @type {Record<string, (count: number) => string>} */
const SENT = {
  invite: (count) => ngettext('invited one person', 'invited %(num)s people', count),
  offer: (count) => ngettext('proposed a team', 'proposed %(num)s teams', count),
  word: (count) => ngettext('wrote one letter', 'wrote %(num)s letters', count),
};

/** @param {any} card */
export function earlier({ handovers, others, names }) {
  const signed = handovers.filter((/** @type {any} */ one) => !one.mine);
  const counted = others.filter((/** @type {any} */ one) => one.kind in SENT);
  if (!signed.length && !counted.length) return nothing;
  return html`<section class="stack" aria-labelledby="earlier"><h2 id="earlier">${_('What other coordinators did')}</h2>
    ${signed.length ? html`${readers(_('The coordinators'), { wider: true })}${trail(signed.map((/** @type {any} */ one) => ({ day: one.date, who: one.name, did: gaveBack(one, names) })))}` : nothing}
    ${counted.length ? html`<p>${_('The site counted these letters. You can’t open them: each is sealed to the one it was written to. Ask the coordinator what was said.')}</p>
      ${trail(counted.map((/** @type {any} */ one) => ({ day: one.date, who: one.name || _('Someone who is no coordinator now'), did: SENT[one.kind](one.count) })))}` : nothing}</section>`;
}

/** @param {any} one @param {Record<string, string>} names by hex fp */
function gaveBack({ invited, proposed }, names) {
  const all = (/** @type {string[]} */ fps) => fps.map((fp) => names[fp] ?? _('someone who is no longer in the list')).sort((a, b) => a.localeCompare(b)).join(', ');
  return html`${_('gave it back.')} ${invited.length ? _('Had invited: %(names)s.', { names: all(invited) }) : nothing} ${proposed.length ? _('Had proposed: %(names)s.', { names: all(proposed) }) : nothing}`;
}
