/**
 * What leaves the account: the card for the desk, what is told about the rest, and the consents, one at a time. Nothing is ticked; what is
 * left open counts as "ask me later".
 */
import { cardLines, check, fields, inWords, left } from '../parts/instrument.js';
import { _, dayWords } from '../parts/say.js';
import { announce, byId, focusHeading } from '../parts/shell.js';
import { account, sheet, toSend, touched } from './intake_account.js';
import { step } from './intake_steps.js';

/** @typedef {{field: string, label: string, text: string}} Line */

/** Fields that stand on the card under a name of their own, since the desk compares or sorts by them. */
const EXCLUDED = { exclude_people: 'people', employer_org: 'employer', exclude_states: 'states' };
const DEADLINE = 'deadline_date';

/** Short names of lines; another instrument's questions keep their own words. @type {Record<string, () => string>} */
const NAMES = {
  name_use: () => _('Call me'), pronouns: () => _('Pronouns'), contact_ok: () => _('Reach me by'), email_safe: () => _('My e-mail'),
  phone_safe: () => _('My phone'), contact_times: () => _('Safe times'), verify_how: () => _('How to check that I am a physician'),
  npi: () => _('NPI or license'), urgent_deadline: () => _('Happening soon'), deadline_date: () => _('First date that matters'),
  career_stage: () => _('Career stage'), specialty: () => _('Specialty'), practice_type: () => _('Kind of workplace'), state: () => _('State'),
  wi_type: () => _('Facing'), disc_basis: () => _('Because of'), goals: () => _('What I want'), goal_main: () => _('What matters most'),
  team_pref: () => _('My team'), access_needs: () => _('To take part'), avail: () => _('I could meet'),
  exclude_people: () => _('Keep out'), employer_org: () => _('Keep out people from'), exclude_states: () => _('Keep out people from these states'),
};

/** Every line that could stand on the card, in order. @returns {Line[]} */
export function allLines() {
  return cardLines(sheet, account.answers).map(({ name, label, value }) => ({
    field: name, label: NAMES[name]?.() ?? label, text: name === DEADLINE ? dayWords(value, { year: true }) : value,
  }));
}

/** @param {Line} line */
export const isOn = (line) => !account.removed.includes(line.field);

/** @param {Line} line */
export const keepsOut = (line) => line.field in EXCLUDED;

/** All that is sent, as the review has shown it. */
export function whole() {
  const answers = toSend();
  const on = allLines().filter(isOn);
  const shown = new Set(on.map((line) => line.field));
  const consents = Object.fromEntries(Object.entries(answers).filter(([name]) => fields(sheet).get(name)?.consent));
  const date = answers[DEADLINE];
  const dated = shown.has(DEADLINE) && typeof date === 'string' && !check(/** @type {any} */ (fields(sheet).get(DEADLINE)), date);
  return {
    answers, instrument: sheet.id, told: told(), consents: { ...consents, consent_version: 1 },
    exclusions: excluded(answers, () => true),
    excluded: excluded(answers, (name) => shown.has(name)),
    lines: on.filter((line) => !keepsOut(line) && line.field !== DEADLINE),
    ...(dated ? { deadline: date } : {}),
  };
}

/** @param {Record<string, any>} answers @param {(name: string) => boolean} with_ */
function excluded(answers, with_) {
  const text = (/** @type {string} */ name) => (with_(name) && typeof answers[name] === 'string' ? answers[name] : '');
  const states = with_('exclude_states') && Array.isArray(answers.exclude_states) ? answers.exclude_states : [];
  return { people: text('exclude_people'), employer: text('employer_org'), states };
}

/** Every answer in words, for readers who have no questionnaire at hand. @returns {Line[]} */
function told() {
  const now = Object.entries(toSend()).flatMap(([name, answer]) => {
    const one = fields(sheet).get(name);
    return one && !one.consent && !left(answer) ? [{ field: name, label: one.label, text: inWords(one, answer) }] : [];
  });
  return [...now, ...(account.earlier?.lines ?? [])];
}

/** How much stays unseen by the desk. */
export function unseen() {
  const rest = told().filter(({ field }) => !fields(sheet).get(field)?.card);
  const words = rest.find(({ field }) => field === 'narrative')?.text.split(/\s+/).filter(Boolean).length ?? 0;
  return { words, answers: rest.filter(({ field }) => field !== 'narrative').length };
}

/** Fieldset of the shell: field of the instrument. */
const CONSENTS = { service: 'consent_service', research: 'consent_research', quotes: 'consent_quotes', followup: 'consent_followup' };

let at = 0;

/** @param {{onward: () => any, back: () => any}} where */
export function watchConsents({ onward, back }) {
  step('consents', () => { at = 0; show(); });
  for (const [group, field] of Object.entries(CONSENTS)) {
    fieldset(group).addEventListener('change', (event) => {
      account.answers[field] = /** @type {HTMLInputElement} */ (event.target).value;
      if (group === 'research' && account.answers[field] !== 'yes') delete account.answers.consent_quotes;
      sayService('');
      touched();
      place();
    });
  }
  byId('consents-keep').addEventListener('click', () => {
    if (inOrder()[at] === 'service' && !agreed()) return;
    at += 1;
    if (at < inOrder().length) { show(); focusHeading(section()); } else onward();
  });
  section().querySelector('[data-back]')?.addEventListener('click', () => {
    if (at === 0) { back(); return; }
    at -= 1;
    show();
    focusHeading(section());
  });
}

const section = () => /** @type {HTMLElement} */ (document.querySelector('section[data-step=consents]'));
const fieldset = (/** @type {string} */ group) => byId(`consent-${group}`);

/** Comments are asked about only after a yes to research, as the instrument says. */
function inOrder() {
  return Object.keys(CONSENTS).filter((group) => group !== 'quotes' || account.answers.consent_research === 'yes');
}

function show() {
  const order = inOrder();
  for (const [group, field] of Object.entries(CONSENTS)) {
    fieldset(group).hidden = order[at] !== group;
    for (const input of fieldset(group).querySelectorAll('input')) input.checked = account.answers[field] === input.value;
  }
  sayService('');
  place();
}

function place() {
  byId('consents-where').textContent = _('Choice %(n)s of %(all)s', { n: at + 1, all: inOrder().length });
  byId('consents-open').hidden = inOrder()[at] === 'service'; // the one that can't be left open
}

/** Without this one there is nothing to go on to. */
export function hasAgreed() {
  return account.answers.consent_service === 'yes';
}

function agreed() {
  if (hasAgreed()) return true;
  sayService(account.answers.consent_service === 'no'
    ? _('Then we can’t look for people, and nothing is sent. Stop for now, or choose yes to go on.')
    : _('Choose one to go on. With no, nothing is sent.'));
  return false;
}

/** @param {string} words */
function sayService(words) {
  const said = byId('consent-service-wrong');
  said.hidden = words === '';
  /** @type {HTMLElement} */ (said.querySelector('span')).textContent = words;
  if (words) announce(words);
}
