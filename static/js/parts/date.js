/** A device whose date is far off signs letters with a wrong day. The person says which date is right. */
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { button } from './fields.js';
import { _, dayWords } from './say.js';

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
