/** All parts, in any order: a dot for empty, some or written; minutes, never a percent. */
import { render } from '../../vendor/lit-html/lit-html.js';
import { parts } from '../parts/instrument.js';
import { parts as list } from '../parts/lists.js';
import { _, ngettext } from '../parts/say.js';
import { byId } from '../parts/shell.js';
import { account } from './intake_account.js';
import { touched } from './intake_keep.js';
import { openPart } from './intake_question.js';
import { questions, sheet } from './intake_sheet.js';
import { go, step } from './intake_steps.js';

/** @param {{review: () => any}} where */
export function watchParts({ review }) {
  step('parts', () => {
    render(list(rows(), { large: true }), byId('parts-list'));
    byId('parts-go').textContent = account.question ? _('Go on where I was') : _('Begin with the first');
    byId('parts-where').textContent = ngettext('%(num)s part', '%(num)s parts', rows().length);
    touched();
  });
  byId('parts-go').addEventListener('click', () => go('question'));
  byId('parts-review').addEventListener('click', review);
  byId('question-parts').addEventListener('click', () => go('parts'));
}

/** The same list beside a question, where there is room. */
export function showSide() {
  render(list(rows()), byId('side-parts'));
}

function rows() {
  const consents = sheet.parts.find((part) => part.questions.some((one) => one.consent));
  return parts(sheet, account.answers)
    .filter((part) => part.id === consents?.id || part.questions.some((one) => questions.has(one.id)))
    .map(({ id, title, minutes, state, questions: own }) => ({
      title, filled: state === 'empty' ? undefined : /** @type {'some' | 'written'} */ (state),
      here: own.some((one) => one.id === account.question),
      note: state === 'some' ? _('Some answers kept') : state === 'written' ? undefined : ngettext('About %(num)s minute', 'About %(num)s minutes', minutes),
      onOpen: () => openPart(id),
    }));
}
