/** The intake's first page, on which nothing is kept or sent. All that seals is loaded when somebody goes on, and fetched when they read on. */
import { render } from '../../vendor/lit-html/lit-html.js';
import { resume, showLocked } from '../parts/ask.js';
import { _ } from '../parts/say.js';
import { byId, ready, setBusy, setShortcut, shortcutOn, watchLeaving } from '../parts/shell.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** @type {typeof import('./intake_writing.js') | null} */
let writing = null;

async function load() {
  writing ??= await import('./intake_writing.js');
  return writing;
}

/** @param {'short' | 'full'} path */
function watchGo(path) {
  const button = byId(`go-${path}`);
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-busy')) return;
    setBusy(button, true);
    try {
      await (await load()).begin(path);
    } catch (error) {
      sayFailed(/** @type {AskError} */ (error));
    } finally {
      setBusy(button, false);
    }
  });
}

/** Some part of the page did not load or does not work: then nothing can be typed, and it says so. @param {AskError} error */
function sayFailed(error) {
  if (writing && error.words) { writing.sayTrouble(error); return; }
  const said = byId('start-failed');
  said.hidden = false;
  if (error.words) byId('start-failed-words').textContent = error.words;
  said.scrollIntoView({ block: 'center' });
  said.focus();
}

/** Draw the address when it comes into sight. */
function watchAddress() {
  byId('address').textContent = location.host;
  const place = byId('address-qr');
  new IntersectionObserver(async (seen, watcher) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watcher.disconnect();
    try {
      const [{ dotsOf }, { square }] = await Promise.all([import('../parts/dots.js'), import('../parts/wordsheet.js')]);
      render(square(dotsOf(`${location.origin}/`), _('Square code with the address of this site')), place);
    } catch { /* the address stands beside it in letters */ }
  }).observe(byId('take'));
}

function watchShortcut() {
  const box = /** @type {HTMLInputElement} */ (byId('shift-off'));
  box.checked = !shortcutOn();
  box.addEventListener('change', () => setShortcut(!box.checked));
}

const SIGNS = ['scroll', 'pointermove', 'pointerdown', 'keydown'];

/**
 * Whoever reads on may write: what that takes is fetched meanwhile. Shift alone may be the way out, and browsers say of a pointer that
 * lies still that it moved.
 * @param {any} event
 */
function readsOn({ type, key, movementX, movementY }) {
  if (key === 'Shift' || (type === 'pointermove' && !movementX && !movementY)) return;
  for (const one of SIGNS) removeEventListener(one, readsOn);
  import('../parts/ahead.js').then(({ fetchAhead }) => fetchAhead('intake')).catch(() => {}); // the press fetches what is not there
}

/** Whether this tab may still be open to somebody. */
function wasHere() {
  try { return sessionStorage.getItem('tab') !== null; } catch { return false; }
}

async function start() {
  watchLeaving({ beforeLeave: () => writing?.handOver() });
  watchAddress();
  watchShortcut();
  watchGo('short');
  watchGo('full');
  for (const one of SIGNS) addEventListener(one, readsOn, { passive: true });
  if (!wasHere()) { ready(); return; }
  try {
    const who = await resume();
    if (who?.submitted || who?.role === 'staff') { location.replace(who.role === 'staff' ? '/sign-in' : '/case'); return; }
    if (!who) { showLocked(); return; }
    await (await load()).goOn(who.fp);
  } catch (error) {
    sayFailed(/** @type {AskError} */ (error));
  }
  ready();
}
start();
