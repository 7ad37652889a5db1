/** What pages say: who can read a thing, what someone has to know, names and values. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { icon } from './controls.js';

/** @typedef {import('./controls.js').IconName} IconName @typedef {import('./controls.js').Words} Words */

/** The reader line, before any words are typed or shown. @param {Words} who @param {{wider?: boolean}} [with_] wider: someone besides the people approved by name can see it */
export const readers = (who, {wider = false} = {}) =>
  html`<p class=${wider ? 'readers wider' : 'readers'}>${icon(wider ? 'eye' : 'lock')}<span>${who}</span></p>`;

/** @type {Record<'info' | 'kept' | 'caution' | 'care' | 'stop', ['' | 'kept' | 'caution' | 'stop', IconName]>} */
const KINDS = {info: ['', 'about'], kept: ['kept', 'done'], caution: ['caution', 'date'], care: ['caution', 'care'], stop: ['stop', 'stop']};

/**
 * Something to know. Use one `stop` a page at most; it is read out at once, the others when there is time.
 * @param {{kind?: keyof typeof KINDS, title: Words, body?: Words, actions?: Words, said?: boolean, now?: boolean}} notice said: announce it
 *   as it appears; now: it is the answer to what was just pressed, one a page at most
 */
export function notice({kind = 'info', title, body = nothing, actions, said = false, now = false}) {
  const [style, drawing] = KINDS[kind];
  const role = kind === 'stop' ? 'alert' : said ? 'status' : nothing;
  return html`<div id=${now ? 'now' : nothing} class=${`notice ${style}`.trim()} role=${role}>${icon(drawing)}<h2>${title}</h2>
    ${typeof body === 'string' ? html`<p>${body}</p>` : body}${actions ? html`<p class="buttons">${actions}</p>` : nothing}</div>`;
}

const STOPS = ['Malformed', 'WrongPlace', 'CannotOpen', 'BadSignature', 'NotAllowed', 'Inconsistent'];

/** Whether this error means that something was tampered with or broken. @param {{kind: string}} error */
export const isStop = ({ kind }) => STOPS.includes(kind);

/** Bring what was just said before the eyes of whoever pressed something far from it. Does nothing while it is in sight. */
export const showNotice = () => document.getElementById('now')?.scrollIntoView({block: 'nearest'});

/** Names from lines of their own, kept apart. @param {string} names */
export const inOneLine = (names) => names.split('\n').map((one) => one.trim()).filter(Boolean).join('; ');

/** What will be here, and when. @param {Words} words */
export const empty = (words) => html`<p class="empty">${words}</p>`;

/** A word and its sign, in a list or a table. @param {'yes' | 'soon' | 'no' | ''} kind @param {Words} words */
export const state = (kind, words) =>
  html`<span class=${`state ${kind}`.trim()}>${kind === '' ? nothing : icon(/** @type {const} */ ({yes: 'done', soon: 'date', no: 'stop'})[kind])} ${words}</span>`;

/** The number that tells this site from one that looks like it. @param {string} site hex in groups */
export const checkNumber = (site) => html`<p class="mono" translate="no">${site}</p>`;

/** That something was kept, beside what is being written. @param {Words} words */
export const kept = (words) => html`<span role="status">${icon('lock')} ${words}</span>`;

/** Words as paragraphs. @param {string} words */
export const paragraphs = (words) => words.split(/\n{2,}/).map((text) => html`<p>${
  text.split('\n').map((line, i) => html`${i ? html`<br>` : nothing}${line}`)}</p>`);

/** @typedef {{label: string, onClick: (event: Event) => void}} Change */

/**
 * @param {{name: string, value: Words, mono?: boolean, change?: Change}[]} rows name is also what the button is said to change
 */
export const facts = (rows) => html`<dl class="facts">${rows.map(({name, value, mono, change}) => html`
  <div><dt>${name}</dt><dd class=${mono ? 'mono' : nothing}>${value}</dd>${change
    ? html`<dd class="act"><button type="button" @click=${change.onClick}>${change.label}<span class="said"> ${name}</span></button></dd>` : nothing}</div>`)}</dl>`;
