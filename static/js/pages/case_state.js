/**
 * What the case page knows, and how its views change it. The views read `page` and ask; they keep nothing of their own. And who is who
 * there, in words: names come from the verified directory, the peer is called as they asked to be.
 */
import { ask, evidenceFile, showLocked } from '../parts/ask.js';
import * as drafts from '../parts/letters.js';
import { isStop, showNotice } from '../parts/pieces.js';
import { _, locale } from '../parts/say.js';
import { announce } from '../parts/shell.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/**
 * @type {Record<string, any>} who: role and fp; cases: to choose from; id: hex; seen: the case as case.open gave it; letters: as
 * case.proposals gave them; rows: as research.follow gave them; row: the intake's row with its questions; texts: what is being typed, by field; sure: what was asked once and waits for a second yes; careful: what is
 * said is a warning
 */
export const page = {
  who: null, view: 'home', cases: [], id: '', seen: null, letters: { proposed: [], words: [], unreadable: [] }, openings: null, copy: null, log: null, receipt: null,
  rows: null, row: null, published: null,
  texts: {}, complaint: false, sure: '', busy: false, error: null, evidence: null, said: '', careful: false, others: false, left: null, kept: '',
};

/** @type {() => void} */
let render = () => {};

/** How the page is drawn. @param {() => void} draw */
export function drawnBy(draw) {
  render = draw;
}

/** @param {Record<string, any>} [changes] */
export function show(changes = {}) {
  Object.assign(page, changes);
  render();
}

/** Do one thing; a second press waits. What went wrong is shown, what was typed stays. @param {() => Promise<any>} work @param {string} [said] announced when it is done */
export async function doing(work, said = '') {
  if (page.busy) return;
  show({ busy: true, error: null, said: '', careful: false, others: false });
  try {
    await work();
    if (said) announce(said);
    show({ busy: false, said: page.said || said, ...await marks() });
  } catch (problem) {
    const error = /** @type {AskError} */ (problem);
    if (error.kind === 'Locked') { showLocked(); return; }
    show({ busy: false, error, evidence: isStop(error) ? await evidenceFile() : page.evidence });
    showNotice();
  }
}

/** A case whose log does not fit comes with a mark, or the mark was heard before the case was here. */
async function marks() {
  const heard = page.log?.state === 'marked' && page.log.case === page.seen?.id;
  if (!page.seen?.marked && !heard) return {};
  document.body.dataset.log = 'marked';
  if (page.evidence) return {};
  return { evidence: await evidenceFile() };
}

/** The case again, with everything that stands beside it. */
export async function reload() {
  page.seen = await ask('case.open', { case: page.id });
  if (page.seen.owner) page.letters = await ask('case.proposals', { case: page.id, opened: true });
}

/** The messages are before their reader: what there is counts as seen, here and on their other devices. */
export function look() {
  const { seen } = page;
  if (!seen?.unread) return;
  seen.unread = 0;
  ask('case.looked', { case: page.id, seq: seen.entries.at(-1).seq }).catch(() => {}); // they are new once more at the next visit
}

/** Somebody types: sealed at once, kept on the server soon after. @param {string} field @param {string} text */
export function typed(field, text) {
  page.texts = { ...page.texts, [field]: text };
  show({ kept: '' });
  drafts.typed('case', page.id, page.texts);
}

drafts.onKept(
  () => show({ kept: 'yes', error: drafts.isFull(page.error) ? null : page.error }),
  (error) => { if (!page.error && !page.seen?.marked) show({ error }); }, // what is worse stays said
);

/** A field was sent: its draft goes. @param {string} field */
export async function sent(field) {
  const { [field]: _gone, ...rest } = page.texts;
  page.texts = rest;
  drafts.typed('case', page.id, rest);
  await drafts.settle();
}

/** @typedef {{fp: string, name: string, owner: boolean, me: boolean}} Who */

/** @param {Who} who */
export function nameOf(who) {
  if (who.me) return _('You');
  if (who.owner) return ownerName();
  return who.name || _('Someone who is no longer in the list');
}

/** What the peer asked to be called. */
export function ownerName() {
  return askedName() || _('the person who wrote');
}

/** The same, or '' when they gave no name. */
export function askedName() {
  const name = page.seen?.account?.answers?.name_use;
  return typeof name === 'string' ? name.trim() : '';
}

/** @param {string[]} names */
export const together = (names) => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names);

/** Everyone but the reader. @returns {(Who & {lead: boolean, safety: string[], gone: boolean, since: string})[]} */
export const others = () => page.seen.members.filter((/** @type {Who} */ one) => !one.me);

/** The reader line of this case. */
export function readersWords() {
  const names = others().map(nameOf);
  return names.length ? _('You, %(names)s. Nobody else, not the coordinators.', { names: together(names) }) : _('Only you. Nobody else can open this, not the coordinators.');
}
