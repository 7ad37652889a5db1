/**
 * One release: what it is, its numbers, what the attacks found, and its files. Every number is one of the release; its bar says nothing
 * that does not stand beside it. What an attack found is told in the words of the report itself.
 */
import { html, nothing, svg } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button } from '../parts/controls.js';
import { facts, readers, state } from '../parts/pieces.js';
import { _, dateWords, monthWords, ngettext } from '../parts/say.js';
import { focusHeading } from '../parts/shell.js';
import { doing, is, page, save, say, show } from './research_state.js';

export const titleOf = (/** @type {any} */ one) => _('Release %(number)s', { number: one.version });

export function releaseView() {
  const one = page.open;
  return html`<p class="lead">${one.title}. ${howMany(one) ? html`${howMany(one)}. ` : nothing}${_('Published on %(day)s.', { day: dateWords(one.date) })}</p>
    ${readers(is('researcher') ? _('You, and researchers who signed the terms, see this release. No accounts, no words, and no row as it was sent. Questions on a slice of one’s own can’t be answered, by design.') : _('Researchers who signed the terms see this release.'), { wider: true })}
    ${facts(about(one))}
    ${one.tables ? tablesView(one.tables) : nothing}${one.classes?.length ? classesView(one) : nothing}${one.figures ? figuresView(one.figures) : nothing}
    ${attacks(one)}${files(one)}
    <p class="buttons">${button(_('All releases'), () => { show({ open: null }); focusHeading(); }, { look: 'second' })}</p>`;
}

/** @param {any} one */
function about({ product, protocol, approved, until, by, fingerprint, loss, proven, targets, plan, month }) {
  const rows = [
    { name: _('What it is'), value: PRODUCTS[product]?.() ?? product },
    { name: _('Plan'), value: [plan, month && monthWords(month)].filter(Boolean).join(', ') },
    { name: _('Protocol'), value: approved ? html`${protocol}<br><span class="soft small">${_('approved from %(first)s until %(last)s', { first: dateWords(approved), last: dateWords(until) })}</span>` : protocol },
    { name: _('Signed by'), value: by },
    { name: _('Fingerprint in the log'), value: fingerprint, mono: true },
  ];
  if (loss !== null) rows.push({ name: _('Detail that was given up'), value: `${percent(loss)}${proven ? '' : _(' (not proven to be the least)')}` });
  if (targets) rows.push({ name: _('What was asked for'), value: _('at least %(k)s people who look alike, at least %(l)s different answers among them', { k: targets.k, l: targets.l }) });
  return rows;
}

/** @param {any} one */
const attacks = ({ attacks: found }) => html`<section aria-labelledby="attack-head"><h2 id="attack-head">${_('We attacked it first')}</h2>
  <p>${ngettext('Before anything is published, our own program plays somebody who wants to find one person in it, in one way.', 'Before anything is published, our own program plays somebody who wants to find one person in it, in %(num)s ways. If one succeeds, nothing goes out.', found.length)}</p>
  <p>${state('yes', ngettext('This release withstands it', 'This release withstands all %(num)s', found.length))}</p>
  <details><summary>${_('What each of them found')}</summary><div class="stack"><p>${_('The bar is how often they are right at the worst place. The upright mark is how often somebody would be right who never saw the release.')}</p>
    ${cards({ caption: _('Attack report'), columns: [_('Attack'), _('What they try'), _('Right'), _('Bar'), _('Result')], rows: found.map(attack) })}</div></details></section>`;

/** @param {any} one */
function attack({ kind, holds, success, guess, words }) {
  const [name, tries] = ATTACKS[kind]?.() ?? [kind, ''];
  return [name, html`${tries}<br><span class="soft small">${words}</span>`, html`${percent(success)}<br><span class="soft small">${_('guess\u00a0%(share)s', { share: percent(guess) })}</span>`,
    bar(success, guess), holds ? state('yes', _('Held')) : state('no', _('Caught'))];
}

/** @param {any} one */
const files = (one) => html`<section aria-labelledby="files-head"><h2 id="files-head">${_('Files')}</h2>
  ${is('researcher') ? html`<p>${_('Your browser compares each file with what the steward signed, then saves it. Each one that you take leaves a line in the log.')}</p>` : html`<p>${_('Researchers take these files. Yours are at home.')}</p>`}
  ${facts(one.files.map((/** @type {any} */ file) => ({
    name: file.name, value: html`${FOR[/** @type {keyof typeof FOR} */ (file.name)]?.() ?? ''} <span class="soft small">${size(file.size)}</span>`,
    change: is('researcher') ? { label: page.busy === `take ${file.name}` ? _('Checking') : _('Save'), onClick: () => takeOne(one.version, file.name) } : undefined,
  })))}</section>`;

const FOR = {
  'data.csv': () => _('Rows, for any program'), 'data.sav': () => _('Rows, for SPSS'), 'data.dta': () => _('Rows, for Stata'), 'data.parquet': () => _('Rows, for Arrow, R and Python'),
  'codebook.csv': () => _('What columns and codes mean; REDCap reads it'), 'classes.csv': () => _('Groups that look alike, and their size'), 'datapackage.json': () => _('Columns and types, for Frictionless'),
  'levels.json': () => _('Which answers were put together'), 'public.html': () => _('The figures as a page of their own'), 'tables.html': () => _('The tables as a page of their own'), 'tables.json': () => _('The tables, for programs'), 'manifest.json': () => _('How it was made, and the hash of each file'),
  'attack-report.html': () => _('What the attacks found, for a board'), 'attack-report.json': () => _('The same, for programs'), 'public.json': () => _('The figures, for programs'),
};

