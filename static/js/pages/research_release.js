/** One release: what it is, its numbers, what the attacks found, and its files. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button, facts, readers, state } from '../parts/pieces.js';
import { _, dateWords, monthWords, ngettext } from '../parts/say.js';
import { focusHeading } from '../parts/shell.js';
import { bar, classesView, figuresView, tablesView } from './research_bars.js';
import { doing, is, page, save, say, show } from './research_state.js';
import { ATTACKS, PRODUCTS, howMany, percent, size } from './research_words.js';

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
