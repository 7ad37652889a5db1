/** The page that stops: something does not match what was signed. What is safe, what was found, what it means, what to do; and the evidence as a file. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { steps } from '../parts/lists.js';
import { button, notice } from '../parts/pieces.js';
import { _, atStart } from '../parts/say.js';
import { figures, isAboutLog, means } from './case_trouble_log.js';

/** @typedef {{words: string, code: string, kind: string, facts: any}} Stop */
/** @typedef {{name: string, words: string[], url: string}} Evidence */

/** What happened, without the words that the title says already. @param {Stop} error */
const found = ({ words, facts }) => atStart(_(words, facts).replace(/^We stopped, because /, ''));

/** @param {Stop} error @param {Evidence | null} evidence @param {unknown} [safe] what can go on all the same */
export const whatToDo = (error, evidence, safe = nothing) => html`
  ${notice({ kind: 'stop', title: _('We stopped, because something does not match'), body: html`<p>${_('You did nothing wrong, and nothing you wrote is lost.')}${safe}</p>
    <p>${found(error)}</p>` })}
  ${isAboutLog(error.code) ? means(error.code) : nothing}
  <section aria-labelledby="do-head"><h2 id="do-head">${_('What you can do')}</h2>
    ${steps([
      { words: html`<div class="stack"><p>${_('Load the page once more. A fault in the connection looks the same.')}</p><p class="buttons">${button(_('Load it again'), () => location.reload(), { look: 'second' })}</p></div>` },
      { words: evidence ? html`<div class="stack"><p>${_('Save what this browser saw. The file holds signatures and numbers, none of your words and no key.')}</p>
        <p class="buttons"><a class="button second" href=${evidence.url} download=${evidence.name}>${_('Save the evidence file')}</a></p></div>` : html`${_('Write down the day, and what you were about to do.')}` },
      { words: evidence ? html`${_('Tell a coordinator by phone, not on this site. Read them these four words:')} <strong translate="no">${evidence.words.join(', ')}</strong>` : html`${_('Tell a coordinator by phone, not on this site.')}` },
    ])}
    <details><summary>${_('For someone who knows this field')}</summary><p class="mono">${[error.kind, error.code, figures(error.facts)].filter(Boolean).join(', ')}</p></details></section>`;
