/**
 * The controls that take words or a choice, and the drawings beside words. A sealed text control has no name and stands in no form,
 * and no browser or writing helper may send it on.
 */
import { html, nothing, svg } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';

/** Our own: 24 grid, one stroke. Always beside a word, and so hidden from screen readers. The same list is in templates/parts/icons.html. */
const DRAWINGS = {
  leave: svg`<path d="M13 4H5.5v16H13M10 12h10.5M16.5 8l4 4-4 4"/>`,
  lock: svg`<rect x="5" y="10.5" width="14" height="10" rx="1.5"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2.5"/>`,
  eye: svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="2.75"/>`,
  left_out: svg`<path d="M3 3l18 18M8.5 15.5a5 5 0 0 1 4.2-1.4M5.5 12.2a9.5 9.5 0 0 1 3.2-2M2.5 8.8a14 14 0 0 1 3.4-2.3M10 5.2A14 14 0 0 1 21.5 8.8M14.5 9.9a9.5 9.5 0 0 1 4 2.3M12 19v.1"/>`,
  done: svg`<circle cx="12" cy="12" r="9"/><path d="m7.75 12.25 3 3 5.75-6.25"/>`,
  date: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.25l3.5 2"/>`,
  about: svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5v.1"/>`,
  care: svg`<path d="M12 3.5 22 20.5H2ZM12 10v4.75M12 17.4v.1"/>`,
  stop: svg`<path d="M8.2 2.8h7.6l5.4 5.4v7.6l-5.4 5.4H8.2l-5.4-5.4V8.2ZM12 7v6.25M12 16.5v.1"/>`,
  file: svg`<path d="M6 3h8l4.5 4.5V21H6ZM14 3v4.5h4.5"/>`,
  next: svg`<circle cx="12" cy="12" r="9"/>`,
  half: svg`<circle cx="12" cy="12" r="9"/><path d="M12 3v18a9 9 0 0 1 0-18Z" fill="currentColor"/>`,
  aside: svg`<circle cx="12" cy="12" r="9"/><path d="M8 12h8"/>`,
};

/** @typedef {keyof typeof DRAWINGS} IconName */
/** @typedef {unknown} Words text, or a template made of text; lit-html escapes it */

/** @param {IconName} name */
export const icon = (name) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${DRAWINGS[name]}</svg>`;

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
 * @param {Words} [field.readers] the reader line, from readers()
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
