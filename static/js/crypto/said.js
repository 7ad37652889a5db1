import { BadSignature, CannotOpen } from './errors.js';
import { H, concat, equal, frame } from './frame.js';
import { sign } from './keys.js';
import { verify } from './signing.js';

/** @param {Uint8Array} header frame @param {Uint8Array} payload @returns {Uint8Array} what an author signs: these words, in this place */
function said(header, payload) {
  return frame('said', { header: H(header), payload: H(payload) });
}

/**
 * The plaintext of a record or letter.
 * @param {Uint8Array | null} edSeed null for nobody @param {Uint8Array} header @param {Uint8Array} payload
 * @returns {Uint8Array}
 */
export function writeSaid(edSeed, header, payload) {
  return concat(edSeed ? sign(edSeed, said(header, payload)) : new Uint8Array(64), payload);
}

/**
 * @param {Uint8Array} plaintext @param {Uint8Array} header @param {Uint8Array | null} edPk of the author, null for nobody
 * @returns {Uint8Array} payload
 * @throws {CannotOpen} @throws {BadSignature}
 */
export function readSaid(plaintext, header, edPk) {
  if (plaintext.length < 64) throw new CannotOpen('nothing said in there');
  const sig = plaintext.subarray(0, 64);
  const payload = plaintext.slice(64);
  if (edPk) verify(edPk, said(header, payload), sig);
  else if (!equal(sig, new Uint8Array(64))) throw new BadSignature('nobody does not sign');
  return payload;
}
