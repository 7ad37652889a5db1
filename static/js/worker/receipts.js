/**
 * What the server signed to say that it took something. The log's key is in the root that the site's id pins, not in an answer.
 *
 *   await checkMyReceipt(receipt, { type: 'letter', object: hash });     // throws WrongPlace when it is for something else
 */
import { WrongPlace } from '../crypto/errors.js';
import { equal, unb64u } from '../crypto/frame.js';
import { checkReceipt } from '../crypto/receipt.js';
import { directory } from './directory.js';
import { me } from './me.js';

/**
 * @param {string} receipt base64url
 * @param {{type: string, object: Uint8Array, subject?: Uint8Array, actor?: Uint8Array, tag?: Uint8Array}} mine what was handed in
 * @param {string} [logVkey] when no directory stands yet
 * @returns {Promise<Record<string, any>>} the receipt's fields
 * @throws {import('../crypto/errors.js').SealError}
 */
export async function checkMyReceipt(receipt, mine, logVkey) {
  const read = checkReceipt(unb64u(receipt), me().site, logVkey ?? (await directory()).state.root.log_vkey);
  receiptIsMine(read, mine);
  return read;
}

/** @param {Record<string, any>} read @param {Record<string, any>} mine */
function receiptIsMine(read, { type, ...rest }) {
  const same = read.type === type && Object.entries(rest).every(([name, value]) => equal(read[name], value));
  if (!same) throw new WrongPlace('a receipt for something else');
}
