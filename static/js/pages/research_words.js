/** What releases and attacks are called, for people. What an attack found is told in the words of the report itself. */
import { html } from '../../vendor/lit-html/lit-html.js';
import { _, ngettext } from '../parts/say.js';

/** @type {Record<string, () => string>} */
export const PRODUCTS = {
  microdata: () => _('Rows, one for each person, made coarser'), tables: () => _('Tables'), public: () => _('Figures for everybody'),
};

/** @type {Record<string, () => [string, string]>} its name, and what somebody does */
export const ATTACKS = {
  schema: () => [_('Strange files'), _('Looks for a column, code or file that nobody approved.')],
  k: () => [_('Small groups'), _('Looks for people of whom too few look alike.')],
  l: () => [_('One answer'), _('Looks for a group in which nearly all gave one answer.')],
  t: () => [_('Strange groups'), _('Looks for a group that is unlike everybody.')],
  km: () => [_('Rare pairs'), _('Knows some boxes that few ticked, and finds the others.')],
  prosecutor: () => [_('A colleague'), _('Knows that she is in it, and her stage, field, age and more.')],
  journalist: () => [_('A journalist'), _('Looks for anybody at all.')],
  homogeneity: () => [_('All of a group'), _('Looks for a box that all of a group ticked.')],
  skew: () => [_('More than others'), _('Looks for a group that ticked a box much more, or much less.')],
  exclusion: () => [_('Leaving out'), _('Knows that one answer is wrong, and is left with another.')],
  differencing: () => [_('Subtraction'), _('Takes one release from the next, to see who joined or left.')],
  composition: () => [_('Laying over'), _('Lays releases over each other that were cut in different ways.')],
  minimality: () => [_('Asking why'), _('Sees which group had to be made coarser, and why.')],
  lp: () => [_('Sums'), _('Solves the tables for a count of 1 to 10.')],
  metadata: () => [_('Order'), _('Reads from the order of rows who came first.')],
  membership: () => [_('Numbers'), _('Finds a row again by its number.')],
};

/** @param {any} release */
export const howMany = ({ rows, tables }) => {
  const people = rows ?? tables?.people;
  return people === undefined || people === null ? '' : ngettext('%(num)s person', '%(num)s people', people);
};

const UNITS = ['bytes', 'KB', 'MB', 'GB'];

/** @param {number} bytes */
export function size(bytes) {
  let [number, unit] = [bytes, 0];
  while (number >= 1000 && unit < UNITS.length - 1) [number, unit] = [number / 1000, unit + 1];
  return `${number.toFixed(unit && number < 10 ? 1 : 0)} ${UNITS[unit]}`;
}

/** @param {number} share @returns {string} */
export const percent = (share) => `${Math.round(share * 100)}%`;

/** @type {Record<string, () => string>} */
const ASKED = { intake: () => _('Intake'), outtake: () => _('Outtake'), followup: () => _('Follow-up') };

/** What the rows answer, and under which version. @param {string} id e.g. intake.v1, or comment */
export function asked(id) {
  const [name, version] = id.split('.v');
  if (!version) return _('Comments to sort into themes');
  return html`${_('%(name)s, version %(edition)s', { name: ASKED[name]?.() ?? name, edition: version })} <span class="small soft" translate="no">${id}</span>`;
}
