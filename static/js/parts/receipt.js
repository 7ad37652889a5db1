/** A receipt: the log's signed word that a sealed account came on that day. The worker has checked it. */
import { html } from '../../vendor/lit-html/lit-html.js';
import { facts } from './facts.js';
import { _, dayWords } from './say.js';

/** @typedef {{time: number, leaf: string, receipts: Record<string, string>, case: string}} Receipt */

/** The day it came on. @param {Receipt} receipt @returns {string} YYYY-MM-DD */
export const receivedOn = ({ time }) => new Date(time * 1000).toISOString().slice(0, 10);

/** @param {Receipt} receipt */
export const receiptFacts = (receipt) => html`${facts([
  { name: _('Received'), value: dayWords(receivedOn(receipt), { year: true }) },
  { name: _('Its number'), value: receipt.leaf, mono: true },
])}<p class="small soft">${_('This device has checked the signature: it is ours, and it is about what you sent.')}</p>`;

/** To a file with a plain name. @param {Receipt} receipt */
export function saveReceipt({ time, receipts, case: id }) {
  const text = JSON.stringify({ what: 'receipts of a sealed account', case: id, time, receipts }, null, 2);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = 'receipt.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
