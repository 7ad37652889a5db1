/** The parts that people take in the organisation: what each is called, what it will see, and what it takes to let somebody in. */
import { _ } from '../parts/say.js';

/** @type {Record<string, string>} */
export const ROLE_WORDS = {
  supporter: _('Supporter'), coordinator: _('Coordinator'), steward: _('Research steward'), researcher: _('Researcher'), auditor: _('Auditor'),
};

/** @type {Record<string, string>} */
export const ROLE_SEES = {
  supporter: _('A physician who is with a peer. Sees a case only after that peer has said yes to them by name.'),
  coordinator: _('Reads cards and finds teams. Sees no account. Letting one in needs the root sheet.'),
  steward: _('Will see answers given to research, without names, and make tables of them. Sees no case. Letting one in needs the root sheet.'),
  researcher: _('Will see finished tables. No case, and no single person’s answers.'),
  auditor: _('Sees counts of what was done, by month, and the log as everybody does. Nothing that anybody wrote.'),
};

/** What is not built yet, for those whose part it is. @type {Record<string, string>} */
const TO_COME = {
  steward: _('The page on which research answers are opened is not built yet. No answers are kept for you so far.'),
  researcher: _('The page with the finished tables is not built yet. There are no tables so far.'),
};

/** @param {string[]} roles */
export const roleWords = (roles) => roles.map((role) => ROLE_WORDS[role]).join(', ');

/** @param {string[]} roles @returns {boolean} only the root sheet names these */
export const needsRootSheet = (roles) => roles.includes('coordinator') || roles.includes('steward');

/** @param {string[]} roles @returns {boolean} what they do beside cases is of use to the desk */
export const tellsWork = (roles) => roles.includes('supporter') || roles.includes('coordinator');

/** @param {string[]} roles @returns {string[]} a sentence for each part that has no room of its own yet */
export const stillToCome = (roles) => roles.filter((role) => role in TO_COME).map((role) => TO_COME[role]);
