/**
 * The lines of the log. The newest, a page at a time, and what each is that is the whole site's; every line, checked in this browser; one
 * line, proven, and saved as a file that other programs read; a signature taken away on another day, from which the log must go on.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button, icon, sealedField } from '../parts/controls.js';
import { empty, facts, notice } from '../parts/pieces.js';
import { _, count, ngettext } from '../parts/say.js';
import { announce } from '../parts/shell.js';
import { doing, fileOf, page, show } from './log_state.js';

/** @type {Record<string, (n: number) => string>} by the site's own lanes */
const WHAT = {
  root: (n) => _('The root keys of the organisation, version %(n)s', { n: count(n) }),
  directory: (n) => _('The list of people, version %(n)s', { n: count(n) }),
  manifest: (n) => _('The list of this site’s pages, version %(n)s', { n: count(n) }),
  release: (n) => _('A release for research, number %(n)s', { n: count(n) }),
  restore: (n) => _('The site was put back from a backup. Log %(n)s began.', { n: count(n) }),
};

/** @param {{lane: string, n: number} | null} what */
const whatWords = (what) => (what && Object.hasOwn(WHAT, what.lane) ? WHAT[what.lane](what.n) : '');

export function newest() {
  const { lines, next, busy } = page;
  return html`<section class="stack" aria-labelledby="lines-l"><h2 id="lines-l">${_('Newest lines')}</h2>
    <p class="soft">${_('No names, no case, no day. By its number the people concerned find their own line, and nobody else’s. What concerns the whole site is said.')}</p>
    ${lines.length ? cards({
      caption: _('Newest lines of the log'), columns: [_('Line'), _('What'), _('Its number')],
      rows: lines.map((/** @type {any} */ one) => [html`<span class="mono">${count(one.line)}</span>`, one.what ? whatWords(one.what) : html`<span class="soft">${_('Sealed')}</span>`, html`<span class="mono" translate="no">${one.number}</span>`]),
    }) : empty(_('No line so far. The first ones come within a second after the organisation is set up.'))}
    ${next > 0 ? html`<p class="buttons">${button(_('Older lines'), older, { look: 'second', busy: busy === 'lines' })}</p>` : nothing}</section>`;
}

const older = () => doing('lines', async () => {
  const { lines, next } = await ask('log.lines', { log: page.seen.log, before: page.next });
  Object.assign(page, { lines: [...page.lines, ...lines], next });
  announce(_('%(num)s lines are shown.', { num: count(page.lines.length) }));
});

export function check() {
  const { checked, going, busy } = page;
  if (checked) return fits(checked);
  return html`<section class="stack" aria-labelledby="check-head"><h2 id="check-head">${_('Check it yourself')}</h2>
    <p>${_('Your browser fetches every line, works out the sum of them all, and holds it against what the site signed. No number may be there twice.')}</p>
    <p class="buttons">${button(_('Check every line'), run, { busy: busy === 'check' })}</p>
    <p role="status">${busy === 'check' ? going ? _('%(done)s of %(size)s lines', { done: count(going.done), size: count(going.size) }) : _('Fetching the lines. This takes a moment.') : nothing}</p></section>`;
}

const run = () => doing('check', async () => { page.checked = await ask('log.check'); });

/** @param {number} seconds */
const took = (seconds) => (seconds < 1 ? _('Your browser did this itself, a moment ago, in less than a second.')
  : ngettext('Your browser did this itself, a moment ago, in a second.', 'Your browser did this itself, a moment ago, in %(seconds)s seconds.', Math.round(seconds), { seconds: count(Math.round(seconds)) }));

/** @param {{lines: number, seconds: number}} checked */
const fits = ({ lines, seconds }) => notice({
  kind: 'kept', said: true, title: ngettext('One line checked. It fits.', '%(lines)s lines checked. All of them fit.', lines, { lines: count(lines) }),
  body: [took(seconds), _('The list of people and the root keys that this site hands out are the ones in the log.')].join(' '),
});

