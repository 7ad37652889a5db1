/** Words or an address as the dots of a square code. Loaded only where one is shown. */
import { encode } from '../../vendor/uqr/uqr.mjs';

/** @param {string} text @returns {boolean[][]} rows, true is dark; the white edge is the page's */
export function dotsOf(text) {
  return encode(text, { ecc: 'M', border: 0 }).data;
}
