/**
 * Letters, read and written. What was written, by whom, on which day comes from verified headers, nothing from a column. What is being
 * written is sealed at once, stored soon after the last key; a page that locks or is left hands over what is sealed and not stored yet.
 *   const { [id]: texts } = await load('card', [id]);
 *   typed('card', id, { summary });                        // nothing in it: the draft goes
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask, isWriting } from './ask.js';
import { icon } from './controls.js';
import { paragraphs } from './pieces.js';
import { _, dayWords } from './say.js';

/** @typedef {import('./controls.js').Words} Words */

/** @typedef {{name: string, note?: string, onOpen: () => void}} SealedFile */

/**
 * @typedef {object} Letter
 * @property {string} author the name as the reader knows it; "You" is added for their own
 * @property {boolean} [mine]
 * @property {string} day YYYY-MM-DD, from the header
 * @property {Words} [minute] the author's own clock, shown under the details
 * @property {string} words line breaks stay, an empty line starts a paragraph
 * @property {SealedFile[]} [files]
 * @property {string} [refused] why it is not shown; then words stay unshown
 * @property {Words} [actions] buttons, e.g. erase
 */

/** @param {Letter} letter */
export function letter({author, mine, day, minute, words, files = [], refused, actions}) {
  return html`<li class=${refused ? 'letter refused' : mine ? 'letter mine' : 'letter'}>
    <header><strong>${mine ? _('You') : author}</strong><time datetime=${day}>${dayWords(day)}</time></header>
    ${refused ? html`<p class="state no">${icon('stop')} ${refused}</p>` : html`<blockquote translate="no">${paragraphs(words)}</blockquote>`}
    ${refused ? nothing : files.map((file) => html`<p class="small">${icon('file')} <button class="textlink" type="button" @click=${file.onOpen}>${file.name}${file.note ? `, ${file.note}` : ''}</button></p>`)}
    ${minute ? html`<details class="later"><summary>${_('When exactly')}</summary><p>${minute}</p></details>` : nothing}
    ${actions ? html`<p class="buttons">${actions}</p>` : nothing}</li>`;
}

/** @param {Letter[]} letters in the order of the chain */
export const thread = (letters) => html`<ol class="list">${letters.map(letter)}</ol>`;

const KEEP_MS = 1200;

/** @typedef {{page: string, id: string, texts: Record<string, string>, sealed: {bytes: Uint8Array, text: string} | null}} Draft */

/** Changed and not stored yet, oldest first. @type {Map<string, Draft>} */
const open = new Map();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {() => void} */
let said = () => {};
/** @type {(error: import('./ask.js').AskError) => void} */
let saidNot = () => {};

isWriting({ settle, unstored: () => sealed().map(({ text }) => text) });

/** What the page says when all is kept, and when there is no room for it. @param {() => void} say @param {typeof saidNot} [sayNot] */
export function onKept(say, sayNot = () => {}) {
  said = say;
  saidNot = sayNot;
}

/** Whether this was said of a draft that there is no room for. @param {import('./ask.js').AskError | null} error */
export const isFull = (error) => error?.code === 'too-many-drafts';

/** What was kept of these before. @param {string} page @param {string[]} ids hex, or '' @returns {Promise<Record<string, Record<string, string>>>} by id */
export async function load(page, ids) {
  return (await ask('draft.load', { page, ids })).texts;
}

/** Somebody types. @param {string} page @param {string} id @param {Record<string, string>} texts by field, all of them */
export function typed(page, id, texts) {
  const name = `${page} ${id}`;
  /** @type {Draft} */
  const draft = { page, id, texts, sealed: open.get(name)?.sealed ?? null };
  open.delete(name);
  open.set(name, draft);
  ask('draft.seal', { page, id, texts }).then((sealed) => { draft.sealed = sealed; }, () => {});
  clearTimeout(timer);
  timer = setTimeout(settle, KEEP_MS);
}

/** Store everything now. What can't be stored stays in the page, and is tried at the next key. */
export async function settle() {
  clearTimeout(timer);
  if (!open.size) return;
  await Promise.all([...open].map(async ([name, draft]) => {
    const { page, id, texts } = draft;
    try {
      await ask('draft.keep', { page, id, texts });
      if (open.get(name) === draft) open.delete(name);
    } catch (error) { // a connection that is gone shows at the next press of a button
      if (isFull(/** @type {any} */ (error))) saidNot(/** @type {any} */ (error));
    }
  }));
  if (!open.size) said();
}

function sealed() {
  return [...open.values()].flatMap(({ sealed: one }) => (one ? [one] : []));
}

/** What the way out takes along. @returns {Uint8Array | null} */
export const beforeLeave = () => sealed().at(-1)?.bytes ?? null;
