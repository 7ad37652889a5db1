/** Words of a key as somebody types them: which can't be right, said before a second is spent on trying them. */
import { ask } from './ask.js';
import { _, locale, ngettext } from './say.js';

/**
 * What can't be right: words that are not in the list, each with what may have been meant; else how many there are.
 * @param {string} typed @param {number} wanted @param {(there: string) => string} miscounted there: how many there are, in words
 * @returns {Promise<string>} '' when nothing is
 */
export async function faultOf(typed, wanted, miscounted) {
  const { unknown, count } = await ask('account.lookAtWords', { words: typed });
  if (unknown.length) return unknown.map(notInList).join(' ');
  return count === wanted ? '' : miscounted(ngettext('There is one word here.', 'There are %(num)s words here.', count));
}

/** @param {{position: number, near: string[]}} one */
const notInList = ({ position, near }) => (near.length
  ? _('Word %(n)s is not in our list. Did you mean %(near)s?', { n: position + 1, near: new Intl.ListFormat(locale(), { type: 'disjunction' }).format(near) })
  : _('Word %(n)s is not in our list. Look at it again.', { n: position + 1 }));
