/** The account: what the peer sent, in the words of the questions, with what was added since. For the peer and for the team. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { button, empty, kept, notice, paragraphs, readers, sealedField } from '../parts/pieces.js';
import { receiptFacts, saveReceipt } from '../parts/receipt.js';
import { _, dayWords } from '../parts/say.js';
import { eraseButton, eraseQuestion } from './case_erase.js';
import { readersWords } from './case_names.js';
import { doing, page, sent, typed } from './case_state.js';

const A_DAY = /^\d{4}-\d\d-\d\d$/;

export function account() {
  const { seen } = page;
  const added = seen.entries.filter((/** @type {any} */ one) => one.kind === 'note' && one.by.owner && one.said?.about === 'account');
  return html`
    ${seen.owner ? nothing : notice({ title: _('They can see the day you opened this'), body: _('Nothing is saved on your device. Please don’t copy it anywhere else.') })}
    ${seen.account ? told(seen) : none(seen)}
    ${added.map(addition)}
    ${seen.owner ? html`${receipt()}${own()}` : nothing}`;
}

/** The account is the first record. @param {any} seen */
function none({ entries }) {
  const first = entries.find((/** @type {any} */ one) => one.type === 'record');
  return first?.kind === 'withheld' ? empty(_('There is no account here. The site says that it was erased, and nobody signed that.')) : empty(_('There is no account here: it was erased, or it does not open.'));
}

/** @param {any} seen */
function told({ account: one, entries }) {
  const entry = entries.find((/** @type {any} */ other) => other.seq === one.seq);
  const lines = linesOf(one);
  return html`<section class="sheet sealed" aria-labelledby="told-head"><h2 id="told-head">${_('Sent on %(day)s', { day: dayWords(one.date, { year: true }) })}</h2>
    ${lines.length ? lines.map(({ label, text }) => html`<h3>${label}</h3><div class="stack" translate="no">${paragraphs(A_DAY.test(text) ? dayWords(text) : text)}</div>`) : html`<p class="soft">${_('Nothing was written in it.')}</p>`}
    ${entry?.erasable ? html`<p class="noprint">${eraseButton(entry)}</p>${eraseQuestion(entry)}` : nothing}</section>`;
}

/** Answers in the words of their questions; an account without them shows what it has. @param {any} one @returns {{label: string, text: string}[]} */
function linesOf({ told: lines, text }) {
  const shown = lines.filter((/** @type {any} */ line) => line.text);
  return shown.length || !text ? shown : [{ label: _('In their own words'), text }];
}

/** @param {any} one */
const addition = (one) => html`<section class="sheet sealed" aria-labelledby=${`add-${one.seq}`}><h2 id=${`add-${one.seq}`}>${_('Added on %(day)s', { day: dayWords(one.date, { year: true }) })}</h2>
  <div class="stack" translate="no">${paragraphs(one.said.text)}</div>${one.erasable ? html`<p class="noprint">${eraseButton(one)}</p>${eraseQuestion(one)}` : nothing}</section>`;

/** The same as after sending, for whoever closed the page too soon. */
function receipt() {
  const { receipt: shown } = page;
  return html`<section class="sheet noprint" aria-labelledby="receipt-head"><h2 id="receipt-head">${_('Your receipt')}</h2>
    <p>${_('It proves that a sealed account reached us on this day, and that we can’t hide or change it unseen. It says nothing about what is inside.')}</p>
    ${shown ? html`${receiptFacts(shown)}<p class="buttons">${button(_('Save the receipt'), () => saveReceipt(shown), { look: 'second' })}</p>`
    : html`<p class="buttons">${button(_('Check and show it'), () => doing(async () => { page.receipt = await ask('case.receipts', { case: page.id }); }), { look: 'second', busy: page.busy })}</p>`}</section>`;
}

function own() {
  const text = page.texts.add ?? '';
  return html`<section class="noprint" aria-labelledby="add-head"><h2 id="add-head">${_('Add to it, or put something right')}</h2>
    ${page.seen.canWrite ? html`${sealedField({ id: 'add', size: 'writing', label: _('What you want to add'), hint: _('Leave out patients’ names and details.'), value: text, readers: readers(readersWords()), below: page.kept && text ? kept(_('Sealed and kept')) : nothing, onInput: (value) => typed('add', value) })}
      <p class="buttons">${button(_('Seal and add'), () => text.trim() && doing(async () => {
        page.seen = (await ask('case.write', { case: page.id, kind: 'note', said: { about: 'account', text: text.trim() } })).view;
        await sent('add');
      }, _('Added. What you sent before is unchanged.')), { busy: page.busy })}</p>` : nothing}
    <p class="buttons">${button(_('Print it'), () => print(), { look: 'second' })}</p>
    <p class="small soft">${_('A printed page can be found. It does not name this site.')}</p></section>`;
}
