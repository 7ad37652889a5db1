/** An order that matters, parts that have none, the peer's goals, and who opened what. */
import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {icon} from './icons.js';
import {_, dayWords} from './say.js';

/** @typedef {import('./icons.js').Words} Words */

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

/** @type {Record<'done' | 'under_way' | 'next' | 'aside', import('./icons.js').IconName>} */
const DRAWINGS = {done: 'done', under_way: 'half', next: 'next', aside: 'aside'};

/** A goal as the peer said it, and its steps. @param {{title: string, steps: {state: keyof typeof DRAWINGS, words: Words, note: Words}[]}} goal note starts with the state in words */
export const goal = ({title, steps: list}) => html`<div class="goal"><h3>${title}</h3><ul class="plan">${list.map((step) => html`
  <li class=${step.state === 'done' ? 'yes' : nothing}>${icon(DRAWINGS[step.state])}<div>${step.words}<small>${step.note}</small></div></li>`)}</ul></div>`;

/** Who did what, newest first; the day alone, from verified events. @param {{day: string, who: string, did: Words}[]} items day: YYYY-MM-DD */
export const trail = (items) => html`<ol class="trail">${items.map(({day, who, did}) => html`
  <li><time datetime=${day}>${dayWords(day, {year: true})}</time><div><strong>${who}</strong> ${did}</div></li>`)}</ol>`;
