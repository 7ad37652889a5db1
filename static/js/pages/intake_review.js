/**
 * The card, shown in full and trimmed line by line; then sending, once, however often the connection drops; then the receipt, checked by
 * the worker, and what comes next.
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, checkDate, on } from '../parts/ask.js';
import { button } from '../parts/controls.js';
import { checkNumber, empty, notice, readers } from '../parts/pieces.js';
import { receiptFacts, receivedOn, saveReceipt } from '../parts/receipt.js';
import { _, dayWords, locale, ngettext } from '../parts/say.js';
import { announce, byId, setBusy } from '../parts/shell.js';
import { account, drop, settle, sheet, touched } from './intake_account.js';
import { allLines, hasAgreed, isOn, keepsOut, unseen, whole } from './intake_card.js';
import { clearQuestion, open } from './intake_question.js';
import { go, step } from './intake_steps.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */
/** @typedef {import('../parts/receipt.js').Receipt & {names: string[], stewards: boolean}} Sent */

/** Bytes may be on their way: until the server has answered, nothing can be changed. */
let sending = false;
/** Whose names stand beside the card; null while nobody is named. @type {string[] | null} */
let named = null;

const PROGRESS = {
  sealing: () => _('Sealing on this device.'), keeping: () => _('Keeping a sealed copy, in case the connection drops.'),
  sending: () => _('Sending.'), checking: () => _('Checking the receipt.'),
};

/** @param {{back: () => any}} where */
export function watchReview({ back }) {
  step('review', show);
  byId('send').addEventListener('click', send);
  document.querySelector('section[data-step=review] [data-back]')?.addEventListener('click', () => { if (!sending) back(); });
  on('progress', (/** @type {keyof typeof PROGRESS} */ at) => {
    const words = PROGRESS[at]?.();
    if (!words) return;
    render(notice({ title: words }), byId('send-trouble'));
    announce(words);
  });
}

/** A submission was on its way when the page closed. */
export function wasSending() {
  sending = true;
}

/** Whether changes have to wait for an answer. */
export function isSending() {
  return sending;
}

function show() {
  showCard();
  const { words, answers } = unseen();
  render(html`<ul class="plainlist">
    ${words ? html`<li>${ngettext('Your account, one word', 'Your account, %(num)s words', words)}</li>` : nothing}
    <li>${answers ? ngettext('One other answer', '%(num)s other answers', answers) : _('Your other answers, of which there are none yet')}</li>
    <li>${_('Everything you skipped, and your choices about research')}</li></ul>`, byId('rest'));
  render(sending ? halfWay() : nothing, byId('send-trouble'));
  touched();
  askDesk();
  import('../parts/rows.js').catch(() => {}); // to be at hand when it is sent
}

function showCard() {
  const lines = allLines();
  const off = lines.filter((line) => !isOn(line));
  render(html`${lines.some(isOn) ? html`<dl class="facts">${lines.filter(isOn).map((line) => html`
    <div><dt>${line.label}</dt><dd translate="no">${line.text}</dd>${sending ? nothing : html`<dd class="act"><button type="button" @click=${() => open(line.field)}>${_('Change')}<span class="said"> ${line.label}</span></button>
      <button type="button" @click=${() => trim(line.field, true)}>${_('Take off')}<span class="said"> ${line.label}</span></button></dd>`}</div>`)}</dl>`
    : empty(_('The card is empty. We can still keep your account, but it is hard to find people for you without knowing anything.'))}
    ${off.length ? html`<div class="stack"><h3>${_('Taken off')}</h3><dl class="facts">${off.map((line) => html`<div><dt>${line.label}</dt><dd>${keepsOut(line) ? _('Then we can’t leave them out.') : _('Not on the card. It stays in your account.')}</dd>${sending ? nothing
      : html`<dd class="act"><button type="button" @click=${() => trim(line.field, false)}>${_('Put back')}<span class="said"> ${line.label}</span></button></dd>`}</div>`)}</dl></div>` : nothing}`, byId('card'));
}

/** @param {string} field @param {boolean} off */
function trim(field, off) {
  account.removed = off ? [...account.removed, field] : account.removed.filter((other) => other !== field);
  touched();
  showCard();
  announce(off ? _('Taken off the card.') : _('Back on the card.'));
  byId('card').querySelector('button')?.focus();
}

/** Say by name who gets the card, or that nobody can take it just now. */
async function askDesk() {
  try {
    const { site, names, fps, open: takes } = await ask('intake.desk');
    named = fps;
    if (names.length) render(readers(deskOf(names), { wider: true }), place('card-readers'));
    render(thisSite(site), byId('review-site'));
    if (!takes && !sending) render(notice({ kind: 'care', title: _('We can’t take cards today'), body: _('The list of coordinators has run out, and nobody has renewed it. Your account is kept, sealed. Please come back in some days and send it then.') }), byId('send-trouble'));
  } catch { /* offline: sending says so */ }
}

/** A first visit has only this to tell the site from another one. @param {string} site */
const thisSite = (site) => html`<details><summary>${_('Is this the right site?')}</summary><div class="stack"><p>${_('This is its check number:')}</p>${checkNumber(site)}
  <p>${_('It must be the one on your sheet of seven words. If you have it from elsewhere too, from a poster or a person you trust, compare it with that. If it is another one, stop: someone may have put up a site that looks like this one.')}</p></div></details>`;

/** The shell's own words inside go once. @param {string} id */
function place(id) {
  const element = byId(id);
  if (!element.dataset.taken) { element.replaceChildren(); element.dataset.taken = ''; }
  element.dataset.taken = '1';
  return element;
}