export const one = () => html`<section class="stack" aria-labelledby="one-head"><h2 id="one-head">${_('Prove one line')}</h2>
  <p>${_('Your receipt says in which line your account stands. Here you see that it is there, without fetching the others.')}</p>
  ${sealedField({ id: 'line', label: _('The line'), value: page.line, short: true, keys: 'numeric', capitals: 'none', error: page.wrong.line, onInput: (line) => show({ line, wrong: {} }) })}
  <p class="buttons">${button(_('Prove it'), prove, { look: 'second', busy: page.busy === 'one' })}</p>
  ${page.proof ? proven(page.proof) : nothing}</section>`;

const prove = () => doing('one', async () => {
  page.proof = null;
  const proof = await ask('log.prove', { line: page.line });
  page.proof = { ...proof, url: fileOf(proof.file.text) };
});

/** @param {any} proof */
const proven = ({ line, of, number, what, leaf, hash, path, root, note, file, url }) => html`${notice({
  kind: 'kept', said: true, title: _('Line %(line)s is in the log', { line: count(line) }),
  body: html`<p>${what ? whatWords(what) : _('Compare its number with the one on your receipt:')}</p><p class="mono" translate="no">${number}</p>`,
  actions: html`<a class="button second" href=${url} download=${file.name}>${_('Save this proof')}</a>`,
})}
  <details><summary>${_('For someone who knows this field')}</summary><div class="mono" translate="no">${facts([
    { name: _('Leaf'), value: leaf }, { name: _('Hash of the leaf'), value: hash },
    { name: _('Path'), value: path.length ? html`<div class="stack">${path.map((/** @type {string} */ step) => html`<p>${step}</p>`)}</div>` : _('None: it is the only line.') },
    { name: _('Root of %(size)s leaves', { size: count(of) }), value: root },
    { name: _('Signed head'), value: html`${note.trimEnd().split('\n').map((/** @type {string} */ part) => html`<p>${part}</p>`)}` },
  ])}</div></details>`;

const MOST = 65_536; // bytes: a signature has some hundreds

export function saved() {
  const { seen, saved: found, wrong, busy } = page;
  seen.url ??= fileOf(seen.signature.text);
  return html`<section class="stack" aria-labelledby="saved-head"><h2 id="saved-head">${_('Does it go on from what you saw?')}</h2>
    <p>${_('Save today’s signature: a few lines of text, without anything about you. Come back with it in a week or a year. Then your browser checks that not one of today’s lines was changed or taken out.')}</p>
    <p class="buttons"><a class="button second" href=${seen.url} download=${seen.signature.name}>${_('Save today’s signature')}</a></p>
    <div class=${wrong.note ? 'field wrong' : 'field'}><label for="note">${_('A signature that you saved before')}</label>
      <p class="hint" id="note-hint">${_('It stays on this device.')}</p>
      <p class="wrong-words" id="note-wrong" ?hidden=${!wrong.note}>${icon('care')} ${wrong.note}</p>
      <input id="note" type="file" accept=".txt,text/plain" aria-describedby="note-hint note-wrong" aria-invalid=${wrong.note ? 'true' : nothing} ?disabled=${busy === 'saved'} @change=${take}></div>
    ${found ? notice({ kind: 'kept', said: true, title: _('Today’s log goes on from the one you saved'), body: body(found) }) : nothing}</section>`;
}

/** @param {{then: number, now: number}} found */
const body = ({ then, now }) => html`${ngettext('It had one line then.', 'It had %(lines)s lines then.', then, { lines: count(then) })} ${now > then ? _('It has %(lines)s now, and begins with the same ones.', { lines: count(now) }) : _('It has the same ones now.')}`;

/** @param {Event} event */
const take = (event) => doing('saved', async () => {
  page.saved = null;
  const [file] = /** @type {HTMLInputElement} */ (event.target).files ?? [];
  if (file) page.saved = await ask('log.goesOn', { note: await file.slice(0, MOST).text() });
});
