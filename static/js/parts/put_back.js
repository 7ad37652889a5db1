/** The site was put back from a backup, and says so. What somebody had seen beyond it is gone: they are told, and asked once. */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { button } from './controls.js';
import { _, count, dayWords, ngettext } from './say.js';

/** @typedef {{lines: number, date: string}} Gone lines of the log; the day that the site was put back to, YYYY-MM-DD */
/** @typedef {{name: string, url: string} | null} File what this browser saw, to be saved */

/** @param {Gone} gone */
export const putBackTitle = ({ date }) => _('The site was put back to how it was on %(day)s', { day: dayWords(date) });

/** What that means, and what to do first. @param {Gone} gone @param {File} file @param {{asked?: boolean}} [options] asked: whoever reads it is asked to go on */
export const putBackWords = ({ lines }, file, { asked = true } = {}) => html`
  <p>${lines ? ngettext('One line of the log that you had seen is gone.', '%(lines)s lines of the log that you had seen are gone.', lines, { lines: count(lines) }) : _('What was done last may be gone.')} ${_('This is done after a fault. The people who hold the site’s root keys signed it.')}</p>
  <p>${_('What was written on that day or later may be missing.')}</p>
  <p>${asked ? _('If nobody told you of a fault, ask a coordinator by phone first. Until you go on, nothing can be written here, and not all of it may open.') : _('If nobody told you of a fault, ask a coordinator by phone. Load the page again to see the log as it is now.')}</p>
  ${file ? html`<p class="small"><a href=${file.url} download=${file.name}>${_('Save the evidence file')}</a> <span class="soft">${_('It holds none of your words and no key.')}</span></p>` : nothing}`;

/**
 * Ask before the page goes on.
 * @param {Gone} gone @param {File} file @returns {Promise<boolean>} true: go on from there
 */
export function askPutBack(gone, file) {
  const dialog = document.createElement('dialog');
  dialog.className = 'stack';
  dialog.setAttribute('aria-labelledby', 'put-back-head');
  return new Promise((resolve) => {
    const answer = (/** @type {boolean} */ yes) => { dialog.close(); dialog.remove(); resolve(yes); };
    dialog.addEventListener('cancel', (event) => { event.preventDefault(); answer(false); });
    render(html`<h2 id="put-back-head" tabindex="-1" autofocus>${putBackTitle(gone)}</h2>${putBackWords(gone, file)}
      <p class="buttons">${button(_('Go on from there'), () => answer(true))} ${button(_('Not now'), () => answer(false), { look: 'second' })}</p>`, dialog);
    document.body.append(dialog);
    dialog.showModal();
  });
}
