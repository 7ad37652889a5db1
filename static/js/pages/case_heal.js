/** Words of one entry are held back, and nothing else is wrong: the owner can go on without them. Nobody else can. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { _, dayWords } from '../parts/say.js';
import { eraseButton, eraseQuestion } from './case_erase.js';
import { remove } from './case_members.js';
import { nameOf } from './case_names.js';

/** @param {any} seen */
export const going = ({ entries, members }) => html`<section class="stack" aria-labelledby="heal-head"><h2 id="heal-head">${_('If you want to go on without these words')}</h2>
  <p>${_('Ask whoever handed them in first. Each member can have their own words taken away, and may have done it in a way that does not count.')}</p>
  <p>${_('You can erase them for good, under your own name. Then you can write here again. You can also take somebody out now.')}</p>
  <ul class="list">${entries.filter((/** @type {any} */ one) => one.kind === 'withheld').map((/** @type {any} */ one) => withheld(one, members))}</ul></section>`;

/** @param {any} one @param {any[]} members */
function withheld(one, members) {
  const author = members.find((/** @type {any} */ other) => other.fp === one.by.fp);
  return html`<li class="sheet stack"><h3>${_('Handed in as %(name)s on %(day)s', { name: nameOf(one.by), day: dayWords(one.date) })}</h3>
    <p class="buttons">${eraseButton(one)}</p>${eraseQuestion(one)}${author && !author.owner ? remove(author, nameOf(author)) : nothing}</li>`;
}
