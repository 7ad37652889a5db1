/** For each field where its answer goes: account, card, research row. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { cards } from '../parts/lists.js';
import { facts, notice } from '../parts/pieces.js';
import { _, count, ngettext } from '../parts/say.js';
import { CLASSES, goesTo } from './instruments_words.js';

/** @param {any[]} places */
export function whereAnswersGo(places) {
  const titles = [...new Set(places.map(({ part }) => part))];
  const many = (/** @type {(one: any) => boolean} */ which) => count(places.filter(which).length);
  return html`<section class="stack" aria-labelledby="places-head"><h2 id="places-head">${_('Where each answer goes')}</h2>
    ${facts([
    { name: _('Fields'), value: many(() => true) },
    { name: _('Asked of a peer'), value: many((one) => one.who === 'person') },
    { name: _('Not kept at all'), value: many((one) => one.who === 'person' && !one.kept) },
    { name: _('May go on the card of the desk'), value: many((one) => one.card) },
    { name: _('May go into a research row'), value: _('%(yes)s, and %(some)s only in a release whose board allowed it', { yes: many((one) => one.row === 'yes'), some: many((one) => one.row === 'restricted') }) },
    { name: _('Identify a person'), value: _('%(many)s. None of these ever goes into a row.', { many: many((one) => one.cls === 'identifier') }) },
  ])}
    ${uncoarse(places)}
    <div>${titles.map((title) => part(title, places.filter((one) => one.part === title)))}</div></section>`;
}

/** @param {string} title @param {any[]} places */
const part = (title, places) => html`<details><summary>${title || _('Not asked: filled in, computed, or off')} · ${ngettext('%(num)s field', '%(num)s fields', places.length)}</summary>
  ${cards({ caption: _('Fields of this part and where their answers go'), columns: [_('Field'), _('Class'), _('Account'), _('Card'), _('Research')],
    rows: places.map((one) => {
      const { account, card, row } = goesTo(one);
      return [html`${one.label || one.name}<br><span class="mono soft small" translate="no">${one.name}</span>`, CLASSES[one.cls], account, card, row];
    }) })}</details>`;

/** What no release could make coarser, since nobody has said how. @param {any[]} places */
function uncoarse(places) {
  const names = places.filter((one) => one.coarser === 'no').map(({ name }) => name);
  return names.length ? notice({ kind: 'caution', title: _('A release could not make some answers coarser'), body: html`<p>${_('hierarchies.csv has no levels for some choices of: %(names)s. A release that is about one of these stops and says so.', { names: names.join(', ') })}</p>` }) : nothing;
}
