/** The next version of the directory: somebody added, dropped or suspended, or the list renewed for another week. */
import { frame, hex, unb64u, unframe, unhex } from '../crypto/frame.js';
import { nextDirectory } from '../crypto/directory.js';
import { publicKey, signThing } from '../crypto/keys.js';
import { Malformed } from '../crypto/errors.js';
import { ROOT_ROLES, readBinding } from '../crypto/people.js';
import { readRootSheet, rootSeed } from '../crypto/sheet.js';
import { readSigned, verifySigned } from '../crypto/signing.js';
import { clockIsOff, dateOf, nowS } from './clock.js';
import { directory, holders, myRoles, pinPerson, reloadDirectory } from './directory.js';
import { me } from './me.js';
import { note, notebook } from './notebook.js';
import { post } from './net.js';
import { Trouble, wrongInput } from './trouble.js';

const DAY_S = 86_400;
const RENEW_S = 3 * DAY_S;
const OVER_S = 7 * DAY_S; // after that long nobody signs without looking: it may be what a server kept from before a suspension

/** @typedef {import('./directory.js').Binding} Binding */
/** @typedef {import('./directory.js').Known} Known */

/** Those who joined and are not listed. Each signed by its own key, of this site; no more is known of them. @returns {Promise<Binding[]>} */
export async function waitingBindings() {
  const { site, state } = await directory();
  const { waiting } = await post('/people/waiting');
  return waiting.map((/** @type {string} */ text) => readBinding(unb64u(text)))
    .filter((/** @type {Binding} */ one) => hex(one.site) === hex(site) && !state.bindings.has(hex(one.hash)) && !state.revoked.has(hex(one.fp)));
}

/**
 * List somebody whose safety words were compared. Coordinators and stewards need the root sheet; others need as many
 * coordinators as the root says, or the root sheet.
 * @param {{bindings: string[], rootSheet?: string}} args hex hashes
 * @returns {Promise<{done: boolean}>} done false: a second coordinator has to sign too
 * @throws {Trouble} 'needs-root', 'newer', Input
 */
async function certify({ bindings, rootSheet = '' }) {
  const known = await directory({ reload: true });
  const added = (await waitingBindings()).filter((one) => bindings.includes(hex(one.hash)));
  if (!added.length) throw new Trouble('Refused', 'gone', 'Nobody of that name is waiting any more. Nothing was changed.');
  const next = nextDirectory(known.state, added.map((one) => one.hash), [], [], nowS());
  if (rootSheet.trim()) await publish(signThing(next, [rootSigner(known, rootSheet)]));
  else if (added.some(needsRoot) || !await enoughCoordinators(known)) throw needsRootSheet();
  else if (known.state.coordinators === 1) await publish(signThing(next, [signer()]));
  else {
    await post('/people/propose', { directory: signThing(next, [signer()]) });
    for (const one of added) await pinPerson(one, { compared: true });
    return { done: false };
  }
  for (const one of added) await pinPerson(one, { compared: true });
  return { done: true };
}

/** @param {Binding} binding */
function needsRoot({ roles }) {
  return roles.some((role) => ROOT_ROLES.includes(role));
}

/** @param {Known} known */
async function enoughCoordinators({ state }) {
  return new Set((await holders('coordinator')).map((one) => hex(one.person))).size >= state.coordinators;
}

function needsRootSheet() {
  return new Trouble('Refused', 'needs-root', 'This needs the root sheet. Type the code that is printed on it. Nothing was changed yet.');
}

/** @returns {[Uint8Array, Uint8Array]} */
function signer() {
  return [me().fp, me().identity.ed_seed];
}

/** @param {Known} known @param {string} typed @returns {[Uint8Array, Uint8Array]} @throws {Trouble} Input */
function rootSigner({ state }, typed) {
  try {
    const seed = rootSeed(readRootSheet(typed), 0);
    const pk = publicKey(seed);
    if (state.root.root_pks.some((/** @type {Uint8Array} */ one) => hex(one) === hex(pk))) return [pk, seed];
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw wrongInput('rootSheet', 'These are not the forty letters of a root sheet. Look at each group again.');
  }
  throw wrongInput('rootSheet', 'This is a root sheet, but not the one of this site.');
}

/** @param {Uint8Array} signed */
async function publish(signed) {
  try {
    await post('/people/publish', { directory: signed });
  } finally {
    reloadDirectory();
  }
}

/**
 * What another coordinator proposes, read and checked here.
 * @param {Known} known @returns {Promise<{signed: Uint8Array, added: Binding[], by: Binding[]} | null>} null when there is none that may be signed
 */
