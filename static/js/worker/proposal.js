/** The next list of people that still lacks a coordinator's signature: read and checked here, joined, or made anew. */
import { hex, unb64u, unhex } from '../crypto/bytes.js';
import { nextDirectory } from '../crypto/directory.js';
import { frame, unframe } from '../crypto/frame.js';
import { readSigned, signThing, verifySigned } from '../crypto/keys.js';
import { ROOT_ROLES, readBinding } from '../crypto/people.js';
import { nowS } from './clock.js';
import { directory, holders } from './directory.js';
import { signer } from './listing.js';
import { me } from './me.js';
import { post } from './net.js';

/** @typedef {import('./directory.js').Binding} Binding */
/** @typedef {import('./directory.js').Known} Known */
/** @typedef {{signed: Uint8Array, issued: number, added: Binding[], by: Binding[], mine: boolean}} Proposal */

const DAY_S = 86_400;
const KEPT_S = 3 * DAY_S; // the server takes no list that was dated longer ago

/** Those who joined and are not listed. Each signed by its own key, of this site; no more is known of them. @returns {Promise<Binding[]>} */
export async function waitingBindings() {
  const { site, state } = await directory();
  const { waiting } = await post('/people/waiting');
  return waiting.map((/** @type {string} */ text) => readBinding(unb64u(text)))
    .filter((/** @type {Binding} */ one) => hex(one.site) === hex(site) && !state.bindings.has(hex(one.hash)) && !state.revoked.has(hex(one.fp)));
}

/** @param {Binding} binding */
export function needsRoot({ roles }) {
  return roles.some((role) => ROOT_ROLES.includes(role));
}

/** The list with these people in it. @param {Known} known @param {Binding[]} people */
export function listWith({ state }, people) {
  return nextDirectory(state, people.map((one) => one.hash), [], [], nowS());
}

/**
 * What one coordinator or several have signed and others have still to sign.
 * @param {Known} known @param {Binding[]} waiting
 * @returns {Promise<Proposal | null>} null when there is none that may be signed
 */
export async function proposal(known, waiting) {
  const { directory: text } = await post('/people/proposed');
  if (!text) return null;
  const signed = unb64u(text);
  const fields = unframe('directory', readSigned(signed).thing);
  const listed = new Set(fields.bindings.map(hex));
  const added = waiting.filter((one) => listed.has(hex(one.hash)) && !needsRoot(one));
  if (!follows(fields, known) || !onlyAdds(fields, listed, added, known) || fields.issued < nowS() - KEPT_S) return null;
  const desk = await holders('coordinator');
  const signers = verifySigned(signed, new Map(desk.map((one) => [hex(one.fp), one.ed_pk])));
  const by = desk.filter((one) => signers.includes(hex(one.fp)));
  return { signed, issued: fields.issued, added, by, mine: by.some((one) => hex(one.fp) === hex(me().fp)) };
}

/** @param {Record<string, any>} fields @param {Known} known */
function follows({ version, prev, root }, { state }) {
  return version === state.version + 1 && hex(prev) === hex(state.hash) && hex(root) === hex(state.root.hash);
}

/** @param {Record<string, any>} fields @param {Set<string>} listed @param {Binding[]} added @param {Known} known */
function onlyAdds({ revoked }, listed, added, { state }) {
  return revoked.length === state.revoked.size && revoked.every((/** @type {Uint8Array} */ fp) => state.revoked.has(hex(fp)))
    && listed.size === state.bindings.size + added.length && [...state.bindings].every((hash) => listed.has(hash));
}

/** The same list with my signature beside those it has. @param {Proposal} found */
export function coSigned({ signed }) {
  const { thing, sigs } = readSigned(signed);
  const items = new Map([...sigs, ...readSigned(signThing(thing, [signer()])).sigs]);
  return frame('signed', { thing, sigs: [...items].map(([who, sig]) => Uint8Array.from([...unhex(who), ...sig])) });
}

/** Signed a day ago or longer: to be dated anew while it waits. @param {Proposal} found */
export const isOld = ({ issued }) => issued < nowS() - DAY_S;

/** Leave a list for others to sign. @param {Uint8Array} signed @param {{drops?: boolean}} [with_] drops: whoever others signed for may be left out */
export async function propose(signed, { drops = false } = {}) {
  await post('/people/propose', { directory: signed, drops });
}
