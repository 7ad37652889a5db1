/** The receipt, checked by the worker, and what comes next. */
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { byId } from '../parts/dom.js';
import { facts } from '../parts/facts.js';
import { readers } from '../parts/notices.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { drop } from './intake_account.js';
import { clearQuestion } from './intake_question.js';
import { go } from './intake_steps.js';

/** @typedef {{time: number, receipts: Record<string, string>, case: string, leaf: string, names: string[]}} Sent */

/** Who can open a card, by name. @param {string[]} names */
export function deskOf(names) {
  const all = new Intl.ListFormat(document.documentElement.lang, { type: 'conjunction' }).format(names);
  return ngettext('%(names)s, the coordinator', '%(names)s, the coordinators', names.length, { names: all });
}

/** @param {Sent} sent @param {string} [deadline] YYYY-MM-DD */
export async function showSent(sent, deadline) {
  drop(); // from here on the account is read on its own page
  clearQuestion();
  const day = new Date(sent.time * 1000).toISOString().slice(0, 10);
  byId('sent-day').textContent = dayWords(day, { year: true });
  if (sent.names.length) {
    byId('sent-readers').replaceChildren();
    render(readers(deskOf(sent.names), { wider: true }), byId('sent-readers'));
  }
  byId('sent-deadline').hidden = !deadline;
  if (deadline) byId('sent-deadline').textContent = _('Your own first date: %(day)s.', { day: dayWords(deadline, { year: true }) });
  render(html`${facts([
    { name: _('Received'), value: dayWords(day, { year: true }) },
    { name: _('Its number'), value: sent.leaf, mono: true },
  ])}<p class="small soft">${_('This device has checked the signature: it is ours, and it is about what you sent.')}</p>`, byId('receipt'));
  byId('receipt-save').onclick = () => saveFile(sent);
  await go('sent');
}

/** To a file with a plain name. @param {Sent} sent */
function saveFile({ time, receipts, case: id }) {
  const text = JSON.stringify({ what: 'receipts of a sealed account', case: id, time, receipts }, null, 2);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = 'receipt.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
