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
  steward: _('Takes answers given to research home, without names, and makes releases of them. Sees no case. Letting one in needs the root sheet.'),
  researcher: _('Sees finished releases, once they have signed the terms. No case, and no row as it was sent.'),
  auditor: _('Sees counts of what was done, by month, and the log as everybody does. Nothing that anybody wrote.'),
};

/** @param {string[]} roles */
export const roleWords = (roles) => roles.map((role) => ROLE_WORDS[role]).join(', ');

/** @param {string[]} roles @returns {boolean} only the root sheet names these */
export const needsRootSheet = (roles) => roles.includes('coordinator') || roles.includes('steward');

/** @param {string[]} roles @returns {boolean} what they do beside cases is of use to the desk */
export const tellsWork = (roles) => roles.includes('supporter') || roles.includes('coordinator');
