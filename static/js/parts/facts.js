/** Names and values, each with a way to change it. */
import {html, nothing} from '../../vendor/lit-html/lit-html.js';

/** @typedef {import('./icons.js').Words} Words */
/** @typedef {{label: string, onClick: (event: Event) => void}} Change */

/**
 * @param {{name: string, value: Words, mono?: boolean, change?: Change}[]} rows name is also what the button is said to change
 */
export const facts = (rows) => html`<dl class="facts">${rows.map(({name, value, mono, change}) => html`
  <div><dt>${name}</dt><dd class=${mono ? 'mono' : nothing}>${value}</dd>${change
    ? html`<dd class="act"><button type="button" @click=${change.onClick}>${change.label}<span class="said"> ${name}</span></button></dd>` : nothing}</div>`)}</dl>`;
