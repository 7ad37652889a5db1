/** What the parts of an instrument are called on the page of questions. */
import { _ } from '../parts/say.js';

/** @type {Record<string, string>} */
export const NAMES = { intake: _('Intake'), outtake: _('Outtake'), followup: _('Follow-up'), any: _('Any dictionary') };

/** @param {{name: string, edition: number}} one */
export const named = ({ name, edition }) => (name === 'any' ? _('The file you chose') : _('%(name)s, version %(edition)s', { name: NAMES[name] ?? name, edition }));

/** @type {Record<string, string>} */
export const CLASSES = {
  identifier: _('Identifies a person'), quasi: _('Together with others it may identify'), sensitive: _('Sensitive'), 'free text': _('Free words'), plain: _('Plain'),
};

/** @type {Record<string, string>} what of a field changed, as instruments/differences.py names it */
export const WHAT = {
  label: _('Words of the question'), section: _('Part it begins'), type: _('Kind'), note: _('Remark below it'), validation: _('Check'), least: _('Least'), most: _('Most'),
  branching: _('Asked only if'), matrix: _('Matrix'), form: _('Form'), alignment: _('Alignment'), number: _('Number'), formula: _('Formula'), choices: _('Choices'),
  choice: _('Choice'), 'order of choices': _('Order of choices'), identifier: _('Identifies a person'), required: _('Marked as needed'), ranking: _('Ranking'),
  class: _('Class'), export: _('Research'), gen: _('Made coarser'), triage: _('On the card of the desk'), short: _('On the short way'), consent: _('A consent of its own'),
  support: _('Shows the support lines after'), default: _('Asked at all'), src: _('Source'), tags: _('Action tags'),
};

/** @type {Record<string, string>} where answers go that did not before */
export const FURTHER = {
  row: _('into research rows'), card: _('onto the card that the desk reads'), kept: _('into the account, where it is kept'), class: _('as something that identifies nobody'),
};

/** Where the answer goes. @param {any} one a place of instruments/places.py */
export function goesTo(one) {
  const account = one.who === 'off' ? _('Not asked') : one.who === 'page' ? _('Only shown') : one.who === 'formula' ? _('Computed, not asked') : one.who === 'system' ? _('Filled in by the system') : one.kept ? _('Kept in the account') : _('Nobody: it is not kept');
  const row = one.row === 'yes' ? (one.only_if ? _('Yes, if %(field)s is yes', { field: one.only_if }) : _('Yes')) : one.row === 'restricted' ? _('Only in a release whose board allowed it') : _('No');
  return { account, card: one.card ? _('Yes, she can take it off') : _('No'), row };
}
