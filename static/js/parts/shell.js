/**
 * The page around what a room shows: its own elements, the one worker that holds keys, and the way out. Who leaves has a blank
 * page in the same frame, and Back does not bring it back. Nothing here waits: what the draft's autosave already kept is on the
 * server, the rest goes along, sealed, or is lost.
 */
import { _ } from './say.js';

/** The element with this id. @template {HTMLElement} [T=HTMLElement] @param {string} id @returns {T} @throws {Error} when the shell has none */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`this shell has no #${id}`);
  return /** @type {T} */ (element);
}

/** Say that the script works: what needs it appears, the waiting words go. */
export function ready() {
  document.body.dataset.ready = '';
}

/** Tell a screen reader, once it has finished its sentence. @param {string} words never anything sealed */
export function announce(words) {
  const said = byId('said');
  said.textContent = '';
  requestAnimationFrame(() => { said.textContent = words; });
}

/** Put focus on a heading, so that a reader starts where the eye does. @param {ParentNode} [within] */
export function focusHeading(within = byId('main')) {
  const heading = /** @type {HTMLElement | null} */ (within.querySelector('h1'));
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({preventScroll: true});
  scrollTo(0, 0);
}

/** Show one `section[data-step]` of the shell and hide the others. @param {string} name @returns {HTMLElement} the section shown */
export function showStep(name) {
  /** @type {HTMLElement | undefined} */
  let shown;
  for (const section of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('section[data-step]'))) {
    section.hidden = section.dataset.step !== name;
    if (!section.hidden) shown = section;
  }
  if (!shown) throw new Error(`this shell has no step ${name}`);
  focusHeading(shown);
  return shown;
}

/** Mark a button as at work: it stays in place and keeps focus, a second press does nothing. @param {HTMLElement} button @param {boolean} busy */
export function setBusy(button, busy) {
  if (busy) button.setAttribute('aria-busy', 'true');
  else button.removeAttribute('aria-busy');
  button.setAttribute('aria-disabled', String(busy));
}

/** Show or clear the words about what is wrong, above an input of the shell (parts/field in templates). @param {HTMLInputElement | HTMLTextAreaElement} input @param {string} [words] nothing clears it */
export function sayWrong(input, words = '') {
  const field = /** @type {HTMLElement} */ (input.closest('.field'));
  const said = /** @type {HTMLElement} */ (field.querySelector('.wrong-words'));
  field.classList.toggle('wrong', words !== '');
  said.hidden = words === '';
  /** @type {HTMLElement} */ (said.querySelector('span')).textContent = words;
  if (words) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
}

// The Trusted Types policy lets this address through and no other.
const WORKER = new URL('../worker/main.js', import.meta.url).pathname;

/** @type {Worker | null} */
let worker = null;

/** @type {import('trusted-types').TrustedTypePolicyFactory | undefined} */
const types = /** @type {any} */ (globalThis).trustedTypes;
const policy = types?.createPolicy('alongside', {
  createScriptURL(/** @type {string} */ url) {
    const asked = new URL(url, location.origin);
    if (asked.origin !== location.origin || asked.pathname !== WORKER || asked.search) {
      throw new TypeError('only the page’s own worker may be started');
    }
    return asked.href;
  },
});

/** The worker of this page, started at the first call. @returns {Worker} */
export function startWorker() {
  const url = policy ? policy.createScriptURL(WORKER) : WORKER;
  if (!worker) {
    const mine = new Worker(/** @type {any} */ (url), {type: 'module'});
    mine.addEventListener('error', () => { if (worker === mine) endWorker(); }); // it never began: whoever asks next starts another
    worker = mine;
  }
  return worker;
}

/** End the worker and with it every key in this tab. Safe when none was started. */
export function endWorker() {
  worker?.terminate();
  worker = null;
}

const SHIFTS = 3;
const WITHIN_MS = 5000;
const LARGEST_DRAFT = 60_000; // a keepalive request above 64 KiB is refused by browsers
const SHORTCUT_OFF = 'shift-off';

let leaving = false;

// A page that the browser keeps whole for Back or Forward would show again what was left, and its worker would keep the keys.
addEventListener('pagehide', (event) => { if (event.persisted) { blank(); endWorker(); } });
addEventListener('pageshow', (event) => { if (event.persisted) { blank(); location.reload(); } });

/**
 * Make the Leave link (and any `a[data-leave]`), the Shift shortcut and links between steps work.
 * @param {{beforeLeave?: () => Uint8Array | null | undefined}} [hooks] beforeLeave hands over what changed since the last
 *   autosave, already sealed; it is called at once, may not wait, and may fail
 */
export function watchLeaving({beforeLeave} = {}) {
  document.addEventListener('click', (event) => {
    const link = /** @type {Element} */ (event.target).closest?.('a');
    if (!link || event.defaultPrevented) return;
    if (link.id === 'leave' || 'leave' in link.dataset) {
      event.preventDefault();
      leave(beforeLeave);
    } else if ('step' in link.dataset && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      location.replace(link.href);
    }
  });
  watchShift(() => leave(beforeLeave));
}

/** Go now. @param {() => Uint8Array | null | undefined} [beforeLeave] */
export function leave(beforeLeave) {
  if (leaving) return;
  leaving = true;
  const exit = document.querySelector('a#leave')?.getAttribute('href') ?? '/exit';
  blank();
  stop(); // what is still on its way to the page would hold up what follows
  try { new BroadcastChannel('alongside').postMessage('left'); } catch { /* the other tabs lock at their next request */ }
  try {
    const draft = beforeLeave?.();
    const body = /** @type {BodyInit} */ (draft && draft.length < LARGEST_DRAFT ? draft : new Uint8Array(0));
    fetch('/exit', {
      method: 'POST', keepalive: true, cache: 'no-store', headers: {'Content-Type': 'application/octet-stream'}, body,
    }).catch(() => {});
  } catch {
    // A draft that can't be handed over must not hold anyone on this page.
  }
  try { sessionStorage.clear(); } catch { /* storage can be switched off */ }
  endWorker();
  location.replace(exit);
}

/** Take everything off the screen, the title too, before the next frame is painted. */
export function blank() {
  document.documentElement.classList.add('gone');
  document.title = _('Blank page');
  document.body.replaceChildren();
}

/** Whether three Shifts leave. @returns {boolean} */
export function shortcutOn() {
  try { return sessionStorage.getItem(SHORTCUT_OFF) === null; } catch { return true; }
}

/** Turn the Shift shortcut on or off in this tab, e.g. for Sticky Keys. @param {boolean} on */
export function setShortcut(on) {
  try {
    if (on) sessionStorage.removeItem(SHORTCUT_OFF);
    else sessionStorage.setItem(SHORTCUT_OFF, '1');
  } catch { /* storage can be switched off */ }
}

/** Three presses of Shift alone: a capital letter in between starts the count anew. @param {() => void} go */
function watchShift(go) {
  /** @type {number[]} */
  let presses = [];
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Shift') { presses = []; return; }
    if (event.repeat || !shortcutOn()) return;
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
    if (presses.length >= SHIFTS) go();
    else if (presses.length === SHIFTS - 1) announce(_('Press Shift once more to leave this site.'));
  }, true);
  document.addEventListener('pointerdown', () => { presses = []; }, true);
}
