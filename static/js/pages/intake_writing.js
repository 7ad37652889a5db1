/**
 * Everything after the first page, loaded when somebody goes on. When the session is over, or the page was left alone, what is not kept yet
 * stays in this page until the words open it again.
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, on } from '../parts/ask.js';
import { watchIdle } from '../parts/lock.js';
import { icon } from '../parts/controls.js';
import { _ } from '../parts/say.js';
import { announce, byId, sayWrong, setBusy } from '../parts/shell.js';
import { account, allStored, drop, handOver, onKept, rest, settle, take, touched, unsaved } from './intake_account.js';
import { hasAgreed, watchConsents } from './intake_card.js';
import { clearQuestion, showSide, watchParts, watchQuestions } from './intake_question.js';
import { isSending, wasSending, watchReview } from './intake_review.js';
import { go, here, sayTrouble, watchKey } from './intake_steps.js';

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

const words = () => /** @type {HTMLInputElement} */ (byId('unlock-words'));
/** Whose page this is. */
let mine = '';
let from = '';
/** @type {{stop: () => void} | null} */
let idle = null;

/** @param {string} fp of whoever writes here */
function watchLock(fp) {
  mine = fp;
  watchIdleness();
  on('locked', lock);
  byId('unlock').addEventListener('submit', (event) => { event.preventDefault(); unlock(); });
  words().addEventListener('input', () => sayWrong(words()));
  byId('unlock-show').addEventListener('change', (event) => { words().type = /** @type {HTMLInputElement} */ (event.target).checked ? 'text' : 'password'; });
}

function watchIdleness() {
  idle = watchIdle({
    onLock: async () => {
      try { await settle(); } catch { /* it stays in this page */ }
      ask('account.lock').catch(() => {}).finally(lock);
    },
    onStay: () => { ask('account.stay').catch(() => {}); },
  });
}

function lock() {
  if (here() === 'unlock') return;
  idle?.stop();
  rest();
  from = here();
  clearQuestion();
  for (const id of ['card', 'rest']) { byId(id).hidden = true; render(nothing, byId(id)); } // what is only hidden can still be read
  if (!unsaved()) drop(); // it is sealed and kept, so nothing has to stay in this page
  looking();
  go('unlock');
}

/** What looks at typed words, loaded when the page is locked. Without it (the connection may be gone) the words are only tried. */
const looking = () => import('../parts/typed_words.js').catch(() => null);

/** @param {string} said */
function wrong(said) {
  sayWrong(words(), said);
  announce(said);
  words().focus();
}

async function unlock() {
  if (byId('unlock-go').getAttribute('aria-busy')) return;
  setBusy(byId('unlock-go'), true);
  try {
    const fault = await (await looking())?.faultOf(words().value, 7, (there) => _('%(there)s Yours are seven.', { there }));
    if (fault) { wrong(fault); return; }
    const who = await ask('account.signIn', { role: 'peer', words: words().value });
    words().value = '';
    if (who.fp !== mine || who.submitted) { location.replace(who.to); return; }
    await onceUnlocked();
  } catch (error) {
    const { code, kind, words: said } = /** @type {AskError} */ (error);
    const shown = code === 'no-match' || kind === 'UnknownWords' || kind === 'Input' ? _('These words did not open anything. Check their order.') : said;
    wrong(shown);
  } finally {
    setBusy(byId('unlock-go'), false);
  }
}

async function onceUnlocked() {
  let say = () => {};
  if (unsaved()) {
    touched();
    await settle().catch(() => {});
  } else {
    const { draft } = await ask('intake.load');
    allStored();
    if (draft) say = await take(draft);
  }
  for (const id of ['card', 'rest']) byId(id).hidden = false;
  watchIdleness();
  await go(from);
  say();
}
