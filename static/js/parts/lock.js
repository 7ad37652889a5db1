/**
 * What a page asks by itself. Ten minutes without a key or a touch lock it; a minute before, it asks, and one press keeps it open, as
 * often as you like. A device whose date is far off signs letters with a wrong day, so the person says which date is right.
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { button } from './controls.js';
import { _, dayWords, ngettext } from './say.js';

const MINUTE = 60_000;
const STAY_MS = 2 * MINUTE; // the server counts requests, and somebody who reads or writes may send none
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'input'];

/**
 * Watch for a page left alone.
 * @param {{onLock: () => void, onStay?: () => void, minutes?: number, warnAt?: number, now?: () => number}} options
 *   onLock must drop the keys and show the sign-in; onStay tells the server that somebody is here, every two minutes at most;
 *   now gives milliseconds
 * @returns {{lock: () => void, stop: () => void}} lock at once (the Lock button calls it), or stop watching
 */
export function watchIdle({onLock, onStay, minutes = 10, warnAt = 9, now = Date.now}) {
  let last = now();
  let stayed = last; // when the server was told last
  /** @type {HTMLDialogElement | null} */
  let dialog = null;

  const tabs = new BroadcastChannel('alongside-alive'); // a tab at work keeps the others of its session from locking it
  let told = 0;
  const noticed = () => { if (!dialog) last = now(); }; // once asked, only an answer counts
  const alive = () => {
    noticed();
    if (dialog || last - told < MINUTE / 4) return;
    told = last;
    tabs.postMessage('alive');
  };
  tabs.onmessage = () => { closeDialog(); last = now(); };
  const closeDialog = () => { dialog?.close(); dialog?.remove(); dialog = null; };
  const stop = () => {
    clearInterval(timer);
    tabs.close();
    document.removeEventListener('visibilitychange', look);
    for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, alive, true);
    closeDialog();
  };
  const lock = () => { stop(); onLock(); };
  const tell = () => { stayed = now(); onStay?.(); };
  const stay = () => { closeDialog(); last = now(); tabs.postMessage('alive'); tell(); };
  function look() {
    // Measured by the clock, not by ticks: a device that slept for an hour locks as it wakes.
    const idle = now() - last;
    if (idle >= minutes * MINUTE) lock();
    else if (idle >= warnAt * MINUTE) dialog ??= ask({stay, lock, minutes, left: minutes - warnAt});
    else if (last > stayed && now() - stayed >= STAY_MS) tell();
  }

  const timer = setInterval(look, 1000);
  document.addEventListener('visibilitychange', look);
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, alive, {capture: true, passive: true});
  document.getElementById('lock')?.addEventListener('click', lock);
  return {lock, stop};
}

/** @param {{stay: () => void, lock: () => void, minutes: number, left: number}} answers */
function ask({stay, lock, minutes, left}) {
  const exit = document.querySelector('a#leave')?.getAttribute('href'); // the bar lies behind the dialog
  const dialog = document.createElement('dialog');
  dialog.className = 'stack';
  dialog.setAttribute('aria-labelledby', 'idle-head');
  dialog.setAttribute('aria-describedby', 'idle-words');
  render(html`<h2 id="idle-head">${_('Are you still here?')}</h2>
    <p id="idle-words">${_('What you wrote is sealed and kept.')}
      ${ngettext('In a minute this page locks, so that nobody else can read it.', 'In %(num)s minutes this page locks, so that nobody else can read it.', left)}</p>
    <p class="buttons"><button class="button" type="button" autofocus @click=${stay}>${_('Keep it open')}</button>
      <button class="button second" type="button" @click=${lock}>${_('Lock it now')}</button></p>
    <p class="small soft">${_('You can keep it open as often as you like, %(minutes)s minutes at a time.', {minutes})}</p>
    ${exit ? html`<p><a class="textlink" href=${exit} data-leave>${_('Leave this site')}</a></p>` : nothing}`, dialog);
  dialog.addEventListener('cancel', (event) => { event.preventDefault(); stay(); });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Ask whether this is today's date.
 * @param {string} date YYYY-MM-DD, by the server
 * @returns {Promise<boolean>} true: use it
 */
export function askDate(date) {
  const dialog = document.createElement('dialog');
  dialog.className = 'stack';
  dialog.setAttribute('aria-labelledby', 'date-head');
  return new Promise((resolve) => {
    const answer = (/** @type {boolean} */ yes) => { dialog.close(); dialog.remove(); resolve(yes); };
    dialog.addEventListener('cancel', (event) => { event.preventDefault(); answer(false); });
    render(html`<h2 id="date-head">${_('Is today %(day)s?', { day: dayWords(date, { year: true }) })}</h2>
      <p>${_('This device shows another date. What you send carries a day, and lists of people run out by it, so it has to be the right one.')}</p>
      <p class="buttons">${button(_('Yes, it is'), () => answer(true))} ${button(_('No'), () => answer(false), { look: 'second' })}</p>
      <p class="small soft">${_('If not, you can go on reading. Sending and approving wait until the dates agree.')}</p>`, dialog);
    document.body.append(dialog);
    dialog.showModal();
  });
}
