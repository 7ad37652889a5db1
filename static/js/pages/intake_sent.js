/** The receipt, checked by the worker, and what comes next. */
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { readers } from '../parts/pieces.js';
import { receiptFacts, receivedOn, saveReceipt } from '../parts/receipt.js';
import { _, dayWords, locale, ngettext } from '../parts/say.js';
import { byId } from '../parts/shell.js';
import { drop } from './intake_account.js';
import { clearQuestion } from './intake_question.js';
import { go } from './intake_steps.js';

/** @typedef {import('../parts/receipt.js').Receipt & {names: string[], stewards: boolean}} Sent */

/** Who can open a card, by name. @param {string[]} names */
export function deskOf(names) {
  const all = new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names);
  return ngettext('%(names)s, the coordinator', '%(names)s, the coordinators', names.length, { names: all });
}

/** @param {Sent} sent @param {{deadline?: string, row?: unknown}} account deadline: YYYY-MM-DD; row: what goes to research */
export async function showSent(sent, { deadline, row }) {
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
