/**
 * Letting somebody in, after a call on which the words matched: by one coordinator, by as many as must sign, or by the root sheet.
 *
 * Where two must sign, each signs only for people whose words they compared themselves: that is kept in the notebook, under
 * `heard`. A list signed by another is joined once everybody in it was heard; until then it stays as it is, so that nobody's
 * signature is lost.
 */
import { Malformed, equal, hex } from '../crypto/bytes.js';
import { publicKey, signThing } from '../crypto/keys.js';
import { readRootSheet, rootSeed } from '../crypto/method.js';
import { clockIsOff } from './clock.js';
import { directory, holders, myRoles, pinPerson } from './directory.js';
import { knowsList, publish, signer } from './listing.js';
import { note, notebook } from './notebook.js';
import { coSigned, isOld, listWith, needsRoot, proposal, propose, waitingBindings } from './proposal.js';
import { Trouble, wrongInput } from './trouble.js';

/** @typedef {import('./directory.js').Binding} Binding */
/** @typedef {import('./directory.js').Known} Known */

const TRIES = 3;

/**
 * The words of somebody who waits were compared and match: let them in, or sign for them.
 * @param {{binding: string, rootSheet?: string}} args hex hash
 * @returns {Promise<{listed: string[], signed: boolean}>} listed: the names of those who came in by it; signed: else my signature
 *   stands for this one, and others have to sign too
 * @throws {Trouble} 'needs-root', 'newer', Input
 */
async function certify({ binding, rootSheet = '' }) {
  const known = await directory({ reload: true });
  const waiting = await waitingBindings();
  const one = waiting.find(({ hash }) => hex(hash) === binding);
  if (!one) throw new Trouble('Refused', 'gone', 'Nobody of that name is waiting any more. Nothing was changed.');
  if (takesAPlace(one, known)) throw taken();
  const root = rootSheet.trim() ? rootSigner(known, rootSheet) : null;
  if (!root && (needsRoot(one) || !await enoughCoordinators(known))) throw needsRootSheet();
  if (!root && known.state.coordinators > 1) {
    await hear(one, waiting);
    const listed = await settle();
    return { listed, signed: !listed.length && await signedFor(binding) };
  }
  await pinPerson(one, { compared: true }); // before others rely on it: another tab may know better
  await publish(signThing(listWith(known, [one]), [root ?? signer()]));
  return { listed: [one.name], signed: true };
}

/** Whether this one came under the number of somebody listed, whose key others know, and does not follow their binding. @param {Binding} one @param {Known} known */
function takesAPlace(one, { all, state }) {
  const same = [...all.values()].filter(({ hash, person, fp }) => state.bindings.has(hex(hash)) && equal(person, one.person) && !equal(fp, one.fp));
  return same.length > 0 && !same.some(({ seq, hash }) => one.seq === seq + 1 && equal(one.prev, hash));
}

function taken() {
  return new Trouble('Refused', 'person-taken', 'Nothing was signed. This person joined under the number of somebody else in the list. Remove this key, and invite them anew.');
}

/** Remember whose words were compared, by binding, for as long as they wait. @param {Binding} one @param {Binding[]} waiting */
async function hear(one, waiting) {
  await pinPerson(one, { compared: true });
  await note((book) => {
    const before = waiting.map(({ hash }) => hex(hash)).filter((hash) => book.heard?.[hash]);
    book.heard = Object.fromEntries([...before, hex(one.hash)].map((hash) => [hash, true]));
  });
}

/** @param {Binding[]} waiting @returns {Binding[]} those whom I compared words with and may sign for */
function heardOf(waiting) {
  const { heard = {} } = notebook();
  return waiting.filter((one) => heard[hex(one.hash)] && !needsRoot(one));
}

/** @param {string} binding hex */
async function signedFor(binding) {
  const found = await proposal(await directory(), await waitingBindings());
  return !!found?.mine && found.added.some(({ hash }) => hex(hash) === binding);
}

/**
 * What follows from the words that were compared so far: a list signed by others is joined, or one's own is left for them.
 * Safe to repeat; a visit does, since a list that was renewed meanwhile has dropped what was half signed.
 * @returns {Promise<string[]>} the names of those who came in
 */
async function settle() {
  for (let tries = 1; ; tries += 1) {
    try {
      return await settleOnce();
    } catch (error) {
      if (!(error instanceof Trouble) || !['newer', 'drops'].includes(error.code)) throw error;
      if (tries >= TRIES) return []; // another coordinator is at it; the next visit goes on
    }
  }
}

/** The same on a coordinator's visit, unless the list is one that has to be looked at first. @returns {Promise<string[]>} */
export async function settleOnVisit() {
  return knowsList(await directory()) && !clockIsOff() && (await myRoles()).includes('coordinator') ? settle() : [];
}

/** @returns {Promise<string[]>} */
async function settleOnce() {
  const known = await directory({ reload: true });
  if (known.state.coordinators < 2 || !await enoughCoordinators(known)) return [];
  const waiting = await waitingBindings();
  const heard = heardOf(waiting);
  if (!heard.length) return [];
  const found = await proposal(known, waiting);
  if (found && !found.mine && found.added.every((one) => heard.includes(one))) return join(found, known);
  const alone = found?.mine && found.by.length === 1;
  if (!found || (alone && (isOld(found) || found.added.length < heard.length))) await propose(signThing(listWith(known, heard), [signer()]));
  return [];
}

/** @param {import('./proposal.js').Proposal} found whom I have all heard @param {Known} known @returns {Promise<string[]>} */
async function join(found, { state }) {
  const signed = coSigned(found);
  if (found.by.length + 1 < state.coordinators) {
    await propose(signed);
    return [];
  }
  await publish(signed);
  return [...found.added.map((one) => one.name), ...await settle()]; // whoever else I heard is left for others to sign
}

/** Sign for those I heard and leave out the others whom a colleague signed for; the colleague signs again. */
async function signOwn() {
  const known = await directory({ reload: true });
  const heard = heardOf(await waitingBindings());
  if (heard.length) await propose(signThing(listWith(known, heard), [signer()]), { drops: true });
  return {};
}

/** What is half signed, for the page. @param {Binding[]} waiting @returns {Promise<{names: string[], by: string[], mine: boolean, missing: string[], heard: string[]} | null>} missing: whom I have still to hear */
export async function listProposed(waiting) {
  const found = await proposal(await directory(), waiting);
  if (!found) return null;
  const heard = heardOf(waiting);
  const names = (/** @type {Binding[]} */ people) => people.map((one) => one.name);
  return { names: names(found.added), by: names(found.by), mine: found.mine, missing: names(found.added.filter((one) => !heard.includes(one))), heard: names(heard) };
}

/** @param {Known} known */
async function enoughCoordinators({ state }) {
  return new Set((await holders('coordinator')).map((one) => hex(one.person))).size >= state.coordinators;
}

function needsRootSheet() {
  return new Trouble('Refused', 'needs-root', 'This needs the root sheet. Type the code that is printed on it. Nothing was changed yet.');
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

export const certifyMethods = { 'people.certify': certify, 'people.signOwn': signOwn };
