/** A long thread shows its newest part; the rest is one press away. */
import { nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../parts/pieces.js';
import { _, ngettext } from '../parts/say.js';
import { announce } from '../parts/shell.js';
import { page, show } from './case_state.js';

const SHOWN_AT_ONCE = 100;

/** The first entry asked for, by its place in the case; without one the newest are shown. @returns {{id: string, seq: number} | null} */
const from = () => (page.earlier?.id === page.id ? page.earlier : null);

/** Where the shown part begins. What was asked for stays when new entries come. @param {{seq: number}[]} list */
function begins(list) {
  const newest = Math.max(0, list.length - SHOWN_AT_ONCE);
  const asked = list.findIndex((one) => one.seq >= (from()?.seq ?? Infinity));
  return asked < 0 ? newest : Math.min(newest, asked);
}

/** @template {{seq: number}} T @param {T[]} list in the order of the chain */
export const latest = (list) => list.slice(begins(list));

/** @param {{seq: number}[]} list all that could be shown */
export function earlierButton(list) {
  const hidden = begins(list);
  if (!hidden) return nothing;
  return button(_('Show earlier ones'), () => {
    const first = Math.max(0, hidden - SHOWN_AT_ONCE);
    show({ earlier: { id: page.id, seq: list[first].seq } });
    focusFirst();
    announce(ngettext('One earlier entry is shown.', '%(num)s earlier entries are shown.', hidden - first));
  }, { look: 'second' });
}

/** Reading goes on where the new part begins: the button may be gone. */
function focusFirst() {
  const first = /** @type {HTMLElement | null} */ (document.querySelector('#thread > li'));
  if (!first) return;
  first.tabIndex = -1;
  first.focus();
}