/** @param {number} version @param {string} name */
const takeOne = (version, name) => doing(`take ${name}`, async () => {
  const { bytes } = await ask('releases.take', { version, name });
  save(`release-${version}-${name}`, bytes);
  say(_('%(name)s is the file that was signed. It is saved.', { name }));
});

/** @typedef {{label: string, value: string, share: number | null}} Line share: of a whole, or null where there is no bar */

/** @param {number} share @param {number | null} [guess] an upright mark */
const bar = (share, guess = null) => html`<svg class="bars" aria-hidden="true" focusable="false">${svg`<rect class="track" y="20%" width="100%" height="60%"></rect>
  <rect class="fill" y="20%" width=${width(share)} height="60%"></rect>`}${guess === null ? nothing : svg`<rect class="limit" x=${width(Math.min(guess, 0.99))} y="0" width="3" height="100%"></rect>`}</svg>`;

/** @param {number} share */
const width = (share) => `${Math.round(Math.max(0, Math.min(share, 1)) * 100)}%`;

/** @param {{caption: unknown, note?: unknown, head: string, lines: Line[], first?: string}} table */
const numbers = ({ caption, note = nothing, head, lines, first = _('Answer') }) => html`<table><caption>${caption}${note === nothing ? nothing : html`<small>${note}</small>`}</caption>
  <thead><tr><th scope="col">${first}</th><th scope="col" class="num">${head}</th><th scope="col"><span class="said">${_('Bar')}</span></th></tr></thead>
  <tbody>${lines.map(({ label, value, share }) => html`<tr><th scope="row" class="sub">${label}</th><td class="num">${value}</td><td class="barcell">${share === null ? nothing : bar(share)}</td></tr>`)}</tbody></table>`;

/** The tables of a release of tables. @param {any} told what tables.json says */
const tablesView = ({ people, least, rounded_to: step, tables }) => html`<section aria-labelledby="tables-head"><h2 id="tables-head">${_('Tables')}</h2>
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
function classesView({ classes, codebook }) {
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

/** @type {Record<string, () => string>} */
export const PRODUCTS = {
  microdata: () => _('Rows, one for each person, made coarser'), tables: () => _('Tables'), public: () => _('Figures for everybody'),
};

/** @type {Record<string, () => [string, string]>} its name, and what somebody does */
export const ATTACKS = {
  schema: () => [_('Strange files'), _('Looks for a column, code or file that nobody approved.')],
  k: () => [_('Small groups'), _('Looks for people of whom too few look alike.')],
  l: () => [_('One answer'), _('Looks for a group in which nearly all gave one answer.')],
  t: () => [_('Strange groups'), _('Looks for a group that is unlike everybody.')],
  km: () => [_('Rare pairs'), _('Knows some boxes that few ticked, and finds the others.')],
  prosecutor: () => [_('A colleague'), _('Knows that she is in it, and her stage, field, age and more.')],
  journalist: () => [_('A journalist'), _('Looks for anybody at all.')],
  homogeneity: () => [_('All of a group'), _('Looks for a box that all of a group ticked.')],
  skew: () => [_('More than others'), _('Looks for a group that ticked a box much more, or much less.')],
  exclusion: () => [_('Leaving out'), _('Knows that one answer is wrong, and is left with another.')],
  differencing: () => [_('Subtraction'), _('Takes one release from the next, to see who joined or left.')],
  composition: () => [_('Laying over'), _('Lays releases over each other that were cut in different ways.')],
  minimality: () => [_('Asking why'), _('Sees which group had to be made coarser, and why.')],
  lp: () => [_('Sums'), _('Solves the tables for a count of 1 to 10.')],
  metadata: () => [_('Order'), _('Reads from the order of rows who came first.')],
  membership: () => [_('Numbers'), _('Finds a row again by its number.')],
};

/** @param {any} release */
export const howMany = ({ rows, tables }) => {
  const people = rows ?? tables?.people;
  return people === undefined || people === null ? '' : ngettext('%(num)s person', '%(num)s people', people);
};

const UNITS = ['bytes', 'KB', 'MB', 'GB'];

/** @param {number} bytes */
export function size(bytes) {
  let [number, unit] = [bytes, 0];
  while (number >= 1000 && unit < UNITS.length - 1) [number, unit] = [number / 1000, unit + 1];
  return `${number.toFixed(unit && number < 10 ? 1 : 0)} ${UNITS[unit]}`;
}

/** @param {number} share @returns {string} */
const percent = (share) => `${Math.round(share * 100)}%`;

/** @type {Record<string, () => string>} */
const ASKED = { intake: () => _('Intake'), outtake: () => _('Outtake'), followup: () => _('Follow-up') };

/** What the rows answer, and under which version. @param {string} id e.g. intake.v1, or comment */
export function asked(id) {
  const [name, version] = id.split('.v');
  if (!version) return _('Comments to sort into themes');
  return html`${_('%(name)s, version %(edition)s', { name: ASKED[name]?.() ?? name, edition: version })} <span class="small soft" translate="no">${id}</span>`;
}
