/** The lines of the log that everybody can look for: what the organisation signed has a number in a lane of the site, and its line names it. */
import { H, b64u, equal, unb64u } from '../crypto/bytes.js';
import { unframe } from '../crypto/frame.js';
import { readSigned } from '../crypto/keys.js';
import { commit, laneTag, leaf, leafHash, siteLaneKey } from '../crypto/log.js';
import { logTrouble } from './log_trouble.js';
import { everyShown, shownAt } from './public.js';

/** @typedef {{lane: string, n: number, tag: Uint8Array, commit: Uint8Array}} SiteLine */

/** The tag of a number of one of the site's own lanes. @param {Uint8Array} site @param {string} name @param {number} n */
export const siteTag = (site, name, n) => laneTag(siteLaneKey(site, name), name, n);

/** @param {{tag: Uint8Array, commit: Uint8Array}} line @returns {Uint8Array} */
export const hashOfLine = (line) => leafHash(leaf(line.tag, line.commit));

/**
 * The line that something of the site's own must have in the log.
 * @param {Uint8Array} site @param {{lane: string, n: number, hash: Uint8Array}} thing hash: of its frame
 * @param {string} otherwise code of what is wrong when the site tells of something else
 * @returns {Promise<SiteLine>} @throws {import('./trouble.js').Trouble} Inconsistent
 */
export async function siteLine(site, { lane, n, hash }, otherwise) {
  const tag = siteTag(site, lane, n);
  const told = (await shownAt(lane, n)).find((/** @type {any} */ one) => one.event && one.tag === b64u(tag));
  if (!told || !equal(unframe('event', unb64u(told.event)).object, hash)) throw logTrouble(otherwise);
  return { lane, n, tag, commit: commit(unb64u(told.salt), unb64u(told.event)) };
}

/**
 * The lines of everything that is shown of one of the site's own lanes, from number 1.
 * @param {Uint8Array} site @param {string} lane @returns {Promise<SiteLine[]>} @throws {import('./trouble.js').Trouble} Inconsistent 'not-in-log'
 */
export async function shownIn(site, lane) {
  /** @type {SiteLine[]} */
  const lines = [];
  for await (const told of everyShown(lane)) {
    const n = lines.length + 1;
    const tag = siteTag(site, lane, n);
    if (told.n !== n || told.tag !== b64u(tag) || !told.event) throw logTrouble('not-in-log');
    if (told.signed && !equal(unframe('event', unb64u(told.event)).object, H(readSigned(unb64u(told.signed)).thing))) throw logTrouble('not-in-log');
    lines.push({ lane, n, tag, commit: commit(unb64u(told.salt), unb64u(told.event)) });
  }
  return lines;
}

/**
 * The lines of the list of people and the roots in force.
 * @param {Pick<import('./directory.js').Known, 'site' | 'state' | 'root'>} known @returns {Promise<SiteLine[]>}
 * @throws {import('./trouble.js').Trouble} Inconsistent 'list-not-in-log'
 */
export function listLines({ site, state, root }) {
  const wanted = [{ lane: 'directory', n: state.version, hash: state.hash }, { lane: 'root', n: root.version, hash: root.hash }];
  return Promise.all(wanted.map((thing) => siteLine(site, thing, 'list-not-in-log')));
}
