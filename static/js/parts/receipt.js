/** A receipt: the log's signed word that a sealed account came on that day, and the line where it stands. The worker has checked both. */
import { html } from '../../vendor/lit-html/lit-html.js';
import { facts } from './pieces.js';
import { _, count, dayWords } from './say.js';

/**
 * @typedef {{time: number, leaf: string, receipts: Record<string, string>, case: string, line?: number, of?: number, place?: string}} Receipt
 *   line: once it is in the log; place: 'later' not looked up, 'missing' promised and not there
 */

/** The day it came on. @param {Receipt} receipt @returns {string} YYYY-MM-DD */
export const receivedOn = ({ time }) => new Date(time * 1000).toISOString().slice(0, 10);

/** @param {Receipt} receipt */
export const receiptFacts = (receipt) => html`${facts([
  { name: _('Received'), value: dayWords(receivedOn(receipt), { year: true }) },
  { name: _('Its number'), value: receipt.leaf, mono: true },
  { name: _('Line in the log'), value: placeOf(receipt) },
])}<p class="small soft">${checked(receipt)}</p>`;

/** @param {Receipt} receipt */
function placeOf({ line, of, place }) {
  if (line && of) return _('%(line)s of %(of)s', { line: count(line), of: count(of) });
  if (place === 'missing') return _('It is not there.');
  return place === 'later' ? _('Not looked up yet. Your own page does it again.') : _('It is being written, in the next seconds.');
}

/** @param {Receipt} receipt */
function checked({ line, place }) {
  if (line) return _('This device has checked it: it stands in our log, and we can’t take it out or change it unseen.');
  if (place === 'missing') return _('Your account is sealed and kept. But we signed that it would be in our log, and it is not. Save the receipt, and tell a coordinator by phone.');
  return _('This device has checked the signature: it is ours, and it is about what you sent.');
}

/** To a file with a plain name. @param {Receipt} receipt */
export function saveReceipt({ time, receipts, case: id }) {
  const text = JSON.stringify({ what: 'receipts of a sealed account', case: id, time, receipts }, null, 2);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = 'receipt.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
