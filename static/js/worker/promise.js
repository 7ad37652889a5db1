/** Receipts: the server's signed promise to put an event on the log, checked before anything is called sent. */
import { equal, hex, unb64u } from '../crypto/bytes.js';
import { frame } from '../crypto/frame.js';
import { checkReceipt, laneTag, siteLaneKey } from '../crypto/log.js';
import { withLogKeys } from './directory.js';
import { me } from './me.js';
import { Trouble } from './trouble.js';

const DAY_S = 86_400;

/** @typedef {{type: string, object: Uint8Array, actor: Uint8Array, subject?: Uint8Array, tag?: Uint8Array}} Expected */

/** The number under which a version of what the whole site shares stands in the log. @param {'root' | 'directory'} lane @param {number} version */
export const siteTag = (lane, version) => laneTag(siteLaneKey(me().site, lane), lane, version);

/**
 * What the receipt says, once it is signed by the site's log and is about this very thing.
 * @param {string | Uint8Array} receipt frame `receipt`
 * @param {Expected} expected tag: of the number that the writer knows to be its own
 * @returns {Promise<{time: number, leaf: Uint8Array}>} time: Unix seconds; of an entry that stands in the log already, its day
 * @throws {Trouble} 'receipt'
 */
export async function promised(receipt, expected) {
  const data = typeof receipt === 'string' ? unb64u(receipt) : receipt;
  const read = await withLogKeys((vkeys) => checkReceipt(data, me().site, vkeys));
  const right = read.type === expected.type && equal(read.object, expected.object) && equal(read.actor, expected.actor)
    && (!expected.subject || equal(read.subject, expected.subject)) && (!expected.tag || equal(read.tag, expected.tag));
  if (!right) throw new Trouble('Inconsistent', 'receipt', 'What you sent was taken, but the receipt is for something else. Nothing was shown to anyone new. Tell a coordinator.');
  return { time: read.time ?? read.day * DAY_S, leaf: read.leaf_hash };
}

/** The number of a leaf, as receipts show it. @param {Uint8Array} hash */
export function shownLeaf(hash) {
  return /** @type {string[]} */ (hex(hash).slice(0, 24).match(/.{4}/g)).join(' ');
}

/** The receipt of an event that was handed out with its salt. @param {any} one {salt, event, tag, promise} @returns {Uint8Array} frame */
export function receiptOf({ salt, event, tag, promise }) {
  return frame('receipt', { salt: unb64u(salt), event: unb64u(event), tag: unb64u(tag), index: 0, proof: [], checkpoint: promise });
}
