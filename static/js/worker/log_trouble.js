/**
 * What can be wrong with the log, each in words of its own. What it means for the person stands in pages/stopped.js.
 * Every one of these marks a case, or stops a page, and comes with the evidence file.
 */
import { N_, Trouble } from './trouble.js';

/** @type {Record<string, string>} */
const FOUND = {
  'log-shrunk': N_('We stopped, because the site’s log is shorter than it was when you were here before. Lines were taken away from its end. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'log-rewritten': N_('We stopped, because the site’s log is not the one that you have seen before. A line that stood in it was changed or taken out. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'log-renumbered': N_('We stopped, because the site has begun another log than the one you have seen, and has not shown who allowed that. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'log-ended-otherwise': N_('We stopped, because the site says that it was put back to an earlier copy, but what it shows is not what the people who hold its root keys signed. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'log-withheld': N_('We stopped, because the site does not hand out its log. Without it nobody can tell whether something is hidden. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'log-signature': N_('We stopped, because the signature under the site’s log is not the one that belongs there. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'log-garbled': N_('We stopped, because the lines of the site’s log do not add up to what the site signed. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'number-twice': N_('We stopped, because the site’s log holds one number of yours twice. Two different things were done under it. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'line-twice': N_('We stopped, because the site’s log holds one number twice. Two different things were done under it, and each is shown to somebody else. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'witnesses-otherwise': N_('We stopped, because the witnesses outside signed another log than the one that the site shows here. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'number-hidden': N_('We stopped, because the site’s log holds a line about this case that the site does not show you. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'line-hidden': N_('We stopped, because the site’s log holds a line about its own pages or releases that it does not show. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'line-changed': N_('We stopped, because the site tells of something otherwise than its log does. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'not-in-log': N_('We stopped, because the site shows something that is not in its log. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'promise-broken': N_('We stopped, because the site signed that it would put something on its log, and did not. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'split-view': N_('We stopped, because somebody on this case was shown another log than you were. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'notes-hidden': N_('We stopped, because the log holds a newer copy of your private notes than the one that the site handed out. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'list-hidden': N_('We stopped, because the log holds a newer list of people than the one that the site handed out. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
  'list-not-in-log': N_('We stopped, because the list of people that the site handed out is not in its log. Nothing you wrote was shown to anyone new. Tell a coordinator.'),
};

/** @param {string} code @param {Record<string, any>} [facts] sizes and roots for the evidence, never anybody's words */
export function logTrouble(code, facts = {}) {
  return new Trouble('Inconsistent', code, FOUND[code], facts);
}
