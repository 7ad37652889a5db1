/**
 * Lists: an order that matters, parts that have none, the peer's goals, who opened what; and queues, which are rows on a desk and
 * cards on a phone. The roles keep those a table for screen readers when CSS makes blocks of them.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { icon } from './controls.js';
import { _, dayWords } from './say.js';

/** @typedef {import('./controls.js').Words} Words */

/** Where things stand. @param {{words: Words, at?: 'done' | 'now'}[]} items @param {{small?: boolean}} [with_] */
export const steps = (items, {small = false} = {}) => html`<ol class=${small ? 'steps small' : 'steps'}>${items.map(({words, at}) => html`
  <li class=${at ?? nothing} aria-current=${at === 'now' ? 'step' : nothing}>${words}</li>`)}</ol>`;

/**
 * Sections in any order: a dot for empty, some, written; time, never a percent.
 * @param {{title: string, note?: Words, filled?: 'some' | 'written', here?: boolean, onOpen: () => void}[]} items @param {{large?: boolean}} [with_]
 */
export const parts = (items, {large = false} = {}) => html`<ol class=${large ? 'parts large' : 'parts'}>${items.map(({title, note, filled, here, onOpen}) => html`
  <li class=${`${here ? 'here' : filled ?? ''}`} aria-current=${here ? 'step' : nothing}>
    <button type="button" @click=${onOpen}>${title}<span class="said">${filled === 'written' ? _(', written') : filled === 'some' ? _(', some answers kept') : ''}</span></button>
    ${note ? html`<small>${note}</small>` : nothing}</li>`)}</ol>`;

/** @type {Record<'done' | 'under_way' | 'next' | 'aside', import('./controls.js').IconName>} */
const DRAWINGS = {done: 'done', under_way: 'half', next: 'next', aside: 'aside'};

/** A goal as the peer said it, and its steps. @param {{title: string, steps: {state: keyof typeof DRAWINGS, words: Words, note: Words}[]}} goal note starts with the state in words */
export const goal = ({title, steps: list}) => html`<div class="goal"><h3>${title}</h3><ul class="plan">${list.map((step) => html`
  <li class=${step.state === 'done' ? 'yes' : nothing}>${icon(DRAWINGS[step.state])}<div>${step.words}<small>${step.note}</small></div></li>`)}</ul></div>`;

/** Who did what, newest first; the day alone, from verified events. @param {{day: string, who: string, did: Words}[]} items day: YYYY-MM-DD */
export const trail = (items) => html`<ol class="trail">${items.map(({day, who, did}) => html`
  <li><time datetime=${day}>${dayWords(day, {year: true})}</time><div><strong>${who}</strong> ${did}</div></li>`)}</ol>`;

/**
 * @param {object} table
 * @param {string} table.caption
 * @param {boolean} [table.shown] show the caption, not only say it
 * @param {string[]} table.columns names; the first is each row's own name, an empty one is not repeated on a card
 * @param {Words[][]} table.rows one value for each column
 */
export const cards = ({caption, shown = false, columns, rows}) => html`<table class="cards" role="table"><caption class=${shown ? nothing : 'said'}>${caption}</caption>
  <thead role="rowgroup"><tr role="row">${columns.map((name) => name ? html`<th role="columnheader" scope="col">${name}</th>` : html`<td role="cell"></td>`)}</tr></thead>
  <tbody role="rowgroup">${rows.map(([head, ...values]) => html`<tr role="row"><th role="rowheader" scope="row">${head}</th>${values.map((value, i) => html`
    <td role="cell" data-label=${columns[i + 1] || nothing}><div>${value}</div></td>`)}</tr>`)}</tbody></table>`;
