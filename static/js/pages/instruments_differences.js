/** What the next version changes, field by field, beginning with what goes further than before. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { cards } from '../parts/lists.js';
import { notice } from '../parts/pieces.js';
import { _, ngettext } from '../parts/say.js';
import { FURTHER, WHAT } from './instruments_words.js';

/** @param {any} found differences of instruments/differences.py */
export function differences({ added, removed, changed, moved }) {
  if (!(added.length + removed.length + changed.length + moved.length)) return notice({ title: _('It changes nothing'), body: _('This is the version that there is already.') });
  return html`<section class="stack" aria-labelledby="differences-head"><h2 id="differences-head">${_('What it changes')}</h2>
    <p>${[ngettext('%(num)s field is new.', '%(num)s fields are new.', added.length), ngettext('%(num)s is gone.', '%(num)s are gone.', removed.length),
    ngettext('%(num)s is changed.', '%(num)s are changed.', changed.length), moved.length ? ngettext('%(num)s stands in another place.', '%(num)s stand in another place.', moved.length) : ''].join(' ')}</p>
    ${further([...added, ...changed])}${renamed(changed)}
    ${group(_('New'), added)}${removed.length ? html`${group(_('Gone'), removed)}<p class="soft">${_('Answers that peers gave before stay in their accounts, in words.')}</p>` : nothing}
    ${changed.length ? html`<h3>${_('Changed')}</h3>${changed.map(one)}` : nothing}
    ${moved.length ? html`<h3>${_('In another place')}</h3><p class="mono" translate="no">${moved.join(', ')}</p>` : nothing}</section>`;
}

/** @param {string} title @param {{name: string, label: string}[]} fields */
const group = (title, fields) => (fields.length ? html`<h3>${title}</h3><ul class="plainlist">${fields.map(({ name, label }) => html`<li>${label || name} <span class="mono soft small" translate="no">${name}</span></li>`)}</ul>` : nothing);

/** @param {any} field */
const one = ({ name, label, changes }) => html`<article class="stack"><h4>${label || name} <span class="mono soft small" translate="no">${name}</span></h4>
  ${cards({ caption: _('What changes in %(name)s', { name }), columns: [_('What'), _('Now'), _('Next')], rows: changes.map((/** @type {any} */ { what, before, after }) => [WHAT[what] ?? what, value(before), value(after)]) })}</article>`;

/** @param {string} text */
const value = (text) => (text === '' ? html`<span class="soft">${_('nothing')}</span>` : text === 'yes' ? _('yes') : text);

/** @param {any[]} fields new or changed */
function further(fields) {
  const all = fields.filter((field) => field.further.length);
  return all.length ? notice({ kind: 'caution', title: _('Some answers would go further than before'), body: html`<ul class="plainlist">${all.map(({ name, label, further: where }) => html`
    <li><strong>${label || name}</strong> ${where.map((/** @type {string} */ each) => FURTHER[each]).join(', ')}</li>`)}</ul>
    <p>${_('The page on which peers agree, and what your ethics board approved, must say so before you store this.')}</p>` }) : nothing;
}

/** The same code under other words: older rows keep the older meaning. @param {any[]} changed */
function renamed(changed) {
  const all = changed.filter(({ changes }) => changes.some((/** @type {any} */ { what, before, after }) => what === 'choice' && before && after));
  return all.length ? notice({ kind: 'caution', title: _('Some codes get other words'), body: html`<p>${_('In: %(names)s. If a choice means another thing now, give it a new code: a release reads the codes of both versions alike.', { names: all.map(({ name }) => name).join(', ') })}</p>` }) : nothing;
}
