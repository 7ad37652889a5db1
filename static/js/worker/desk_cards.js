/**
 * Cards opened in this tab. A card comes from a stranger by way of the server: it counts only for the case of whoever signed it.
 */
import { WrongPlace, hex, unb64u, unhex } from '../crypto/bytes.js';
import { caseId } from '../crypto/entry.js';
import { readIdentity } from '../crypto/people.js';
import { keptOf, names, readCard, withCard } from './card.js';
import { myRoles } from './directory.js';
import { readLetter } from './letters.js';
import { me, whenForgotten } from './me.js';
import { post } from './net.js';
import { note, notebook } from './notebook.js';
import { Trouble } from './trouble.js';

/** @typedef {{id: string, identity: Uint8Array, nonce: Uint8Array, shown: import('./card.js').Shown, date: string, hash: string}} Card */

/** @type {Map<string, Card>} */
const cards = new Map();
whenForgotten(() => cards.clear());

/** @param {string} id hex @returns {Promise<Card>} */
export async function openCard(id) {
  const known = cards.get(id);
  if (known) return known;
  const answer = await post('/desk/card', { case: unhex(id) });
  const identity = unb64u(answer.identity);
  const letter = await readLetter(answer, await myRoles(), new Map([[hex(readIdentity(identity).fp), identity]]));
  if (!letter.payload) throw new Trouble('CannotOpen', 'card', 'This card does not open here. Nothing was changed. Ask another coordinator to open it.');
  const opened = { id, identity, nonce: ownNonce(id, identity, letter), shown: readCard(letter.payload), date: letter.date, hash: letter.hash };
  cards.set(id, opened);
  return opened;
}

/**
 * A card is about the case of the very person who signed it.
 * @param {string} id hex @param {Uint8Array} identity frame @param {import('./letters.js').Letter} letter opened
 * @returns {Uint8Array} the case's nonce @throws {WrongPlace}
 */
function ownNonce(id, identity, { from, payload }) {
  const { fp } = readIdentity(identity);
  const nonce = typeof payload?.nonce === 'string' ? unb64u(payload.nonce) : new Uint8Array();
  const right = hex(fp) === from && nonce.length === 16 && names(payload, identity, unhex(id));
  if (!right || hex(caseId(me().site, fp, new Uint8Array(16), nonce)) !== id) throw new WrongPlace('a card of another case');
  return nonce;
}

/** What the queue sorts by is kept in the private notebook: the server has no deadline. @param {Card} card */
export async function remember({ id, shown }) {
  const kept = keptOf(shown);
  if (JSON.stringify(notebook().desk?.[id]) === JSON.stringify(kept)) return;
  await note((book) => { book.desk = withCard(book.desk, id, kept); });
}
