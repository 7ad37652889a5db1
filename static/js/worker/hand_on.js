/** Letters to the desk are sealed to each coordinator there was. Whoever can open one adds a stanza for a coordinator who came later. */
import { b64u, concat, equal, hex, unb64u, unhex } from '../crypto/bytes.js';
import { frame } from '../crypto/frame.js';
import { addStanza, readMail, roleAddress } from '../crypto/letter.js';
import { checkPin, person } from './directory.js';
import { me } from './me.js';
import { post } from './net.js';
import { Trouble } from './trouble.js';

const KINDS = ['profile', 'answer', 'word'];

/** @typedef {{header: string, body: string, stanza: string}} Given a letter as the server hands it out */
/** @typedef {import('./directory.js').Binding} Binding */

/**
 * Hand on all letters and open cards that I can open. What is not for the desk, or does not open, is left where it is.
 * @param {Binding} to a coordinator in force
 * @returns {Promise<{count: number, left: number}>} how many were handed on, and how many did not open
 * @throws {Trouble} Inconsistent: not the key that was seen before
 */
export async function handOn(to) {
  await checkPin(to);
  let count = 0;
  let left = 0;
  for await (const given of deskLetters()) {
    const added = stanzaFor(given, to);
    if (added && await give(added, to)) count += 1;
    else left += 1;
  }
  return { count, left };
}

/** @param {{hash: Uint8Array, stanza: Uint8Array}} added @param {Binding} to @returns {Promise<boolean>} whether the server kept it */
async function give({ hash, stanza }, to) {
  const { added } = await post('/letters/stanzas', { hash, stanzas: [stanza] }, { act: true });
  return added.includes(b64u(to.fp));
}

async function* deskLetters() {
  for (let after = null, more = true; more;) {
    /** @type {{letters: (Given & {hash: string})[], more: boolean}} */
    const page = await post('/letters/mine', { kinds: KINDS, after });
    for (const one of page.letters) if (isForDesk(one, KINDS)) yield one;
    after = page.letters.at(-1)?.hash ?? null;
    more = page.more && after !== null;
  }
  for (let after = null, more = true; more;) {
    /** @type {{cards: {case: string}[], more: boolean}} those refused or closed are not among them */
    const page = await post('/desk/queue', { after });
    for (const { case: id } of page.cards) {
      const card = await post('/desk/card', { case: id }).catch((error) => {
        if (error instanceof Trouble && error.kind === 'Refused') return null; // sealed to others only
        throw error;
      });
      if (card && isForDesk(card, ['card'])) yield card;
    }
    after = page.cards.at(-1)?.case ?? null;
    more = page.more && after !== null;
  }
}

/** @param {Given} given */
function asMail({ header, body, stanza }) {
  return frame('mail', { header: unb64u(header), body: unb64u(body), stanzas: [unb64u(stanza)] });
}

/** The server may hand out any letter that I can open, also one that is between me and one person. @param {Given} given @param {string[]} kinds */
function isForDesk(given, kinds) {
  const { kind, site, to } = readMail(asMail(given));
  return kinds.includes(kind) && equal(site, me().site) && equal(to, roleAddress(site, 'coordinator'));
}

/** @param {Given} given @param {Binding} to @returns {{hash: Uint8Array, stanza: Uint8Array} | null} null: it does not open */
function stanzaFor(given, to) {
  try {
    const added = readMail(addStanza(asMail(given), me().identity, to));
    return { hash: added.hash, stanza: concat(to.fp, /** @type {Uint8Array} */ (added.stanzas.get(hex(to.fp)))) };
  } catch {
    return null; // one stranger's bad letter must not keep the others from the newcomer
  }
}

/** The same from the list of people. @param {{fp: string}} args hex */
async function handOnTo({ fp }) {
  const to = await person(unhex(fp));
  if (!to?.roles.includes('coordinator')) throw new Trouble('Refused', 'gone', 'This person is not a coordinator in force. Nothing was handed on.');
  return handOn(to);
}

export const handOnMethods = { 'people.handOn': handOnTo };
