/** Everything after the first page, loaded when somebody goes on. */
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { icon } from '../parts/pieces.js';
import { byId } from '../parts/shell.js';
import { account, take } from './intake_account.js';
import { hasAgreed, watchConsents } from './intake_consents.js';
import { allStored, handOver, onKept, settle, touched } from './intake_keep.js';
import { watchKey } from './intake_key.js';
import { watchLock } from './intake_lock.js';
import { showSide, watchParts } from './intake_parts.js';
import { clearQuestion, watchQuestions } from './intake_question.js';
import { isSending, wasSending, watchReview } from './intake_review.js';
import { go, here, sayTrouble } from './intake_steps.js';

export { handOver, sayTrouble };

/** @typedef {import('../parts/ask.js').AskError} AskError */

let started = false;
let known = false; // whether an account stands already
let stoppedAt = '';
/** One tab writes at a time: the newest. Two would write over each other's draft. */
const tabs = new BroadcastChannel('alongside-intake');

function watch() {
  if (started) return;
  started = true;
  watchKey(opened);
  watchConsents({ onward, back: () => go('before') });
  watchQuestions({ before: () => go(account.path === 'short' ? 'consents' : 'parts'), after: () => go('review'), shown: showSide });
  watchParts({ review: () => go('review') });
  watchReview({ back: () => go(account.path === 'short' ? 'question' : 'parts') });
  onKept((words) => {
    render(html`${icon('lock')} ${words}`, byId('question-kept'));
    if (here() === 'question') showSide();
  });
  document.querySelector('section[data-step=words] [data-back]')?.addEventListener('click', () => go('before'));
  for (const button of document.querySelectorAll('[data-stop]')) button.addEventListener('click', stop);
  byId('stopped-on').addEventListener('click', () => { if (stoppedAt === 'elsewhere') location.reload(); else go(stoppedAt); });
}

/** Somebody goes on from the first page, by the short way or the full one. @param {'short' | 'full'} path */
export async function begin(path) {
  watch();
  account.path = path;
  if (!known) return go('words');
  touched();
  return hasAgreed() ? onward() : go('consents');
}

/** The account stands: from here on, what is written is sealed and kept. */
async function opened() {
  const { fp } = await ask('account.resume');
  known = true;
  watchLock(fp);
  takeOver(fp);
  touched();
  settle().catch(() => {});
  await go('consents');
}

/** Somebody comes back. @param {string} fp */
export async function goOn(fp) {
  watch();
  known = true;
  watchLock(fp);
  takeOver(fp);
  const { draft, sending } = await ask('intake.load');
  allStored();
  const say = draft ? await take(draft) : () => {};
  if (sending) wasSending();
  await go(sending ? 'review' : account.step);
  say();
}

function onward() {
  account.question = '';
  return go(account.path === 'short' ? 'question' : 'parts');
}

/** @param {string} fp */
function takeOver(fp) {
  tabs.postMessage(fp);
  tabs.addEventListener('message', async ({ data }) => {
    if (data !== fp || stoppedAt === 'elsewhere') return;
    stoppedAt = 'elsewhere';
    await settle().catch(() => {});
    clearQuestion();
    await go('stopped');
  });
}

async function stop() {
  stoppedAt = here();
  if (isSending()) { await go('stopped'); return; }
  try {
    await settle();
    await go('stopped');
  } catch (error) {
    sayTrouble(/** @type {AskError} */ (error));
  }
}
