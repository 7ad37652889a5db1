/**
 * What an edition is like. What it changes, field by field, beginning with what goes further than before; for each field where its
 * answer goes; and a preview as a peer is asked it, with the same words, choices, checks and branching. What is answered stays in this page.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { asked } from '../parts/asked.js';
import { check, left, parts, skip } from '../parts/instrument.js';
import { cards, parts as listed } from '../parts/lists.js';
import { button, choices } from '../parts/controls.js';
import { facts, notice } from '../parts/pieces.js';
import { _, count, ngettext } from '../parts/say.js';
import { CLASSES, FURTHER, WHAT, goesTo, page, show } from './instruments_state.js';

/** @typedef {import('../parts/instrument.js').Question} Question */

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

export function preview() {
  const { sheet, answers, short } = page.way;
  const all = parts(sheet, answers, { short });
  const questions = all.flatMap((part) => part.questions);
  const one = current(questions);
  return html`<section class="stack" aria-labelledby="preview-head"><h2 id="preview-head">${_('As it is asked')}</h2>
    <p>${_('Try it. What you answer stays in this page and is sent nowhere.')} ${ngettext('About %(num)s minute in all.', 'About %(num)s minutes in all.', sheet.minutes)}</p>
    ${sheet.short_minutes ? choices({ name: 'way', legend: _('Which way'), inner: true, columns: 'row', chosen: [short ? 'short' : 'full'], onChange: ([way]) => set({ short: way === 'short', at: '' }),
      options: [{ value: 'full', label: _('Full way') }, { value: 'short', label: _('Short way') }] }) : nothing}
    ${one ? question(one, all, questions) : notice({ title: _('Nothing is asked'), body: _('No field of this dictionary is put to a person.') })}
    ${all.length > 1 ? html`<details><summary>${ngettext('%(num)s part', '%(num)s parts', all.length)}</summary>${listed(all.map((part) => ({
      title: part.title || _('Beginning'), note: ngettext('About %(num)s minute', 'About %(num)s minutes', part.minutes), here: part.questions.some(({ id }) => id === one?.id),
      filled: part.state === 'empty' ? undefined : /** @type {'some' | 'written'} */ (part.state), onOpen: () => set({ at: part.questions[0].id }) })))}</details>` : nothing}</section>`;
}

/** @param {Question[]} questions @returns {Question | undefined} */
const current = (questions) => questions.find(({ id }) => id === page.way.at) ?? questions[0];

/** @param {Record<string, any>} changes */
function set(changes) {
  Object.assign(page.way, { error: '', find: '' }, changes);
  show();
}

/** @param {Question} one @param {{title: string, questions: Question[]}[]} all @param {Question[]} questions */
function question(one, all, questions) {
  const { answers, error, find } = page.way;
  const at = questions.indexOf(one);
  const part = all.find((each) => each.questions.includes(one));
  const move = (/** @type {number} */ by) => set({ at: (questions[at + by] ?? questions[0]).id });
  return html`<div class="sheet stack" id="preview">
    <p class="soft small">${[part?.title, _('question %(n)s of %(all)s', { n: at + 1, all: questions.length })].filter(Boolean).join(' · ')} <span class="mono" translate="no">${one.id}</span></p>
    ${asked(one, { answer: answers[one.id], error, find, onFind: (typed) => { page.way.find = typed; show(); }, onAnswer: (answer) => { answers[one.id] = answer; set({ at: one.id, find }); } })}
    ${one.consent && page.way.sheet.name === 'intake' ? html`<p class="soft small">${_('On the intake’s page this is asked in fuller words, which are not part of the file.')}</p>` : nothing}
    ${telling(one, answers[one.id]) ? notice({ kind: 'care', title: _('Here the page shows the support lines again') }) : nothing}
    <p class="buttons">${button(_('Keep and go on'), () => keep(one, () => move(1)))}
      ${button(_('Skip this one'), () => { answers[one.id] = skip(); move(1); }, { look: 'second' })}
      ${at ? button(_('Back'), () => move(-1), { look: 'second' }) : nothing}</p></div>`;
}

/** @param {Question} one @param {any} answer */
const telling = (one, answer) => [answer].flat().some((code) => typeof code === 'string' && one.support.includes(code));

/** @param {Question} one @param {() => void} on */
function keep(one, on) {
  const { answers } = page.way;
  const error = Object.hasOwn(answers, one.id) ? check(one, answers[one.id], new Date().toISOString().slice(0, 10)) : '';
  if (error) { set({ at: one.id, error }); return; }
  if (one.type !== 'descriptive' && (!Object.hasOwn(answers, one.id) || left(answers[one.id]))) answers[one.id] = skip();
  on();
}
