/** How far a volunteer's career has come: codes of `career_stage` in instruments/definitions/intake.v1.csv. Profiles hold the code. */
import { _ } from './say.js';

/** @type {[string, string][]} */
export const STAGES = [
  ['ms', _('Medical student')], ['res', _('Resident')], ['fel', _('Fellow')], ['early', _('In practice, up to 5 years')],
  ['mid', _('In practice, 6 to 15 years')], ['late', _('In practice, 16 years or more')], ['ret', _('Retired')], ['left', _('No longer in medicine')],
];

/** The words of a code; what stands in an older profile, as it is. @param {string} stage */
export const stageWords = (stage) => STAGES.find(([code]) => code === stage)?.[1] ?? stage;
