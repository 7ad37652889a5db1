/** What a member of staff says of themselves: name, roles, keys. Possession is signed here; authority is the directory's. */
import { Malformed, sodium } from '../crypto/bytes.js';
import { frame } from '../crypto/frame.js';
import { signThing } from '../crypto/keys.js';
import { checkName } from '../crypto/people.js';
import { today } from './clock.js';
import { wrongInput } from './trouble.js';

/** @param {string} typed @returns {string} in the one spelling that frames take @throws {import('./trouble.js').Trouble} Input */
export function readName(typed) {
  const name = typed.normalize('NFC').replaceAll('’', "'").replace(/\s+/gu, ' ').trim();
  try {
    checkName(name);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw wrongInput('name', 'Type your name in letters, with spaces, dots, hyphens or an apostrophe, at most 120 of them.');
  }
  return name;
}

/**
 * A person's first binding.
 * @param {{site: Uint8Array, name: string, roles: string[], identity: import('../crypto/keys.js').Identity}} of
 * @returns {{frame: Uint8Array, signed: Uint8Array}}
 */
export function makeBinding({ site, name, roles, identity }) {
  const binding = frame('binding', {
    site, person: sodium.randombytes_buf(16), seq: 1, prev: new Uint8Array(32), roles: [...roles].sort().join(','), name,
    ed_pk: identity.ed_pk, xwing_pk: identity.xwing_pk, day: today(),
  });
  return { frame: binding, signed: signThing(binding, [[identity.fp, identity.ed_seed]]) };
}
