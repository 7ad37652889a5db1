/** Who is or ever was a research steward, by lists of people that roots and coordinators signed. A release outlives the steward who signed it. */
import { hex, unb64u } from '../crypto/bytes.js';
import { start } from '../crypto/directory.js';
import { unframe } from '../crypto/frame.js';
import { readSigned } from '../crypto/keys.js';
import { readBinding } from '../crypto/people.js';
import { holders, siteHere } from './directory.js';
import { postApart } from './net.js';
import { everyShown } from './public.js';

/** @typedef {import('../crypto/people.js').Binding} Binding */

/** Those of these people who are or were stewards. @param {string[]} fps hex @returns {Promise<Map<string, Binding>>} by hex fp */
export async function stewards(fps) {
  const now = new Map((await holders('steward')).map((one) => [hex(one.fp), one]));
  return fps.every((fp) => now.has(fp)) ? now : everOne();
}

/** @type {Promise<Map<string, Binding>> | null} */
let ever = null;

function everOne() {
  ever ??= walk().catch((error) => { ever = null; throw error; });
  return ever;
}

/** Every list of people from the first one on, each proven from the one before. */
async function walk() {
  const site = await siteHere();
  const frames = await openToAll();
  const [roots, lists] = [await signedIn('root'), await signedIn('directory')];
  const state = start(site, roots.slice(0, 1), lists.slice(0, 1), frames);
  /** @type {Map<string, Binding>} */
  const found = new Map();
  let root = 1;
  for (const [i, signed] of lists.entries()) {
    const asked = hex(unframe('directory', readSigned(signed).thing).root);
    while (hex(state.root.hash) !== asked && root < roots.length) {
      state.acceptRoot(roots[root]);
      root += 1;
    }
    if (i) state.accept(signed, frames);
    for (const one of state.roleHolders('steward', frames)) found.set(hex(one.fp), one);
  }
  return found;
}

/** @param {string} lane @returns {Promise<Uint8Array[]>} frames `signed` in order */
async function signedIn(lane) {
  const found = [];
  for await (const told of everyShown(lane)) if (told.signed) found.push(unb64u(told.signed));
  return found;
}

/** Bindings of all coordinators and stewards that there ever were. @returns {Promise<Map<string, Uint8Array>>} frames by hex hash */
async function openToAll() {
  const frames = new Map();
  for (let after = { part: 'bindings', n: 0 }; ;) {
    const { bindings, more } = await postApart('/log/public', { after });
    for (const one of bindings.map(unb64u)) frames.set(hex(readBinding(one).hash), readSigned(one).thing);
    if (!more || more.n <= after.n) return frames;
    after = more;
  }
}
