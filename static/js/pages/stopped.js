/**
 * The page that stops: something does not match what was signed. What is safe, what was found, what it means, what to do; and the
 * evidence as a file. What was found is said by the worker (evidence.js), what a fault of the log means for the person is said here.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { steps } from '../parts/lists.js';
import { button } from '../parts/controls.js';
import { notice } from '../parts/pieces.js';
import { _, atStart } from '../parts/say.js';

/** @typedef {{words: string, code: string, kind: string, facts: any}} Stop */
/** @typedef {{name: string, words: string[], url: string}} Evidence */

/** What happened, without the words that the title says already. @param {Stop} error */
const found = ({ words, facts }) => atStart(_(words, facts).replace(/^We stopped, because /, ''));

/** @param {Stop} error @param {Evidence | null} evidence @param {unknown} [safe] what can go on all the same @param {boolean} [now] whether it is the answer to what was just pressed */
export const whatToDo = (error, evidence, safe = nothing, now = true) => html`
  ${notice({ kind: 'stop', now, title: _('We stopped, because something does not match'), body: html`<p>${_('You did nothing wrong, and nothing you wrote is lost.')}${safe}</p>
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

/** @type {Record<string, () => string[]>} */
const MEANS = {
  'log-shrunk': () => [_('Somebody may be trying to undo something that was done here.'), _('The site may also have been set back to an older copy after a fault. Then it has to say so, and it has not.')],
  'log-rewritten': () => [_('Lines can only be added to the log. Here one was changed or taken out after you saw it.'), _('Your browser kept the signature of the log from your last visit. It is in the evidence file, and it proves this.')],
  'log-renumbered': () => [_('After a fault a site may begin a new log. The people who hold its root keys have to sign that, and you were not shown it.')],
  'log-ended-otherwise': () => [_('After a fault a site may go on from an older copy. Then its root keys sign how that copy looked. This one looks otherwise.')],
  'log-withheld': () => [_('What you see here was promised, and it could not be checked.'), _('A fault on our side looks the same.')],
  'log-signature': () => [_('Whoever answered here does not have the site’s key, or will not stand by what was shown.')],
  'log-garbled': () => [_('Either the lines or the signature were changed on their way.')],
  'number-twice': () => [_('Each thing that is done to a case has one number. Somebody used one of yours for two things, and shows you only one.')],
  'line-twice': () => [_('Each number stands for one thing. Where it stands twice, one of two people is shown something that the other is not.')],
  'witnesses-otherwise': () => [_('The site may be showing one log to the people outside who watch it, and another one to you.')],
  'number-hidden': () => [_('Something was done to this case, and the site keeps it from you. It can be a message, an opening, or a change in who is in.')],
  'line-hidden': () => [_('The site changed its pages, or gave something to researchers, and does not say so.')],
  'line-changed': () => [_('What the site tells you now is not what it put on the log when it was done.')],
  'not-in-log': () => [_('It may have been made up. Only what is in the log can be checked by others.')],
  'promise-broken': () => [_('It can be hidden from others as long as it is not there. What you sent is kept in the case.'), _('A fault on our side looks the same, if the site was stopped at that moment.')],
  'split-view': () => [_('The site may be telling two people two different stories. One of them may be missing something.'), _('A member who wants to spoil the case can cause this, too. The evidence file shows whose entry it was.')],
  'notes-hidden': () => [_('Your notes hold what you have seen here before. With older ones, less would be noticed.')],
  'list-hidden': () => [_('Somebody may have been suspended or replaced, and you were not told.')],
  'list-not-in-log': () => [_('A list of people that only you were shown could name somebody who was never let in.')],
};

/** @param {string} code */
const isAboutLog = (code) => Object.hasOwn(MEANS, code);

/** @param {string} code */
const means = (code) => html`<section aria-labelledby="means-head"><h2 id="means-head">${_('What this means')}</h2>
  <ul class="plainlist">${MEANS[code]().map((one) => html`<li>${one}</li>`)}</ul></section>`;

/** Sizes and lines, for someone who knows this field. @param {Record<string, any>} facts */
export const figures = (facts) => Object.entries(facts ?? {}).filter(([, value]) => typeof value === 'number').map(([name, value]) => `${name} ${value}`).join(', ');
