/**
 * What somebody tells the desk about their work: to find a team, and to keep people apart who know each other. Where they work is a code
 * of `state` in instruments/definitions/intake.v1.csv, so that a peer's list of states can be compared.
 */
import { html } from '../../vendor/lit-html/lit-html.js';
import { choices, sealedField } from '../parts/controls.js';
import { facts } from '../parts/pieces.js';
import { _ } from '../parts/say.js';
import { STAGES, stageWords } from '../parts/stages.js';

/** As it is typed: places one a line. @typedef {{specialty: string, state: string, stage: string, employers: string, availability: string, languages: string}} Typed */

/** @returns {Typed} */
export const blankProfile = () => ({ specialty: '', state: '', stage: '', employers: '', availability: '', languages: '' });

/** As it is sent. @param {Typed} typed */
export function toSend({ employers, ...rest }) {
  return { ...rest, employers: employers.split('\n').map((line) => line.trim()).filter(Boolean) };
}

/** As it is typed anew. @param {Record<string, any>} told */
export const toType = ({ employers, ...rest }) => ({ ...blankProfile(), ...rest, employers: employers.join('\n') });

/** What was told, without what was left out. @param {Record<string, any>} told */
export function profileFacts(told) {
  const rows = [
    [_('Specialty'), told.specialty], [_('State'), STATES.find(([code]) => code === told.state)?.[1] ?? ''], [_('Career stage'), stageWords(told.stage)],
    [_('Worked at'), told.employers.join(', ')], [_('Can help'), told.availability], [_('Languages'), told.languages],
  ];
  return facts(rows.filter(([, value]) => value).map(([name, value]) => ({ name, value })));
}

/** @param {Typed} profile @param {(changes: Partial<Typed>) => void} onChange */
export const profileFields = (profile, onChange) => html`
  ${field(profile, onChange, 'specialty', _('Specialty'), { hint: _('Such as anesthesiology or family medicine.') })}
  <div class="field"><label for="state">${_('State where you work')}</label><select id="state" autocomplete="off" @change=${(/** @type {Event} */ event) => onChange({ state: /** @type {HTMLSelectElement} */ (event.target).value })}>
    <option value="">${_('Choose')}</option>${STATES.map(([code, name]) => html`<option value=${code} ?selected=${profile.state === code}>${name}</option>`)}</select></div>
  ${choices({ name: 'stage', legend: _('Career stage'), chosen: [profile.stage], onChange: ([stage]) => onChange({ stage }), options: STAGES.map(([value, label]) => ({ value, label })) })}
  ${field(profile, onChange, 'employers', _('Where you worked or trained in the last ten years'), { hint: _('One place a line. A peer may ask that nobody from their place is on the team.'), size: 'lines' })}
  ${field(profile, onChange, 'availability', _('When you can help'), { hint: _('Such as weekday evenings, Eastern time.'), size: 'lines' })}
  ${field(profile, onChange, 'languages', _('Languages you can talk in'))}`;

/** @param {Typed} profile @param {(changes: Partial<Typed>) => void} onChange @param {keyof Typed} name @param {string} label @param {{hint?: string, size?: 'line' | 'lines'}} [with_] */
const field = (profile, onChange, name, label, { hint, size } = {}) => sealedField({
  id: name, label, hint, size, value: profile[name], onInput: (value) => onChange({ [name]: value }),
});

/** @type {[string, string][]} */
const STATES = [
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
