/** A questionnaire as a peer is asked it: the same words, choices, checks and branching. What is answered stays in this page. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { asked } from '../parts/asked.js';
import { check, left, parts, skip } from '../parts/instrument.js';
import { parts as listed } from '../parts/lists.js';
import { button, choices, notice } from '../parts/pieces.js';
import { _, ngettext } from '../parts/say.js';
import { page, show } from './instruments_state.js';

/** @typedef {import('../parts/instrument.js').Question} Question */

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
