/**
 * Who is signed in in this tab. The only place that holds keys between two calls; empty after a lock.
 *
 *   const { identity, account_key, site, fp } = me();      // throws Trouble 'Locked' when nobody is signed in
 */
import { Trouble } from './trouble.js';

/**
 * @typedef {object} Me
 * @property {Uint8Array} site 32 bytes
 * @property {'peer' | 'staff'} role
 * @property {Uint8Array} fp
 * @property {import('../crypto/keys.js').Identity} identity {ed_seed, xwing_seed, ed_pk, xwing_pk, frame, fp}
 * @property {Uint8Array} account_key 32 bytes
 * @property {{kind: string, locator: Uint8Array, login_seed: Uint8Array} | null} method the one that acts are signed with
 * @property {boolean} submitted a peer whose case has been sent
 * @property {boolean} [made] the account was made in this very worker, so that its notes can't be older ones
 */

/** @type {Me | null} */
let here = null;

/** Whoever is signed in. @returns {Me} @throws {Trouble} Locked */
export function me() {
  if (!here) throw new Trouble('Locked', 'locked', 'Locked, and nothing is lost. Open it again with your words.');
  return here;
}

/** @returns {boolean} */
export function isSignedIn() {
  return here !== null;
}

/** @param {Me} whom */
export function setMe(whom) {
  here = whom;
}

/** @type {(() => void)[]} */
const forgetting = [];

/** Whatever else a module knows of this person goes when the keys go. @param {() => void} forget */
export function whenForgotten(forget) {
  forgetting.push(forget);
}

/** Drop the keys. Their bytes are overwritten first. */
export function forgetMe() {
  for (const forget of forgetting) forget();
  if (here) {
    for (const secret of [here.account_key, here.identity.ed_seed, here.identity.xwing_seed, here.method?.login_seed]) secret?.fill(0);
  }
  here = null;
}
