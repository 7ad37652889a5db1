/** One line, proven: shown for someone who knows the field, and saved as a file that other programs read. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { button, facts, notice, sealedField } from '../parts/pieces.js';
import { _, count } from '../parts/say.js';
import { whatWords } from './log_lines.js';
import { doing, fileOf, page, show } from './log_state.js';

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
