/**
 * One question from a sheet, as it is asked: the same rules as the intake's shell has (app/intake/widgets.py), for the pages
 * that have the sheet alone. Checks and branching are those of instrument.js.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { toggled } from './instrument.js';
import { choices, icon } from './controls.js';
import { readers } from './pieces.js';
import { _ } from './say.js';

/** @typedef {import('./instrument.js').Question} Question */
/** @typedef {import('./instrument.js').Answer} Answer */

const LONG_LIST = 7; // from here on two columns
const MANY = 20; // more than this get a box to type in
/** @type {Record<string, 'email' | 'tel' | 'numeric' | 'decimal'>} */
const KEYBOARDS = { email: 'email', phone: 'tel', integer: 'numeric', number: 'decimal', slider: 'numeric' };

/** Who will read an answer, before it is given. @param {Question} one */
export const readBy = (one) => (!one.kept ? readers(_('Nobody. It only changes what this page shows, and is not kept.'))
  : one.card ? readers(_('You. When you send, the coordinators see it on a short card. You can take it off.'), { wider: true })
    : readers(_('Only you, until you approve someone by name.')));

/** What to ask in large letters, and the remark in brackets at its end. @param {string} label @returns {[string, string]} */
export function heading(label) {
  const found = /^(.+?) \(([^()]+)\)$/s.exec(label);
  return found ? [found[1], `${found[2].charAt(0).toUpperCase()}${found[2].slice(1)}.`] : [label, ''];
}

/**
 * @param {Question} one
 * @param {object} with_
 * @param {Answer | undefined} with_.answer
 * @param {(answer: Answer) => void} with_.onAnswer
 * @param {string} [with_.error] what check() said
 * @param {boolean} [with_.page] it is the question of its page: its words are the h1
 * @param {string} [with_.find] what was typed to find a row
 * @param {(typed: string) => void} [with_.onFind]
 */
export function asked(one, { answer, onAnswer, error = '', page = false, find = '', onFind }) {
  if (one.type === 'descriptive') return html`<p>${one.label}</p>`;
  if (one.type === 'file' || one.type === 'signature') return html`<div class="stack"><h3>${heading(one.label)[0]}</h3><p class="soft">${_('A file can be added here. That part is still to come.')}</p></div>`;
  return one.choices.length && one.type !== 'slider' ? chosen(one, { answer, onAnswer, error, page, find, onFind }) : written(one, { answer, onAnswer, error, page });
}

/** @param {Question} one @param {{answer: Answer | undefined, onAnswer: (answer: Answer) => void, error: string, page: boolean, find: string, onFind?: (typed: string) => void}} with_ */
function chosen(one, { answer, onAnswer, error, page, find, onFind }) {
  const boxes = one.type === 'checkbox';
  const before = Array.isArray(answer) ? answer : typeof answer === 'string' && answer ? [answer] : [];
  const [lead, aside] = heading(one.label);
  const many = one.choices.length > MANY && onFind;
  const fits = one.choices.filter((choice) => !many || before.includes(choice.code) || choice.label.toLowerCase().includes(find.trim().toLowerCase()));
  const row = (/** @type {import('./instrument.js').Option} */ { code, lead: words, hint }) => ({ value: code, label: words, note: hint || undefined, ...(code === 'pnts' ? { note: undefined, after: _('or') } : {}) });
  return html`${many ? html`<div class="field"><label for="find">${_('Type to find')}</label><input id="find" type="text" class="short" .value=${live(find)}
      @input=${(/** @type {Event} */ event) => onFind(/** @type {HTMLInputElement} */ (event.target).value)} autocomplete="off" spellcheck="false" translate="no"></div>` : nothing}
    ${choices({
    name: 'answer', legend: lead, kind: boxes ? 'checkbox' : 'radio', page, inner: !page, chosen: before, error: error || undefined, readers: readBy(one),
    hint: `${aside} ${one.note}`.trim() || (boxes ? _('Choose as many as you like.') : _('Choose one, or skip it.')), columns: one.choices.length >= LONG_LIST ? 'two' : 'one',
    options: [...fits.filter(({ code }) => code !== 'pnts'), ...fits.filter(({ code }) => code === 'pnts')].map(row),
    onChange: (now) => onAnswer(boxes ? ticked(one, before, now) : now[0]),
  })}`;
}

/** "None of these" and the others untick each other. @param {Question} one @param {string[]} before @param {string[]} now */
function ticked(one, before, now) {
  const clicked = one.choices.find(({ code }) => before.includes(code) !== now.includes(code));
  return clicked ? toggled(one, before, clicked.code) : now;
}

/** @param {Question} one @param {{answer: Answer | undefined, onAnswer: (answer: Answer) => void, error: string, page: boolean}} with_ */
function written(one, { answer, onAnswer, error, page }) {
  const [lead, aside] = heading(one.label);
  const kind = one.check?.kind ?? '';
  const hint = [aside, one.note, ...(one.type === 'slider' ? [ends(one)] : [])].filter(Boolean).join(' ');
  const label = html`<label for="answer">${lead}</label>`;
  const typed = (/** @type {Event} */ event) => onAnswer(/** @type {HTMLInputElement} */ (event.target).value);
  const value = typeof answer === 'string' ? answer : '';
  const described = `${hint ? 'answer-hint ' : ''}answer-wrong`;
  const long = one.type === 'notes' && !one.card && !one.short && one.show === null;
  return html`<div class=${`question field${error ? ' wrong' : ''}`}>${page ? html`<h1>${label}</h1>` : html`<h3>${label}</h3>`}
    ${hint ? html`<p class="hint" id="answer-hint">${hint}</p>` : nothing}${readBy(one)}
    <p class="wrong-words" id="answer-wrong" ?hidden=${!error}>${icon('care')} ${error}</p>
    ${one.type === 'notes' ? html`<textarea id="answer" class=${long ? 'writing' : nothing} rows=${long ? 14 : 4} .value=${live(value)} @input=${typed} aria-describedby=${described}
        aria-invalid=${error ? 'true' : nothing} autocapitalize="sentences" autocomplete="off" spellcheck="false" autocorrect="off" translate="no" writingsuggestions="false" data-gramm="false"
        data-gramm_editor="false" data-enable-grammarly="false" data-lt-active="false" data-ms-editor="false" data-1p-ignore data-lpignore="true"></textarea>`
    : html`<input id="answer" type=${kind.startsWith('date_') ? 'date' : 'text'} class=${kind.startsWith('date_') || one.type === 'slider' ? 'short' : nothing} inputmode=${KEYBOARDS[kind] ?? nothing}
        .value=${live(value)} @input=${typed} aria-describedby=${described} aria-invalid=${error ? 'true' : nothing} autocapitalize=${KEYBOARDS[kind] ? 'none' : nothing}
        autocomplete="off" spellcheck="false" autocorrect="off" translate="no" writingsuggestions="false" data-gramm="false"
        data-gramm_editor="false" data-enable-grammarly="false" data-lt-active="false" data-ms-editor="false" data-1p-ignore data-lpignore="true">`}</div>`;
}

/** What the two ends of a scale stand for. @param {Question} one */
function ends(one) {
  const [low, high] = [one.check?.least ?? '0', one.check?.most ?? '100'];
  const first = one.choices.find(({ code }) => code === '0')?.label;
  const last = one.choices.length > 1 ? one.choices[one.choices.length - 1].label : '';
  return first && last ? _('A whole number from %(low)s (%(first)s) to %(high)s (%(last)s).', { low, first, high, last }) : _('A whole number from %(low)s to %(high)s.', { low, high });
}
