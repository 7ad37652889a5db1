/**
 * What is asked: versions of each questionnaire and which of them is asked, as they are asked, where each answer goes; and the next
 * version, or any dictionary: chosen, looked at, and stored if it is to be.
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, enter, showOwnRooms } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button, choices } from '../parts/controls.js';
import { notice, state } from '../parts/pieces.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { byId, ready } from '../parts/shell.js';
import { differences, preview, whereAnswersGo } from './instruments_shown.js';
import { NAMES, begin, doing, drawnBy, goTo, load, named, open, page, show } from './instruments_state.js';
import { again, startPage } from './starting.js';

function draw() {
  render(html`${problem()}${page.stored ? isStored(page.stored) : nothing}${page.editions ? room() : nothing}`, byId('app'));
}

function room() {
  const shown = page.tried ?? page.open;
  return html`${waiting()}${versions()}${next()}
    ${shown ? html`<section class="stack" aria-labelledby="open-head"><h2 id="open-head">${named(shown)}${page.tried ? html` <span class="soft">${_('(not stored)')}</span>` : nothing}</h2>
      <p>${page.tried ? _('This is what the file holds. Nothing of it is kept so far.') : _('This is the version that you are looking at.')}</p></section>
      ${page.tried?.differences ? html`${differences(page.tried.differences)}${page.tried.nothing ? nothing : toStore()}` : nothing}
      ${preview()}${whereAnswersGo(shown.places)}` : nothing}`;
}

async function start() {
  drawnBy(draw);
  await enter({ role: 'staff' });
  showOwnRooms();
  await load();
  ready();
}

const versions = () => html`<section class="stack" aria-labelledby="versions-head"><h2 id="versions-head">${_('Versions')}</h2>
  <p>${_('A version that was stored is never changed. Accounts and research rows name the version they were made with.')}</p>
  ${cards({ caption: _('Each questionnaire, its versions, where they come from and which is asked'), columns: [_('Version'), _('From'), _('Asked'), ''],
    rows: inOrder().map((/** @type {any} */ one) => [html`${NAMES[one.name]} ${one.edition}<span class="said"> (${one.id})</span>`, from(one), whether(one), actions(one)]) })}</section>`;

/** By questionnaire, each from its newest version on. */
const inOrder = () => Object.keys(NAMES).flatMap((name) => page.editions.filter((/** @type {any} */ one) => one.name === name));

/** @param {any} one */
const from = ({ day, by }) => (day === null ? _('Built in') : by ? _('%(name)s, %(day)s', { name: by, day: dayWords(day, { year: true }) }) : dayWords(day, { year: true }));

/** @param {any} one */
function whether(one) {
  const newest = page.editions.find((/** @type {any} */ other) => other.name === one.name);
  if (one.asked) return state('yes', _('Asked now'));
  if (one.name !== 'intake') return one === newest ? _('No page asks it yet') : _('Earlier');
  return one === newest ? state('soon', _('From the next start of the server on')) : _('Earlier');
}

/** @param {any} one */
const actions = (one) => html`<p class="buttons">${button(_('Look at it'), () => lookAt(one), { look: 'second', about: named(one), busy: page.busy })}
  ${page.saved?.id === one.id ? html`<a class="button second" href=${page.saved.url} download=${page.saved.name}>${_('Save the file')}</a>` : button(_('As REDCap file'), () => exported(one), { look: 'second', about: named(one), busy: page.busy })}</p>`;

/** @param {any} one */
const lookAt = (one) => doing(async () => {
  await open(one.id);
  show({ tried: null, wrong: null, stored: null });
  goTo('open-head', named(one));
});

/** @param {any} one */
const exported = (one) => doing(async () => {
  const { name, text } = await ask('instruments.dictionary', { id: one.id });
  page.saved = { id: one.id, name, url: URL.createObjectURL(new Blob([text], { type: 'text/csv' })) };
});

/** What asking the newest takes, while another is asked. */
function waiting() {
  const newest = page.editions.find((/** @type {any} */ one) => one.name === 'intake');
  if (newest.asked) return nothing;
  return html`<p>${_('%(newest)s is stored and waits. Whoever runs the server starts it again. Then the pages are other ones, so the holders of the root sheets sign the list of pages anew: make manifest. A peer who is writing keeps what she wrote.', { newest: named(newest) })}</p>`;
}

const ANY = 'any';

const next = () => html`<section class="stack" aria-labelledby="next-head"><h2 id="next-head">${_('The next version')}</h2>
  <p>${_('Save a version as a REDCap file, change it in REDCap or a spreadsheet, and choose it here. Nothing is stored before you have seen what it changes.')}</p>
  ${choices({ name: 'as', legend: _('What is the file?'), inner: true, columns: 'two', chosen: [page.as || ANY], onChange: ([as]) => show({ as: as === ANY ? '' : as, tried: null, wrong: null }),
    options: [...['intake', 'outtake', 'followup'].map((name) => ({ value: name, label: _('The next version of: %(name)s', { name: NAMES[name] }) })),
      { value: ANY, label: _('Any REDCap dictionary'), note: _('Only tried out, never stored') }] })}
  <div class="field"><label for="dictionary">${_('REDCap data dictionary')}</label><p class="hint" id="dictionary-hint">${_('A CSV file. It is read by this site, and kept only if you store it.')}</p>
    <input id="dictionary" type="file" accept=".csv,text/csv" aria-describedby="dictionary-hint" @change=${chosen}></div>
  <p class="buttons">${button(_('Look at the file'), look, { busy: page.busy, look: page.tried ? 'second' : '' })}</p>
  ${page.wrong ? faults(page.wrong) : nothing}</section>`;

/** @param {Event} event */
async function chosen(event) {
  const file = /** @type {HTMLInputElement} */ (event.target).files?.[0];
  show({ file: file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null, tried: null, wrong: null, stored: null });
}

const look = () => doing(async () => {
  if (!page.file) throw Object.assign(new Error('file'), { words: _('Choose a file first.') });
  Object.assign(page, { tried: null, wrong: null, stored: null });
  try {
    page.tried = await ask('instruments.check', { name: page.as, bytes: page.file.bytes });
  } catch (error) {
    const { code, facts } = /** @type {import('../parts/ask.js').AskError} */ (error);
    if (code !== 'dictionary') throw error;
    show({ wrong: facts });
    goTo('faults-head', ngettext('One line has to be changed first.', '%(num)s lines have to be changed first.', facts.count));
    return;
  }
  begin(page.tried);
  show();
  goTo('open-head', named(page.tried));
});

/** @param {{wrong: {line: number, column: string, words: string}[], count: number}} facts */
const faults = ({ wrong, count }) => html`${notice({ kind: 'caution', title: html`<span id="faults-head">${ngettext('One line has to be changed first', '%(num)s lines have to be changed first', count)}</span>`,
    body: _('The line of headings is line 1, and a line end inside a cell counts too. Nothing was stored.') })}
  ${cards({ caption: _('What has to be changed, by line and column'), columns: [_('Line'), _('Column'), _('What is wrong')],
    rows: wrong.map(({ line, column, words }) => [_('Line %(line)s', { line }), column, words]) })}
  ${count > wrong.length ? html`<p>${_('And %(more)s more, once these are changed.', { more: count - wrong.length })}</p>` : nothing}`;

/** Below what it changes. */
const toStore = () => html`<section class="stack" aria-labelledby="store-head"><h2 id="store-head">${_('Store it')}</h2>
  <p>${_('Stored, it can’t be changed or taken back. It is asked from the next start of the server on, and what was sent under earlier versions stays as it is.')}</p>
  <p class="buttons">${button(_('Store as %(id)s', { id: page.tried.id }), store, { busy: page.busy })}</p></section>`;

const store = () => doing(async () => {
  const { name, edition } = page.tried;
  const { id } = await ask('instruments.store', { name, bytes: page.file.bytes, after: `${name}.v${edition - 1}` });
  const stored = page.tried;
  /** @type {HTMLInputElement} */ (byId('dictionary')).value = '';
  Object.assign(page, { tried: null, wrong: null, file: null, busy: false });
  await load(id);
  show({ stored });
  goTo('stored-head', named(stored));
});

/** @param {any} one */
const isStored = (one) => notice({ kind: 'kept', title: html`<span id="stored-head">${_('Stored: %(name)s', { name: named(one) })}</span>` });

/** What went wrong, save the faults of a dictionary. */
const problem = () => (page.error ? notice({ kind: 'caution', said: true, now: true, title: _('This did not go through'), body: page.error.facts ? _(page.error.words, page.error.facts) : page.error.words, actions: page.editions ? undefined : again() }) : nothing);

startPage(start, show);
