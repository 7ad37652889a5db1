/** The session is over, or the page was left alone: what is not kept yet stays in this page until the words open it again. */
import { nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, on } from '../parts/ask.js';
import { watchIdle } from '../parts/lock.js';
import { _ } from '../parts/say.js';
import { announce, byId, sayWrong, setBusy } from '../parts/shell.js';
import { drop, take } from './intake_account.js';
import { allStored, rest, settle, touched, unsaved } from './intake_keep.js';
import { clearQuestion } from './intake_question.js';
import { go, here } from './intake_steps.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

const words = () => /** @type {HTMLInputElement} */ (byId('unlock-words'));
/** Whose page this is. */
let mine = '';
let from = '';
/** @type {{stop: () => void} | null} */
let idle = null;

/** @param {string} fp of whoever writes here */
export function watchLock(fp) {
  mine = fp;
  watch();
  on('locked', lock);
  byId('unlock').addEventListener('submit', (event) => { event.preventDefault(); unlock(); });
  words().addEventListener('input', () => sayWrong(words()));
  byId('unlock-show').addEventListener('change', (event) => { words().type = /** @type {HTMLInputElement} */ (event.target).checked ? 'text' : 'password'; });
}

function watch() {
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
  go('unlock');
}

async function unlock() {
  if (byId('unlock-go').getAttribute('aria-busy')) return;
  setBusy(byId('unlock-go'), true);
  try {
    const who = await ask('account.signIn', { role: 'peer', words: words().value });
    words().value = '';
    if (who.fp !== mine || who.submitted) { location.replace(who.to); return; }
    await goOn();
  } catch (error) {
    const { code, kind, words: said } = /** @type {AskError} */ (error);
    const shown = code === 'no-match' || kind === 'UnknownWords' || kind === 'Input' ? _('These words did not open anything. Check their order.') : said;
    sayWrong(words(), shown);
    announce(shown);
  } finally {
    setBusy(byId('unlock-go'), false);
  }
}

async function goOn() {
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
  watch();
  await go(from);
  say();
}
