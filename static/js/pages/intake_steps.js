/** Which step shows. None of them is in the browser's history: Back leads to the page before this site. */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { notice } from '../parts/pieces.js';
import { _ } from '../parts/say.js';
import { announce, byId, showStep } from '../parts/shell.js';
import { account } from './intake_account.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** Steps that a draft comes back to. */
const KEPT = new Set(['consents', 'parts', 'question', 'review']);

/** @type {Map<string, () => any>} */
const entrances = new Map();
let now = 'before';

/** Say what a step needs before it shows. @param {string} name @param {() => any} enter */
export function step(name, enter) {
  entrances.set(name, enter);
}

/** The step that shows. */
export function here() {
  return now;
}

/** Show a step. @param {string} name */
export async function go(name) {
  clearTrouble();
  await entrances.get(name)?.();
  now = name;
  if (KEPT.has(name)) account.step = name;
  byId('side').hidden = name !== 'question';
  showStep(name);
}

/** Say on the page what went wrong, what is safe first. @param {AskError} error @param {HTMLElement} [where] */
export function sayTrouble(error, where = byId('trouble')) {
  const words = error.words ?? _('This page did not work. That is our fault. Nothing was sent, and what was kept is sealed and kept. Load the page again.');
  render(notice({ kind: 'care', title: _('This did not work'), body: html`<p>${words}</p>` }), where);
  announce(words);
  where.scrollIntoView({ block: 'center' });
}

/** @param {HTMLElement} [where] */
export function clearTrouble(where = byId('trouble')) {
  render(nothing, where);
}
