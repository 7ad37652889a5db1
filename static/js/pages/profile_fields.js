/** What somebody tells the desk about their work: to find a team, and to keep people apart who know each other. */
import { html } from '../../vendor/lit-html/lit-html.js';
import { choices, facts, sealedField } from '../parts/pieces.js';
import { _ } from '../parts/say.js';
import { STAGES, stageWords } from '../parts/stages.js';
import { STATES } from '../parts/states.js';

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
