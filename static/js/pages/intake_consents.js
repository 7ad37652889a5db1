/** One consent at a time. Nothing is ticked; what is left open counts as "ask me later". */
import { _ } from '../parts/say.js';
import { announce, byId, focusHeading } from '../parts/shell.js';
import { account } from './intake_account.js';
import { touched } from './intake_keep.js';
import { step } from './intake_steps.js';

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

