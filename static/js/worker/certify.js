/**
 * Letting somebody in, after a call on which the words matched: by one coordinator, by as many as must sign, or by the root sheet.
 *
 * Where two must sign, each signs only for people whose words they compared themselves: that is kept in the notebook, under
 * `heard`. A list signed by another is joined once everybody in it was heard; until then it stays as it is, so that nobody's
 * signature is lost.
 *
 * Letters to the desk are sealed to each coordinator there was. Whoever can open one adds a stanza for a coordinator who came later.
 */
import { Malformed, b64u, concat, equal, hex, unb64u, unhex } from '../crypto/bytes.js';
import { frame } from '../crypto/frame.js';
import { publicKey, signThing } from '../crypto/keys.js';
import { addStanza, readMail, roleAddress } from '../crypto/letter.js';
import { readRootSheet, rootSeed } from '../crypto/method.js';
import { clockIsOff, mustKnowTheDate } from './clock.js';
import { checkPin, directory, holders, myRoles, person, pinPerson } from './directory.js';
import { knowsList, publish, signer } from './listing.js';
import { me } from './me.js';
import { post } from './net.js';
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
  mustKnowTheDate();
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

/**
 * The same on a coordinator's visit, unless the list is one that has to be looked at first. Where one coordinator decides, nobody waits for
 * another's signature. @returns {Promise<string[]>}
 */
export async function settleOnVisit() {
  const known = await directory();
  return known.state.coordinators > 1 && knowsList(known) && !clockIsOff() && (await myRoles()).includes('coordinator') ? settle() : [];
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
  mustKnowTheDate();
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

const KINDS = ['profile', 'answer', 'word'];

/** @typedef {{header: string, body: string, stanza: string}} Given a letter as the server hands it out */

/**
 * Hand on all letters and open cards that I can open. What is not for the desk, or does not open, is left where it is.
 * @param {Binding} to a coordinator in force
 * @returns {Promise<{count: number, left: number}>} how many were handed on, and how many did not open
 * @throws {Trouble} Inconsistent: not the key that was seen before
 */
export async function handOn(to) {
  await checkPin(to);
  let count = 0;
  let left = 0;
  for await (const given of deskLetters()) {
    const added = stanzaFor(given, to);
    if (added && await give(added, to)) count += 1;
    else left += 1;
  }
  return { count, left };
}

/** @param {{hash: Uint8Array, stanza: Uint8Array}} added @param {Binding} to @returns {Promise<boolean>} whether the server kept it */
async function give({ hash, stanza }, to) {
  const { added } = await post('/letters/stanzas', { hash, stanzas: [stanza] }, { act: true });
  return added.includes(b64u(to.fp));
}

async function* deskLetters() {
  for (let after = null, more = true; more;) {
    /** @type {{letters: (Given & {hash: string})[], more: boolean}} */
    const page = await post('/letters/mine', { kinds: KINDS, after });
    for (const one of page.letters) if (isForDesk(one, KINDS)) yield one;
    after = page.letters.at(-1)?.hash ?? null;
    more = page.more && after !== null;
  }
  for (let after = null, more = true; more;) {
    /** @type {{cards: {case: string}[], more: boolean}} those refused or closed are not among them */
    const page = await post('/desk/queue', { after });
    for (const { case: id } of page.cards) {
      const card = await post('/desk/card', { case: id }).catch((error) => {
        if (error instanceof Trouble && error.kind === 'Refused') return null; // sealed to others only
        throw error;
      });
      if (card && isForDesk(card, ['card'])) yield card;
    }
    after = page.cards.at(-1)?.case ?? null;
    more = page.more && after !== null;
  }
}

/** @param {Given} given */
function asMail({ header, body, stanza }) {
  return frame('mail', { header: unb64u(header), body: unb64u(body), stanzas: [unb64u(stanza)] });
}

/** The server may hand out any letter that I can open, also one that is between me and one person. @param {Given} given @param {string[]} kinds */
function isForDesk(given, kinds) {
  const { kind, site, to } = readMail(asMail(given));
  return kinds.includes(kind) && equal(site, me().site) && equal(to, roleAddress(site, 'coordinator'));
}

/** @param {Given} given @param {Binding} to @returns {{hash: Uint8Array, stanza: Uint8Array} | null} null: it does not open */
function stanzaFor(given, to) {
  try {
    const added = readMail(addStanza(asMail(given), me().identity, to));
    return { hash: added.hash, stanza: concat(to.fp, /** @type {Uint8Array} */ (added.stanzas.get(hex(to.fp)))) };
  } catch {
    return null; // one stranger's bad letter must not keep the others from the newcomer
  }
}

/** The same from the list of people. @param {{fp: string}} args hex */
async function handOnTo({ fp }) {
  const to = await person(unhex(fp));
  if (!to?.roles.includes('coordinator')) throw new Trouble('Refused', 'gone', 'This person is not a coordinator in force. Nothing was handed on.');
  return handOn(to);
}

export const handOnMethods = { 'people.handOn': handOnTo };
