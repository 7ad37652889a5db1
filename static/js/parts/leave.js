/** The way out: the page is blank in the frame in which it is left, and Back does not bring it back.
    Nothing here waits. What the draft's autosave already kept is on the server; the rest goes along, sealed, or is lost. */
import {announce} from './dom.js';
import {_} from './say.js';
import {endWorker} from './trusted.js';

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