async function proposal(known) {
  const { directory: text } = await post('/people/proposed');
  if (!text) return null;
  const signed = unb64u(text);
  const fields = unframe('directory', readSigned(signed).thing);
  const { state } = known;
  const listed = new Set(fields.bindings.map(hex));
  const added = (await waitingBindings()).filter((one) => listed.has(hex(one.hash)) && !needsRoot(one));
  const follows = fields.version === state.version + 1 && hex(fields.prev) === hex(state.hash) && hex(fields.root) === hex(state.root.hash);
  const onlyAdds = fields.revoked.length === state.revoked.size && fields.revoked.every((/** @type {Uint8Array} */ fp) => state.revoked.has(hex(fp)))
    && listed.size === state.bindings.size + added.length && [...state.bindings].every((hash) => listed.has(hash));
  if (!follows || !onlyAdds) return null;
  const desk = await holders('coordinator');
  const signers = verifySigned(signed, new Map(desk.map((one) => [hex(one.fp), one.ed_pk])));
  return { signed, added, by: desk.filter((one) => signers.includes(hex(one.fp))) };
}

/** The proposal, for the page. @returns {Promise<{bindings: string[], names: string[], by: string[], mine: boolean} | null>} */
export async function listProposed() {
  const found = await proposal(await directory());
  if (!found) return null;
  const { added, by } = found;
  return { bindings: added.map((one) => hex(one.hash)), names: added.map((one) => one.name), by: by.map((one) => one.name), mine: by.some((one) => hex(one.fp) === hex(me().fp)) };
}

/** Add the second signature, after comparing safety words as well, and put the new list in force. @param {{bindings: string[]}} args the people whose words were compared, all that the proposal adds */
async function agree({ bindings }) {
  const found = await proposal(await directory({ reload: true }));
  if (!found || found.added.some((one) => !bindings.includes(hex(one.hash)))) {
    throw changed();
  }
  const { thing, sigs } = readSigned(found.signed);
  const mine = readSigned(signThing(thing, [signer()])).sigs;
  const items = new Map([...sigs, ...mine]);
  await publish(frame('signed', { thing, sigs: [...items].map(([who, sig]) => Uint8Array.from([...unhex(who), ...sig])) }));
  for (const one of found.added) await pinPerson(one, { compared: true });
  return { done: true };
}

/** Suspend someone at once: no letter, case or list counts their key from now on. One coordinator is enough; undoing it needs new keys. @param {{binding: string}} args hex */
async function suspend({ binding }) {
  const known = await directory({ reload: true });
  const one = known.all.get(binding);
  if (!one) throw new Trouble('Refused', 'gone', 'This person is no longer in the list. Nothing was changed.');
  const drop = known.state.bindings.has(binding) ? [one.hash] : [];
  await publish(signThing(nextDirectory(known.state, [], drop, [one.fp], nowS()), [signer()]));
  return { done: true };
}

let renewed = false;

/** A list that ends within three days, for a coordinator who may renew it. */
async function isDue() {
  const { state } = await directory();
  return state.expires - nowS() < RENEW_S && !clockIsOff() && (await myRoles()).includes('coordinator');
}

/** Whether this account knows the list from one it trusts, and it is not long over: only then is it signed without being looked at. @param {Known} known */
function renewsItself({ state }) {
  return !notebook().pins.directory.unsure && nowS() - state.expires < OVER_S;
}

/** Renew a list that is due, on a coordinator's visit to any page. @returns {Promise<boolean>} whether it was, since this page was loaded */
export async function renewIfDue() {
  const known = await directory();
  if (!renewsItself(known) || !await isDue()) return renewed;
  try {
    await renew(known);
  } catch (error) {
    if (!(error instanceof Trouble) || error.code !== 'newer') throw error; // another coordinator was first
  }
  renewed = true;
  return renewed;
}

/** What a coordinator looks at before renewing by hand; null when there is nothing to decide. @returns {Promise<{version: number, until: string, over: boolean, listed: number, suspended: number} | null>} */
export async function renewalByHand() {
  const known = await directory();
  const { state } = known;
  if (renewsItself(known) || !await isDue()) return null;
  return { version: state.version, until: dateOf(Math.floor(state.expires / DAY_S)), over: state.expires <= nowS(), listed: state.bindings.size, suspended: state.revoked.size };
}

/** The coordinator has looked at this version. @param {{version: number}} args */
async function renewByHand({ version }) {
  const known = await directory({ reload: true });
  if (known.state.version !== version) throw changed();
  await renew(known);
  renewed = true;
  await note((book) => { delete book.pins.directory.unsure; });
  return {};
}

/** @param {Known} known */
function renew({ state }) {
  return publish(signThing(nextDirectory(state, [], [], [], nowS()), [signer()]));
}

function changed() {
  return new Trouble('Refused', 'newer', 'Nothing was signed. The list has changed since you opened this page. Look at it again.');
}

export const listingMethods = { 'people.certify': certify, 'people.agree': agree, 'people.suspend': suspend, 'people.renew': renewIfDue, 'people.renewByHand': renewByHand };
