/** Queues and lists: rows on a desk, cards on a phone. The roles keep it a table for screen readers when CSS makes blocks of it. */
import {html, nothing} from '../../vendor/lit-html/lit-html.js';

/** @typedef {import('./icons.js').Words} Words */

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
