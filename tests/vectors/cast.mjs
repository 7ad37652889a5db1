// The people of the vectors, each from seeds that are the hash of her name, and bytes that are the hash of a label.
import { H, utf8 } from '../../static/js/crypto/bytes.js';
import { identity } from '../../static/js/crypto/keys.js';

/** @param {string} label @param {number} [n] at most 32 */
export const bytes = (label, n = 32) => H(utf8(label)).slice(0, n);

export const zeros = (n) => new Uint8Array(n);

/** @param {string} name */
export const person = (name) => identity(bytes(`${name} ed`), bytes(`${name} xwing`));

export const seeds = ({ ed_seed, xwing_seed }) => ({ ed_seed, xwing_seed });

/** The same bytes with one bit changed. */
export function bent(data, at = data.length - 1) {
  const out = Uint8Array.from(data);
  out[at] ^= 1;
  return out;
}

export const DAY = 20779;
export const NOW = DAY * 86400;
