/** Where a volunteer works: codes and names of `state` in instruments/definitions/intake.v1.csv, so that a peer's list of states can be compared. */
import { _ } from './say.js';

/** @type {[string, string][]} */
export const STATES = [
  ['al', _('Alabama')], ['ak', _('Alaska')], ['az', _('Arizona')], ['ar', _('Arkansas')], ['ca', _('California')], ['co', _('Colorado')],
  ['ct', _('Connecticut')], ['de', _('Delaware')], ['dc', _('District of Columbia')], ['fl', _('Florida')], ['ga', _('Georgia')], ['hi', _('Hawaii')],
  ['id', _('Idaho')], ['il', _('Illinois')], ['in', _('Indiana')], ['ia', _('Iowa')], ['ks', _('Kansas')], ['ky', _('Kentucky')], ['la', _('Louisiana')],
  ['me', _('Maine')], ['md', _('Maryland')], ['ma', _('Massachusetts')], ['mi', _('Michigan')], ['mn', _('Minnesota')], ['ms', _('Mississippi')],
  ['mo', _('Missouri')], ['mt', _('Montana')], ['ne', _('Nebraska')], ['nv', _('Nevada')], ['nh', _('New Hampshire')], ['nj', _('New Jersey')],
  ['nm', _('New Mexico')], ['ny', _('New York')], ['nc', _('North Carolina')], ['nd', _('North Dakota')], ['oh', _('Ohio')], ['ok', _('Oklahoma')],
  ['or', _('Oregon')], ['pa', _('Pennsylvania')], ['ri', _('Rhode Island')], ['sc', _('South Carolina')], ['sd', _('South Dakota')],
  ['tn', _('Tennessee')], ['tx', _('Texas')], ['ut', _('Utah')], ['vt', _('Vermont')], ['va', _('Virginia')], ['wa', _('Washington')],
  ['wv', _('West Virginia')], ['wi', _('Wisconsin')], ['wy', _('Wyoming')], ['terr', _('A US territory or the Uniformed Services overseas')],
  ['nonus', _('Outside the United States')],
];