async function send() {
  const press = byId('send');
  if (press.getAttribute('aria-busy')) return;
  if (!hasAgreed() && !sending) { await go('consents'); return; }
  setBusy(press, true);
  try {
    const ready = { ...whole(), row: null };
    ready.row = await rowOf(ready);
    await settleIfPossible();
    const sent = await ask('intake.send', { account: ready, named });
    sending = false;
    await showSent(sent, ready);
  } catch (error) {
    await explain(/** @type {AskError} */ (error));
  } finally {
    setBusy(press, false);
  }
}

/** What goes to research with a yes. Its script is fetched whatever was chosen; without a connection it goes at a later visit. @param {ReturnType<typeof whole>} account @returns {Promise<any>} */
async function rowOf({ answers, consents }) {
  try {
    return (await import('../parts/rows.js')).intakeRow(sheet, answers, consents);
  } catch {
    return null;
  }
}

/** The worker keeps the exact bytes by itself; a draft that can't be stored now must not stand in the way. */
async function settleIfPossible() {
  try { await settle(); } catch { /* said by the sending itself */ }
}

/** @param {AskError} error */
async function explain(error) {
  if (error.code === 'already-sent') { location.replace('/case'); return; }
  if (error.code === 'date') { render(nothing, byId('send-trouble')); await checkDate(); return; }
  if (error.kind === 'Locked') return;
  if (['desk-grew', 'desk-unread'].includes(error.code)) askDesk();
  const taken = error.facts?.sent === 'taken';
  sending = taken || error.facts?.sent === 'maybe' || (error.facts?.status ?? 0) >= 500;
  showCard();
  const said = taken ? badReceipt(error) : sending ? halfWay() : error.kind === 'Offline' ? notSent() : notice({ kind: 'care', title: _('It was not sent'), body: error.words });
  render(said, byId('send-trouble'));
  announce(byId('send-trouble').textContent?.trim() ?? '');
  byId('send-trouble').scrollIntoView({ block: 'center' });
}

const notSent = () => notice({ kind: 'care', title: _('Kept, and not sent yet'),
  body: html`<p>${_('There is no connection. Everything is still on this page, and what was kept before is sealed and kept. Nothing has reached us or anyone else.')}</p>`,
  actions: button(_('Try again'), send, { look: 'second' }) });

/** @param {AskError} error */
const badReceipt = ({ words }) => notice({ kind: 'care', title: _('It was taken, and its receipt does not fit'),
  body: html`<p>${_(words)}</p><p>${_('Ask for the receipt again. The same sealed copy goes, so it arrives once. Changes have to wait until then.')}</p>`,
  actions: button(_('Ask again'), send, { look: 'second' }) });

const halfWay = () => notice({ kind: 'care', title: _('Kept, and we don’t know yet whether it arrived'),
  body: html`<p>${_('Your account and your card are sealed, and a copy is kept. The connection dropped before the receipt came. If it arrived, the coordinators have your card, and nobody has your account.')}</p>
    <p>${_('Send it again. The same sealed copy goes, so it arrives once. Changes have to wait until then.')}</p>`,
  actions: button(_('Send it again'), send, { look: 'second' }) });

/** Who can open a card, by name. @param {string[]} names */
function deskOf(names) {
  const all = new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names);
  return ngettext('%(names)s, the coordinator', '%(names)s, the coordinators', names.length, { names: all });
}

/** @param {Sent} sent @param {{deadline?: string, row?: unknown}} account deadline: YYYY-MM-DD; row: what goes to research */
async function showSent(sent, { deadline, row }) {
  drop(); // from here on the account is read on its own page
  clearQuestion();
  byId('sent-day').textContent = dayWords(receivedOn(sent), { year: true });
  if (sent.names.length) {
    byId('sent-readers').replaceChildren();
    render(readers(deskOf(sent.names), { wider: true }), byId('sent-readers'));
  }
  byId('sent-deadline').hidden = !deadline;
  if (deadline) byId('sent-deadline').textContent = _('Your own first date: %(day)s.', { day: dayWords(deadline, { year: true }) });
  if (row) sayGiven(sent.stewards);
  render(receiptFacts(sent), byId('receipt'));
  byId('receipt-save').onclick = () => saveReceipt(sent);
  await go('sent');
  await showPlace(sent);
}

/** After a yes to research; the page that everybody loads has no words for it. @param {boolean} now whether there is a steward to send it to */
function sayGiven(now) {
  const place = document.createElement('section');
  render(html`<h2>${_('You said yes to research')}</h2>
    <p>${!now ? _('Nothing goes yet. Your ticked answers go at a later visit, once there is a research steward. Your page shows them line by line, and lets you change your mind.') : _('Your ticked answers go to the research stewards on their own, within a minute, and nothing on them says that they are yours. If you leave before, they go at a later visit. Your page shows them line by line, and lets you take them back.')}</p>`, place);
  byId('receipt').closest('section')?.before(place);
}

/** Within two seconds it stands in the log, for good; the file then holds the proof. @param {Sent} sent */
async function showPlace(sent) {
  try {
    Object.assign(sent, await ask('intake.included', { receipts: sent.receipts }));
  } catch (problem) {
    sent.place = /** @type {import('../parts/ask.js').AskError} */ (problem).kind === 'Inconsistent' ? 'missing' : 'later';
  }
  render(receiptFacts(sent), byId('receipt'));
}
