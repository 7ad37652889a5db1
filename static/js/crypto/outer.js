import { Malformed } from './errors.js';

/** Bytes that a box adds: commitment 32, nonce 24, tag 16. */
export const OVERHEAD = 72;
const FLOOR = 256;
const TAG = 16;
/** Bytes of a file in one chunk. */
export const CHUNK = 1024 * 1024;

/**
 * The Padme length that `n` bytes are padded to, 256 or more (Nikitin et al., PURBs, 2019).
 * @param {number} n
 * @returns {number}
 * @throws {RangeError}
 */
export function padme(n) {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError('not a length');
  const length = Math.max(n, FLOOR);
  const exponent = length.toString(2).length - 1;
  const step = 2 ** (exponent - exponent.toString(2).length);
  return Math.ceil(length / step) * step;
}

/** @param {Uint8Array} data @returns {Uint8Array} the same */
function refuseText(data) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return data;
  }
  throw new Malformed('text where sealed bytes belong');
}

/**
 * All that can be told of a box from outside: 72 bytes and a Padme length, and that it is no text sent by mistake.
 * @param {Uint8Array} data
 * @param {number | null} [plainLength] of the one length that is allowed, where there is one
 * @returns {Uint8Array} the same
 * @throws {Malformed}
 */
export function checkBox(data, plainLength = null) {
  const padded = data.length - OVERHEAD;
  if (padded < FLOOR || padme(padded) !== padded) throw new Malformed('not the length of a box');
  if (plainLength !== null && padded !== padme(plainLength + 1)) throw new Malformed('not the length of this box');
  return refuseText(data);
}

/** A stored chunk of a file: 272 bytes to 1 MiB + 16, and no text sent by mistake. @param {Uint8Array} data @throws {Malformed} */
export function checkChunk(data) {
  if (data.length < FLOOR + TAG || data.length > CHUNK + TAG) throw new Malformed('not the length of a chunk');
  return refuseText(data);
}
