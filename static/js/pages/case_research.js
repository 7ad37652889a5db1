/**
 * What research has of the peer, in words: what was sent or would be, line by line, and how many look alike in what was published. At
 * each visit of the owner it is brought into line with their choices. Whatever those are, the same is fetched and asked for, so that
 * what a page loads says nothing of them.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask, on } from '../parts/ask.js';
import { consentsInForce } from '../parts/consents.js';
import { button } from '../parts/controls.js';
import { empty, facts, notice, readers, state } from '../parts/pieces.js';
import { _, count, monthWords, ngettext } from '../parts/say.js';
import { doing, page, show, together } from './case_state.js';

/** @typedef {import('../parts/rows.js').Given} Given */

/** @typedef {{instrument: string, wave: string, month: string, state: 'sent' | 'unsent' | 'unknown' | 'going'}} Row */

/** Who reads a row, by name. @returns {string} */
export function stewards() {
  const names = page.rows?.readers ?? [];
  return names.length ? ngettext('%(names)s, the research steward', '%(names)s, the research stewards', names.length, { names: together(names) }) : _('Nobody yet. There is no research steward.');
}

/** @param {(view: string) => void} go */
export function research(go) {
  const yes = consentsInForce(page.seen).consents.consent_research === 'yes';
  const { rows } = page;
  if (!rows) return empty(_('This can’t be shown just now. Load the page again.'));
  const known = rows.rows.some((/** @type {Row} */ one) => one.wave === 'intake' && one.state !== 'going');
  const all = yes && page.row && !known ? [{ ...page.row.given, month: '', state: 'unsent' }, ...rows.rows] : rows.rows;
  return html`
    <p class="lead">${yes ? _('You said yes. Some of your ticked answers go to research, without your name.') : _('You have not said yes. Nothing of yours goes to research.')}</p>
    ${all.length ? html`<section aria-labelledby="stands-head"><h2 id="stands-head">${_('Where it stands')}</h2>
      ${facts(all.map((/** @type {Row} */ one) => ({ name: waveWords(one.wave, one.instrument), value: standing(one) })))}</section>` : nothing}
    ${lineByLine(yes)}
    <section aria-labelledby="never-head"><h2 id="never-head">${_('What never goes')}</h2>
      <p>${_('Your name and how to reach you. The people and places you named. Dates. Everything in your own words. Files.')}</p>
      <p class="soft">${_('It is sent apart from everything else you do here, some seconds later and without anything that says it is yours. We can’t join it to your account. Whoever runs this site and watches every minute of it might still guess. So might someone who knows you well.')}</p></section>
    ${published()}
    <p class="buttons">${button(_('Change what you agreed to'), () => go('agreed'), { look: 'second' })}</p>`;
}

/** @param {string} wave @param {string} [instrument] */
function waveWords(wave, instrument = '') {
  const months = /^followup-([0-9]+)$/.exec(wave);
  if (instrument === 'comment') return _('Your comments');
  if (months) return _('Your answers after %(n)s months', { n: count(Number(months[1])) });
  return wave === 'outtake' ? _('Your answers after the first meeting') : _('Your answers in the intake');
}

/** @param {Row} row */
function standing({ state: how, month }) {
  if (how === 'sent') return state('yes', _('Sent in %(month)s', { month: monthWords(month) }));
  if (how === 'going') return state('soon', _('Being taken back, within a minute'));
  if (how === 'unknown') return state('', _('Tried three times, and not again. We don’t know whether it arrived. To send it anew, change your answer to no, then to yes.'));
  if (!page.rows.readers.length) return state('soon', _('Waits with you, until there is a research steward'));
  return state('soon', _('On its way, within a minute. If you leave before, it goes at a later visit.'));
}

/** @param {boolean} yes */
function lineByLine(yes) {
  if (!page.row) return page.seen.account ? nothing : empty(_('What you sent in the intake was erased here, so it can’t be shown line by line.'));
  const { sheet, given, words } = page.row;
  if (!words) { wordsLater(sheet, given); return nothing; }
  const sent = page.rows.rows.some((/** @type {Row} */ one) => one.state === 'sent' && one.wave === 'intake');
  return html`<section aria-labelledby="lines-of-row"><h2 id="lines-of-row">${sent ? _('What was sent, line by line') : yes ? _('What goes, line by line') : _('What would go, line by line')}</h2>
    ${readers(stewards(), { wider: true })}
    ${words.length ? words.map((/** @type {any} */ { title, lines }) => html`<details><summary>${title} <span class="soft">${ngettext('%(num)s line', '%(num)s lines', lines.length)}</span></summary>
      ${facts(lines.map((/** @type {any} */ { label, text }) => ({ name: label, value: text })))}</details>`) : empty(_('None of your answers so far is one that research gets.'))}
    <p class="small soft">${_('What you left open is sent as “left open”, so that nobody takes it for a no.')} ${yes ? nothing : _('None of this goes before you say yes.')}</p></section>`;
}

