/** Who opened the case. What members signed themselves stands apart from what is only the site's word. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { trail } from '../parts/lists.js';
import { empty, notice } from '../parts/pieces.js';
import { _, ngettext } from '../parts/say.js';
import { linesWords, proven } from './case_log.js';
import { nameOf } from './case_names.js';
import { page } from './case_state.js';

/** What an event of the log says, in words. @type {Record<string, () => string>} */
const DID = {
  visit: () => _('opened it'), letter: () => _('sent a letter about it'), export: () => _('took a copy'), erased: () => _('erased words'),
  file: () => _('opened a file'), close: () => _('closed it'), hold: () => _('put a legal hold on it'),
};

export function openings() {
  const { openings: list, seen } = page;
  if (!list) return nothing;
  const own = list.openings.filter((/** @type {any} */ one) => one.word === 'own');
  const server = list.openings.filter((/** @type {any} */ one) => one.word === 'server');
  return html`
    ${seen.marked ? nothing : list.unchecked ? unchecked(list.unchecked) : proven(list.openings)}
    <section aria-labelledby="own-head"><h2 id="own-head">${_('What they signed themselves')}</h2>
      <p>${_('The reader’s own browser wrote this when it first opened your account. Nobody else can write it for them.')}</p>
      ${own.length ? trail(counted(own.map((/** @type {any} */ one) => ({ day: one.date, who: nameOf(one.by), did: _('read your account'), line: one.line })))) : empty(_('Nobody has read your account yet.'))}</section>
    <section aria-labelledby="server-head"><h2 id="server-head">${_('What the site noted')}</h2>
      <p>${_('Each day that someone opened it, and each letter about it. This is the site’s word. It can keep quiet about an opening, or make one up. What it has once put on the log it can’t take back or change.')}</p>
      ${trail(counted(server.map(line)))}</section>`;
}

/** @param {number} epochs whose key did not come */
const unchecked = (epochs) => notice({
  kind: 'caution', title: _('Part of this could not be checked'),
  body: html`<p>${ngettext('The site did not hand out one of your keys that fits. What was noted while it was in use is not shown.', 'The site did not hand out %(num)s of your keys that fit. What was noted while they were in use is not shown.', epochs)}</p>
    <p>${_('Each line below was checked against the site’s signed log. Load the page again. If this stays, tell a coordinator.')}</p>`,
});

/** @param {any} one */
function line(one) {
  const did = one.what === 'visit' && one.of === null ? _('opened your card') : (Object.hasOwn(DID, one.what) ? DID[one.what]() : _('did something that this page does not know'));
  return { day: one.date, line: one.line, who: whoDid(one), did };
}

const BY_PEOPLE = ['visit', 'export', 'file'];

/** Whoever was asked and did not write to the peer has no name here; what nobody did is the site's own. @param {any} one */
function whoDid({ by, what }) {
  if (by.me || by.name || by.owner || BY_PEOPLE.includes(what)) return nameOf(by);
  return what === 'letter' ? _('Someone whom the desk asked') : _('The site');
}

/** The same by the same person on the same day is told once, with every line of the log that says it. @param {{day: string, who: string, did: string, line: number | null}[]} lines */
function counted(lines) {
  /** @type {Map<string, {day: string, who: string, did: string, line: number | null}[]>} */
  const all = new Map();
  for (const one of lines) {
    const key = `${one.day} ${one.who} ${one.did}`;
    all.set(key, [...all.get(key) ?? [], one]);
  }
  return [...all.values()].map((same) => ({ ...same[0], did: withLines(same) }));
}

/** @param {{did: string, line: number | null}[]} same */
function withLines(same) {
  const [{ did }] = same;
  const placed = same.flatMap(({ line: number }) => (number === null ? [] : [number]));
  return html`${same.length > 1 ? _('%(did)s, %(times)s times', { did, times: same.length }) : did}${placed.length ? html` <small class="soft">${linesWords(placed)}</small>` : nothing}`;
}
