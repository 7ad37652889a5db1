/** Letters: what was written, by whom, on which day. All of it comes from verified headers, nothing from a column. */
import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {icon} from './icons.js';
import {_, dayWords} from './say.js';

/** @typedef {import('./icons.js').Words} Words */
/** @typedef {{name: string, note?: string, onOpen: () => void}} SealedFile */

/**
 * @typedef {object} Letter
 * @property {string} author the name as the reader knows it; "You" is added for their own
 * @property {boolean} [mine]
 * @property {string} day YYYY-MM-DD, from the header
 * @property {Words} [minute] the author's own clock, shown under the details
 * @property {string} words line breaks stay, an empty line starts a paragraph
 * @property {SealedFile[]} [files]
 * @property {string} [refused] why it is not shown; then words stay unshown
 * @property {Words} [actions] buttons, e.g. erase
 */

/** Words as paragraphs. @param {string} words */
export const paragraphs = (words) => words.split(/\n{2,}/).map((text) => html`<p>${
  text.split('\n').map((line, i) => html`${i ? html`<br>` : nothing}${line}`)}</p>`);

/** @param {Letter} letter */
export function letter({author, mine, day, minute, words, files = [], refused, actions}) {
  return html`<li class=${refused ? 'letter refused' : mine ? 'letter mine' : 'letter'}>
    <header><strong>${mine ? _('You') : author}</strong><time datetime=${day}>${dayWords(day)}</time></header>
    ${refused ? html`<p class="state no">${icon('stop')} ${refused}</p>` : html`<blockquote translate="no">${paragraphs(words)}</blockquote>`}
    ${refused ? nothing : files.map((file) => html`<p class="small">${icon('file')} <button class="textlink" type="button" @click=${file.onOpen}>${file.name}${file.note ? `, ${file.note}` : ''}</button></p>`)}
    ${minute ? html`<details class="later"><summary>${_('When exactly')}</summary><p>${minute}</p></details>` : nothing}
    ${actions ? html`<p class="buttons">${actions}</p>` : nothing}</li>`;
}

/** @param {Letter[]} letters in the order of the chain */
export const thread = (letters) => html`<ol class="list">${letters.map(letter)}</ol>`;
