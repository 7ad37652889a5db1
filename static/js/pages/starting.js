/** Pages that are of no use to a stranger: what fails before anything stands on them is said there at once, with a way on. */
import { button } from '../parts/controls.js';
import { _ } from '../parts/say.js';
import { ready } from '../parts/shell.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** @param {() => Promise<void>} start @param {(changes: {error: AskError}) => void} show */
export async function startPage(start, show) {
  try {
    await start();
  } catch (error) {
    const told = 'words' in /** @type {any} */ (error);
    if (!told) reportError(error); // nobody else says which line it was
    try {
      show({ error: told ? /** @type {AskError} */ (error) : ownFault() });
    } finally {
      ready();
    }
  }
}

/** A script that did not load, or that is wrong. @returns {AskError} */
const ownFault = () => Object.assign(new Error('page'), {
  kind: 'Failed', code: 'page', words: _('This page did not start. That is our fault. Nothing was sent. Load it again.'), facts: {},
});

/** Where nothing is shown yet that could be lost. */
export const again = () => button(_('Try again'), () => location.reload(), { look: 'second' });
