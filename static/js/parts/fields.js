/** Controls that take words or a choice. A sealed text control has no name and stands in no form, and no browser or writing helper may send it on. */
import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {live} from '../../vendor/lit-html/directives/live.js';
import {icon} from './icons.js';

/** @typedef {import('./icons.js').Words} Words */

/** What was wrong, above the input; says what to try. @param {string} id @param {Words} [error] */
const wrong = (id, error) => html`<p class="wrong-words" id=${`${id}-wrong`} ?hidden=${!error}>${icon('care')} ${error}</p>`;

/** @param {string} id @param {Words} hint @param {Words} error */
const described = (id, hint, error) => [hint && `${id}-hint`, error && `${id}-wrong`].filter(Boolean).join(' ') || nothing;

/**
 * A sealed field: one line, several, or a long letter.
 * @param {object} field
 * @param {string} field.id
 * @param {Words} field.label
 * @param {string} field.value
 * @param {(value: string) => void} field.onInput
 * @param {'line' | 'lines' | 'writing'} [field.size]
 * @param {Words} [field.hint]
 * @param {Words} [field.error]
 * @param {Words} [field.readers] the reader line, from notices.js
 * @param {Words} [field.below] e.g. kept()
 * @param {'none' | 'sentences' | 'words'} [field.capitals]
 * @param {boolean} [field.short]
 * @param {'text' | 'email' | 'tel' | 'numeric'} [field.keys] the phone's keyboard
 */
export function sealedField({id, label, value, onInput, size = 'line', hint, error, readers, below, capitals = 'sentences', short = false, keys = 'text'}) {
  const typed = (/** @type {Event} */ event) => onInput(/** @type {HTMLInputElement} */ (event.target).value);
  const control = size === 'line'
    ? html`<input id=${id} type="text" class=${short ? 'short' : nothing} inputmode=${keys} .value=${live(value)} @input=${typed}
        aria-describedby=${described(id, hint, error)} aria-invalid=${error ? 'true' : nothing} autocapitalize=${capitals}
        autocomplete="off" spellcheck="false" autocorrect="off" translate="no" writingsuggestions="false" data-gramm="false"
        data-gramm_editor="false" data-enable-grammarly="false" data-lt-active="false" data-ms-editor="false" data-1p-ignore data-lpignore="true">`
    : html`<textarea id=${id} class=${size === 'writing' ? 'writing' : nothing} rows=${size === 'writing' ? 14 : 4} .value=${live(value)} @input=${typed}
        aria-describedby=${described(id, hint, error)} aria-invalid=${error ? 'true' : nothing} autocapitalize=${capitals}
        autocomplete="off" spellcheck="false" autocorrect="off" translate="no" writingsuggestions="false" data-gramm="false"
        data-gramm_editor="false" data-enable-grammarly="false" data-lt-active="false" data-ms-editor="false" data-1p-ignore data-lpignore="true"></textarea>`;
  return html`<div class=${error ? 'field wrong' : 'field'}><label for=${id}>${label}</label>
    ${hint ? html`<p class="hint" id=${`${id}-hint`}>${hint}</p>` : nothing}${readers ?? nothing}${wrong(id, error)}${control}
    ${below ? html`<p class="tally">${below}</p>` : nothing}</div>`;
}

/** @typedef {{value: string, label: Words, note?: Words, advice?: Words, after?: Words}} Option after: stands apart under "or", e.g. I prefer not to say */

/**
 * A group of choices; the whole row is the target. Radios share a name so as to be a group, without a form it goes nowhere.
 * @param {object} group
 * @param {string} group.name also the start of each id
 * @param {Words} group.legend
 * @param {'radio' | 'checkbox'} [group.kind]
 * @param {Option[]} group.options
 * @param {string[]} group.chosen values
 * @param {(chosen: string[]) => void} group.onChange
 * @param {Words} [group.hint]
 * @param {Words} [group.error]
 * @param {'one' | 'two' | 'row'} [group.columns]
 * @param {boolean} [group.page] this is the question of the page: the legend is its h1
 * @param {boolean} [group.inner] it stands under a heading of its own: the legend is an h3
 * @param {Words} [group.readers]
 */
export function choices({name, legend, kind = 'radio', options, chosen, onChange, hint, error, columns = 'one', page = false, inner = false, readers}) {
  const pick = (/** @type {string} */ value, /** @type {Event} */ event) => {
    const on = /** @type {HTMLInputElement} */ (event.target).checked;
    onChange(kind === 'radio' ? [value] : on ? [...chosen, value] : chosen.filter((other) => other !== value));
  };
  const rows = options.map(({value, label, note, advice, after}) => html`${after ? html`<p class="or">${after}</p>` : nothing}
    <label class="choice" for=${`${name}-${value}`}><input id=${`${name}-${value}`} type=${kind} name=${kind === 'radio' ? name : nothing} value=${value}
      .checked=${live(chosen.includes(value))} @change=${(/** @type {Event} */ event) => pick(value, event)} autocomplete="off"
      ><span>${label}${note ? html`<small>${note}</small>` : nothing}</span></label>${advice ? html`<p class="advice">${advice}</p>` : nothing}`);
  const layout = {one: 'choices', two: 'choices two', row: 'choices row'}[columns];
  return html`<fieldset class=${page ? 'question' : 'stack'} aria-describedby=${described(name, hint, error)}>
    <legend>${page ? html`<h1>${legend}</h1>` : inner ? html`<h3>${legend}</h3>` : html`<h2>${legend}</h2>`}</legend>
    ${hint ? html`<p class="hint" id=${`${name}-hint`}>${hint}</p>` : nothing}${readers ?? nothing}${wrong(name, error)}
    <div class=${layout}>${rows}</div></fieldset>`;
}

/**
 * A button. At most one plain (filled) one in a group, its opposite `second` beside it; `grave` removes or deletes.
 * @param {Words} words @param {(event: Event) => void} onClick @param {{look?: '' | 'second' | 'grave', busy?: boolean, off?: boolean, about?: string}} [with_] busy: it is being done; off: something has to be filled in first; about: said to screen readers after the words
 */
export const button = (words, onClick, {look = '', busy = false, off = false, about} = {}) => html`<button class=${`button ${look}`.trim()} type="button"
  aria-busy=${busy ? 'true' : nothing} aria-disabled=${busy || off ? 'true' : nothing}
  @click=${(/** @type {Event} */ event) => { if (!busy && !off) onClick(event); }}>${words}${about ? html`<span class="said"> ${about}</span>` : nothing}</button>`;
