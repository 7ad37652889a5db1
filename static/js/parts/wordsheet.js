/** The sheet that is printed alone: words, a square, a day, and the check number of the site. */
import {html, nothing, svg} from '../../vendor/lit-html/lit-html.js';
import {_, dayWords} from './say.js';

/** The words, numbered down the columns. @param {string[]} words */
export const words = (words) => words.map((word) => html`<li>${word}</li>`);

/** A square code, drawn from its dots. @param {boolean[][]} dots rows, true is dark @param {string} label what it does, for a screen reader; never what it holds */
export const square = (dots, label) => html`<svg viewBox=${`0 0 ${dots.length} ${dots.length}`} role="img" aria-label=${label} shape-rendering="crispEdges">${
  svg`<path d=${dots.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('')}/>`}</svg>`;

/**
 * A whole sheet, for pages that make one outside the intake (staff). Put it in a `.sheetonly` element: then it prints alone.
 * @param {{title?: string, words?: string[], code?: string, dots?: boolean[][], label?: string, day: string, site: string}} sheet code: base32 in groups; day: YYYY-MM-DD; site: hex in groups
 */
export const wordSheet = ({title = _('Keep this sheet'), words: list, code, dots, label, day, site}) => html`<section class="sheet keysheet" aria-labelledby="keysheet-head"><h2 id="keysheet-head">${title}</h2>
  ${list ? html`<ol class="words" translate="no">${words(list)}</ol>` : nothing}
  ${code ? html`<p class="mono" translate="no">${code}</p>` : nothing}
  <div class="withqr">${dots ? html`<div class="qr">${square(dots, label ?? _('Square code with what is on this sheet'))}</div>` : nothing}
    <div class="stack small"><p>${_('Made on')} ${dayWords(day, {year: true})}</p><p>${_('Check number of the group that made it:')}<br><span class="mono">${site}</span></p></div></div></section>`;