/** @param {any} sheet @param {any} given */
async function wordsLater(sheet, given) {
  const { rowInWords } = await import('../parts/rows.js');
  if (page.row?.given === given) show({ row: { sheet, given, words: rowInWords(sheet, given.answers) } });
}

/** What the releases so far say of people who look like this. */
function published() {
  const found = page.published;
  return html`<section aria-labelledby="published-head"><h2 id="published-head">${_('In what was published')}</h2>
    ${found ? html`${found.length ? facts(found.map(oneRelease)) : empty(_('Nothing was published yet.'))}
      <p class="small soft">${_('Your browser fetched what all releases say of everybody, and found your line here. Nobody was asked about you.')}</p>`
    : html`<p>${_('See how many people look like you in each release.')}</p><p class="buttons">${button(_('See how many'), () => doing(look), { look: 'second', busy: page.busy })}</p>`}</section>`;
}

/** @typedef {{version: number, month: string, how: 'tables' | 'other' | 'nobody' | 'among' | 'like', people: number, lines: {label: string, text: string}[]}} Seen */

/** @param {Seen} release */
function oneRelease({ version, month, how, people, lines }) {
  const words = {
    tables: () => _('Counts alone. Nobody stands in it on their own.'),
    other: () => _('It was made from other questions than yours.'),
    nobody: () => _('Nobody in it looks like you. You came later, or were left out to keep you safe.'),
    among: () => ngettext('One person in it looks like you. It may be you.', '%(people)s people in it look alike. You may be among them.', people, { people: count(people) }),
    like: () => ngettext('One person in it looks like you.', '%(people)s people in it look like you.', people, { people: count(people) }),
  }[how]();
  const name = _('Release %(n)s, %(month)s', { n: count(version), month: monthWords(month) });
  return { name, value: lines.length ? html`${words}<br><span class="small soft">${lines.map(({ label, text }) => `${label}: ${text}`).join('. ')}.</span>` : words };
}

async function look() {
  const [{ releases }, { alike, mayBeIn }] = await Promise.all([ask('research.published'), import('../parts/alike.js')]);
  page.published = releases.map((/** @type {any} */ one) => ({ version: one.version, month: one.month, ...place(one, alike, mayBeIn) }));
}

/** Where somebody with these answers stands in a release. @param {any} release @param {typeof import('../parts/alike.js').alike} alike @param {typeof import('../parts/alike.js').mayBeIn} mayBeIn @returns {Omit<Seen, 'version' | 'month'>} */
function place({ month, instrument, classes, levels }, alike, mayBeIn) {
  const none = { people: 0, lines: [] };
  if (!classes) return { how: 'tables', ...none };
  if (instrument !== page.row?.given.instrument) return { how: 'other', ...none };
  const found = alike(levels, classes, page.row.given.answers);
  if (!found) return { how: 'nobody', ...none };
  return { how: mayBeIn(page.rows.rows, month) ? 'among' : 'like', ...found };
}

/** Hear what went out meanwhile; what is to be taken back and has not gone yet goes when the page is left. */
export function watchRows() {
  on('research', (rows) => show({ rows }));
  addEventListener('pagehide', () => { for (const bytes of page.rows?.leaving ?? []) takeBackNow(bytes); });
}

/** @param {Uint8Array} body frame `withdraw`; sent twice it does no harm */
function takeBackNow(body) {
  fetch('/research/withdraw', {
    method: 'POST', keepalive: true, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer',
    headers: { 'Content-Type': 'application/octet-stream' }, body: /** @type {BodyInit} */ (body),
  }).catch(() => {});
}

/** @param {Record<string, string>} [consents] in force, or about to be */
export async function followRows(consents) {
  if (!page.seen?.owner || page.seen.marked) return;
  const now = consents ?? consentsInForce(page.seen).consents;
  const yes = now.consent_research === 'yes';
  const row = await readRow(yes ? now : { ...now, consent_research: 'yes' });
  page.rows = await ask('research.follow', { yes, quotes: now.consent_quotes === 'yes', given: yes && row ? [row] : [], opened: !consents });
  show();
}

/** The row of the intake, as it was or would be sent; page.row has it with its questions. @param {Record<string, string>} consents @returns {Promise<Given | null>} null: there is none, or it can't be made now */
async function readRow(consents) {
  const { account } = page.seen;
  page.row = null;
  if (!account?.instrument) return null;
  try {
    const [{ intakeRow }, { sheetOf }] = await Promise.all([import('../parts/rows.js'), import('../parts/sheets.js')]);
    const sheet = await sheetOf(account.instrument);
    const given = intakeRow(sheet, account.answers, consents);
    page.row = given && { sheet, given };
    return given;
  } catch {
    return null; // no connection, or an edition that is not here: at a later visit
  }
}
