/**
 * A draft that was begun under another version of the questions. Every answer that fits goes into its place. The rest is kept in
 * words, shown, and goes with the account unless the person leaves it out. Loaded only when there is such a draft.
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { fields, inWords, left, shaped } from '../parts/instrument.js';
import { button } from '../parts/controls.js';
import { notice } from '../parts/pieces.js';
import { _, ngettext } from '../parts/say.js';
import { sheetOf } from '../parts/sheets.js';
import { announce, byId } from '../parts/shell.js';
import { account, questions, sheet, touched } from './intake_account.js';

/** @typedef {import('../parts/instrument.js').Answers} Answers */
/** @typedef {{field: string, label: string, text: string}} Line */

/** Go on with a draft of another version. @param {any} draft as intake_account.js keeps it */
export async function carryOver(draft) {
  const older = draft.earlier?.answers ? draft.earlier : null; // kept whole, before answers were carried over
  const parts = await Promise.all([older, draft].filter(Boolean).map(sorted));
  const lines = [...(draft.earlier?.lines ?? []), ...parts.flatMap((part) => part.lines)];
  const step = draft.step === 'question' && !questions.has(draft.question) ? 'parts' : draft.step;
  Object.assign(account, {
    path: draft.path, step: draft.path === 'short' && step === 'parts' ? 'question' : step, question: questions.has(draft.question) ? draft.question : '',
    answers: Object.assign({}, ...parts.map((part) => part.answers)), removed: draft.removed, earlier: lines.length ? { lines } : null,
  });
  touched();
}

/** Which answers have a place, and the others in words. @param {{instrument: string, answers: Answers}} draft @returns {Promise<{answers: Answers, lines: Line[]}>} */
async function sorted({ instrument, answers }) {
  /** @type {Answers} */
  const fitting = {};
  const rest = [];
  for (const [name, answer] of Object.entries(answers)) {
    if (fits(name, answer)) fitting[name] = answer;
    else if (!left(answer)) rest.push(name);
  }
  const then = rest.length ? await sheetOf(instrument).catch(() => null) : null; // their names are better than nothing
  const lines = rest.map((name) => {
    const one = then ? fields(then).get(name) : undefined;
    const answer = answers[name];
    const plain = Array.isArray(answer) ? answer.join(', ') : String(answer);
    return { field: name, label: one?.label ?? name, text: one ? inWords(one, answer) : plain };
  });
  return { answers: fitting, lines };
}

/** @param {string} name @param {any} answer */
function fits(name, answer) {
  const one = fields(sheet).get(name);
  if (!one?.kept || sheet.others.includes(one)) return false;
  try {
    shaped(one, answer);
    return true;
  } catch {
    return false;
  }
}

/** Say what became of the draft, above whatever step shows. */
export function sayCarried() {
  const lines = account.earlier?.lines ?? [];
  const place = byId('earlier');
  const close = () => render(nothing, place);
  const drop = () => { account.earlier = null; touched(); close(); };
  render(notice({ title: _('The questions have changed since you wrote'), body: html`<p>${_('What you wrote is kept. Each answer that still has a question stands in its place. Look through them once more.')}</p>
    ${lines.length ? html`<p>${ngettext('For this one there is no question any more. It goes with your account to the people you approve:', 'For these there is no question any more. They go with your account to the people you approve:', lines.length)}</p>
      <dl class="facts">${lines.map((/** @type {Line} */ { label, text }) => html`<div><dt>${label}</dt><dd translate="no">${text}</dd></div>`)}</dl>` : nothing}`,
    actions: html`${button(_('Good, go on'), close)} ${lines.length ? button(_('Leave them out'), drop, { look: 'second' }) : nothing}` }), place);
  announce(_('The questions have changed since you wrote'));
}
