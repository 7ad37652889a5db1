/** What a fault of the log means for the person who reads of it, by its code. What was found is said by the worker (evidence.js). */
import { html } from '../../vendor/lit-html/lit-html.js';
import { _ } from '../parts/say.js';

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
export const isAboutLog = (code) => Object.hasOwn(MEANS, code);

/** @param {string} code */
export const means = (code) => html`<section aria-labelledby="means-head"><h2 id="means-head">${_('What this means')}</h2>
  <ul class="plainlist">${MEANS[code]().map((one) => html`<li>${one}</li>`)}</ul></section>`;

/** Sizes and lines, for someone who knows this field. @param {Record<string, any>} facts */
export const figures = (facts) => Object.entries(facts ?? {}).filter(([, value]) => typeof value === 'number').map(([name, value]) => `${name} ${value}`).join(', ');
