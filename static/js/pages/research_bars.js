/** Tables of numbers, each with its bar. Every number is one of the release; a bar says nothing that does not stand beside it. */
import { html, nothing, svg } from '../../vendor/lit-html/lit-html.js';
import { _, ngettext } from '../parts/say.js';
import { percent } from './research_words.js';

/** @typedef {{label: string, value: string, share: number | null}} Line share: of a whole, or null where there is no bar */

/** @param {number} share @param {number | null} [guess] an upright mark */
export const bar = (share, guess = null) => html`<svg class="bars" aria-hidden="true" focusable="false">${svg`<rect class="track" y="20%" width="100%" height="60%"></rect>
  <rect class="fill" y="20%" width=${width(share)} height="60%"></rect>`}${guess === null ? nothing : svg`<rect class="limit" x=${width(Math.min(guess, 0.99))} y="0" width="3" height="100%"></rect>`}</svg>`;

/** @param {number} share */
const width = (share) => `${Math.round(Math.max(0, Math.min(share, 1)) * 100)}%`;

/** @param {{caption: unknown, note?: unknown, head: string, lines: Line[], first?: string}} table */
export const numbers = ({ caption, note = nothing, head, lines, first = _('Answer') }) => html`<table><caption>${caption}${note === nothing ? nothing : html`<small>${note}</small>`}</caption>
  <thead><tr><th scope="col">${first}</th><th scope="col" class="num">${head}</th><th scope="col"><span class="said">${_('Bar')}</span></th></tr></thead>
  <tbody>${lines.map(({ label, value, share }) => html`<tr><th scope="row" class="sub">${label}</th><td class="num">${value}</td><td class="barcell">${share === null ? nothing : bar(share)}</td></tr>`)}</tbody></table>`;

/** The tables of a release of tables. @param {any} told what tables.json says */
export const tablesView = ({ people, least, rounded_to: step, tables }) => html`<section aria-labelledby="tables-head"><h2 id="tables-head">${_('Tables')}</h2>
  <p>${_('%(people)s people, rounded. Every number is rounded to a multiple of %(step)s, and percents are of rounded numbers. N differs, because every question can be skipped. Fewer than %(least)s people are told together with others, or not shown.', { people, step, least })}</p>
  ${tables.map((/** @type {any} */ one) => html`<div class="stack">${tableView(one)}</div>`)}</section>`;

/** @param {any} one */
function tableView({ label, many, of, missing, lines }) {
  const shown = lines.map((/** @type {any} */ line) => ({ label: coded(line), ...counted(line.n, of) }));
  if (missing !== null) shown.push({ label: _('No answer, or not asked'), value: String(missing), share: null });
  return numbers({ caption: label, note: many ? _('More than one answer possible') : nothing, head: _('n/N (%)'), lines: shown });
}

/** A theme carries how far its two coders agreed. @param {any} line @returns {string} */
const coded = ({ label, kappa }) => (typeof kappa === 'number' ? _('%(label)s (kappa %(kappa)s)', { label, kappa: kappa.toFixed(2) }) : label);

/** @param {number | null} n @param {number} of */
function counted(n, of) {
  if (n === null) return { value: _('not shown'), share: null };
  const share = of ? Math.min(n, of) / of : 0;
  return { value: `${Math.min(n, of)}/${of} (${percent(share)})`, share };
}

/** Who is in a release of rows: each column that says who somebody is, over all classes. @param {any} release */
export function classesView({ classes, codebook }) {
  const total = sum(classes);
  const names = Object.keys(classes[0] ?? {}).filter((name) => name !== 'rows');
  const sizes = classes.map((/** @type {any} */ one) => Number(one.rows));
  return html`<section aria-labelledby="classes-head"><h2 id="classes-head">${_('Who is in it')}</h2>
    <p>${ngettext('One group of people who look alike.', '%(num)s groups of people who look alike.', classes.length)} ${_('The smallest is %(least)s people, the largest %(most)s.', { least: Math.min(...sizes), most: Math.max(...sizes) })}</p>
    ${names.map((name) => html`<div class="stack">${columnView(name, classes, total, fieldOf(codebook, name))}</div>`)}</section>`;
}

/** @param {string} name @param {any[]} classes @param {number} total @param {{label: string, choices: Map<string, string>}} field */
function columnView(name, classes, total, { label, choices }) {
  const codes = [...new Set(classes.map((one) => one[name]))];
  const lines = codes.map((code) => {
    const n = sum(classes.filter((one) => one[name] === code));
    return { label: choices.get(code) ?? (code || _('Not asked')), value: `${n} (${percent(n / total)})`, share: n / total };
  });
  return numbers({ caption: label, head: _('Rows'), lines });
}

/** @param {any[]} classes */
const sum = (classes) => classes.reduce((all, one) => all + Number(one.rows), 0);

/** What the codebook says of a column (REDCap's own columns). @param {any[] | null} codebook @param {string} name */
function fieldOf(codebook, name) {
  const row = codebook?.find((one) => one['Variable / Field Name'] === name);
  const told = String(row?.['Choices, Calculations, OR Slider Labels'] ?? '');
  const choices = told.split(' | ').map((one) => /** @type {[string, string]} */ ([one.slice(0, one.indexOf(',')).trim(), one.slice(one.indexOf(',') + 1).trim()]));
  return { label: row?.['Field Label'] || name, choices: new Map(choices) };
}

/** The public page's figures of one year. @param {any} told what public.json says */
export const figuresView = ({ year, epsilon, noise, protocol, histograms }) => html`<section aria-labelledby=${`figures-${year}`}><h2 id=${`figures-${year}`}>${_('Who asked in %(year)s', { year })}</h2>
  <p>${_('Each number was changed by chance before it was shown, once and for good, so that nobody can tell whether one person is in it. A small number may be told as 0.')}</p>
  ${histograms.map((/** @type {any} */ one) => html`<div class="stack">${histogram(one)}</div>`)}
  <details><summary>${_('For someone who knows this field')}</summary><p class="small">${_('Differential privacy: epsilon %(epsilon)s for the year, %(noise)s. Protocol %(protocol)s.', { epsilon, noise, protocol })}</p></details></section>`;

/** @param {any} one */
function histogram({ label, bins }) {
  const all = bins.reduce((/** @type {number} */ so, /** @type {any} */ bin) => so + Math.max(bin.n, 0), 0) || 1;
  return numbers({ caption: label, head: _('People, about'), lines: bins.map((/** @type {any} */ bin) => ({ label: bin.label, value: String(bin.n), share: bin.n / all })) });
}
