/** A new account: keys made here, sealed under words that only the person will have. Peers, staff and founder alike. */
import { H, b64u, sodium } from '../crypto/bytes.js';
import { frame } from '../crypto/frame.js';
import { laneAccount, newIdentity, sealBundle, sealNotebook, sign } from '../crypto/keys.js';
import { laneTag } from '../crypto/log.js';
import { method, wordsSecret, wrap } from '../crypto/method.js';
import { today } from './clock.js';
import { blankNotebook } from './notebook.js';

/**
 * @typedef {object} Prepared
 * @property {Uint8Array} enrol frame @property {Uint8Array} sig its 64 bytes @property {Uint8Array} box notebook version 1
 * @property {Uint8Array} tag of the notebook's leaf @property {import('./me.js').Me} me
 */

/**
 * Everything that an enrolment needs, ready to be sent; nothing has left this device.
 * @param {{site: Uint8Array, role: 'peer' | 'staff', words: string, email?: string, identity?: import('../crypto/keys.js').Identity}} from
 * @returns {Prepared}
 */
export function prepareEnrolment({ site, role, words, email = '', identity = newIdentity() }) {
  const by = method(wordsSecret(words, site, role, email), site, role, 'words');
  const account_key = sodium.randombytes_buf(32);
  const { fp } = identity;
  const book = blankNotebook();
  book.methods.push(methodNote(by));
  const box = sealNotebook(account_key, site, fp, 1, book);
  const tag = laneTag(laneAccount(identity), 'account', 1);
  const enrol = frame('enrol', {
    site, role, ed_pk: identity.ed_pk, xwing_pk: identity.xwing_pk, locator: by.locator, kind: by.kind, login_pk: by.login_pk,
    wrap: wrap(by, site, role, fp, account_key), bundle: sealBundle(account_key, site, role, identity), notebook: box, tag,
  });
  return { enrol, sig: sign(identity.ed_seed, enrol), box, tag, me: { site, role, fp, identity, account_key, method: by, submitted: false, made: true } };
}

/** What the notebook keeps of a method. Its login seed signs acts after a move to another page; it opens nothing. @param {import('../crypto/method.js').Method} by */
export function methodNote(by) {
  return { kind: by.kind, locator: b64u(by.locator), login_seed: b64u(by.login_seed), day: today() };
}

/** The name of a site from its first root frame. @param {Uint8Array} root frame @returns {Uint8Array} */
export function siteOf(root) {
  return H(root);
}
