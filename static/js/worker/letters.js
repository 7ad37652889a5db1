/** Sealed mail between people outside a case. */
import { roleAddress, sealLetter } from '../crypto/letter.js';
import { today } from './clock.js';
import { holders } from './directory.js';
import { me } from './me.js';

const NO_CASE = new Uint8Array(16);

/**
 * A letter that every coordinator can open, and the sender.
 * @param {string} kind profile, answer, word
 * @param {Record<string, any>} payload
 * @param {{about?: Uint8Array, sender?: import('../crypto/keys.js').Identity, site?: Uint8Array}} [options] sender, site: of someone not signed in yet
 * @returns {Promise<Uint8Array>} `mail` frame
 */
export async function sealToDesk(kind, payload, { about = NO_CASE, sender = me().identity, site = me().site } = {}) {
  const desk = await holders('coordinator');
  return sealLetter(sender, {
    site, kind, to: roleAddress(site, 'coordinator'), about, day: today(), payload, recipients: [...desk, sender],
  });
}

/** @type {Record<string, (args: any) => any>} */
export const methods = {};
