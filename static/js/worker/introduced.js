/** A letter of somebody whom we can't know yet: a complaint stands under no case, so no card says whose key wrote it. */
import { fromJson, unbox } from '../crypto/box.js';
import { H, equal, hex, unb64u } from '../crypto/bytes.js';
import { frame } from '../crypto/frame.js';
import { readMail } from '../crypto/letter.js';
import { readIdentity } from '../crypto/people.js';
import { openSeal } from '../crypto/seal.js';
import { me } from './me.js';

const SIGNATURE = 64;

/**
 * The identity frame in the letter's own payload, if the header's `from` is its fingerprint. Nothing else of the payload is
 * believed here: the letter is then read again, and its signature checked under this identity.
 * @param {Uint8Array} mail frame @returns {Uint8Array | null}
 */
export function introduced(mail) {
  const { identity: reader } = me();
  try {
    const { header, body, stanzas, from } = readMail(mail);
    const key = openSeal(reader.xwing_seed, frame('stanza', { header: H(header), fp: reader.fp }), stanzas.get(hex(reader.fp)));
    const { identity } = fromJson(unbox(key, header, body).slice(SIGNATURE));
    const whole = unb64u(identity);
    return equal(readIdentity(whole).fp, from) ? whole : null;
  } catch {
    return null; // it stays a letter of somebody we can't tell
  }
}
