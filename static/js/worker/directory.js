/**
 * Who is who at this site, verified: the roots against the site that the words pin, each version against the one before,
 * each binding against the list and its own signature. Nothing here is taken on the server's word.
 *
 *   const { people, site } = await directory();     // people: Map<hex fp, Binding> of everyone in force whom we may see
 *   const desk = await holders('coordinator');      // [Binding], e.g. the recipients of a letter to the desk
 *   const nora = await person(fp);                  // Binding or null
 *   await mustBeFresh();                            // before an approval or a certification: throws Expired
 *   await checkPin(nora); await pinPerson(nora);    // throws Inconsistent when someone's key is not the one seen before
 *
 * A Binding is {fp, name, roles, person, ed_pk, xwing_pk, hash, day, seq} (crypto/people.js). Reading needs no fresh
 * directory, writing neither; approving does (protocol, "What a person meets").
 */
import { H, BadSignature, NotAllowed, b64u, hex, unb64u } from '../crypto/bytes.js';
import { start } from '../crypto/directory.js';
import { unframe } from '../crypto/frame.js';
import { readSigned } from '../crypto/keys.js';
import { nextRoot, readBinding, readRoot } from '../crypto/people.js';
import { nowS } from './clock.js';
import { isSignedIn, me } from './me.js';
import { get, post } from './net.js';
import { note, notebook } from './notebook.js';
import { Trouble } from './trouble.js';

/** @typedef {import('../crypto/people.js').Binding} Binding */
/** @typedef {Map<number, string>} Chain hash in base64url by version, each proven from the one before */
/**
 * @typedef {object} Known
 * @property {Uint8Array} site @property {import('../crypto/directory.js').Directory} state @property {import('../crypto/people.js').Root} root the newest one
 * @property {Map<string, Binding>} people in force, by hex fp @property {Map<string, Binding>} all whose own signature is good, by hex hash
 * @property {Chain} lists hash by version, of all that was walked @property {Chain} roots the same
 * @property {string[]} logKeys what the roots name or named as the log's key, newest first
 * @property {import('../crypto/people.js').Root[]} everyRoot from version 1
 * @property {Map<string, Uint8Array>} frames binding frames by hex hash @property {Map<string, Uint8Array>} signed the same in `signed`
 */

/** @type {Promise<any> | null} */
let facts = null;
/** @type {Promise<Known> | null} */
let verified = null;
/** @type {Promise<Known> | null} the same, once it is not older than what this account has seen */
let loaded = null;

/**
 * The site's own facts: {founded, site (bytes), offer: {least, most}, lines, name, log_vkey}. Not yet verified.
 * @throws {Trouble} 'not-founded'
 */
export async function siteFacts() {
  facts ??= get('/static/site.json').catch((error) => { facts = null; throw error; });
  const read = await facts;
  if (!read.founded) { facts = null; throw new Trouble('Refused', 'not-founded', 'This site has not been set up yet. Nothing was stored.'); }
  return { ...read, site: unb64u(read.site) };
}

/** Forget what was loaded: the next call asks the server again. */
export function reloadDirectory() {
  verified = null;
  loaded = null;
  facts = null;
}

/** @param {{reload?: boolean}} [options] @returns {Promise<Known>} */
export function directory({ reload = false } = {}) {
  if (reload) reloadDirectory();
  loaded ??= pinned().catch((error) => { loaded = null; throw error; });
  return loaded;
}

async function pinned() {
  const known = await verify();
  try {
    await checkDirectoryPin(known);
    return known;
  } catch (error) {
    if (!(error instanceof Trouble) || error.code !== 'directory-rolled-back') throw error;
  }
  verified = null; // another tab may have seen a newer list while this one was on its way: once more, then it stops
  const again = await verify();
  await checkDirectoryPin(again);
  return again;
}

function verify() {
  verified ??= load().catch((error) => { verified = null; throw error; });
  return verified;
}

/**
 * What the log signed, opened under its keys, which the roots name: first the one that it signs with now, then those of roots before,
 * for promises that were given under them. A page may be older than the newest key: what does not verify is tried once more under
 * roots that follow the ones known here. Asks nothing of the notebook, whose own saves need it.
 * @template T @param {(vkeys: string[]) => T} open @returns {Promise<T>} @throws what `open` throws
 */
export async function withLogKeys(open) {
  const known = await verify();
  try {
    return open(known.logKeys);
  } catch (error) {
    const newer = error instanceof BadSignature ? await laterThan(known) : null;
    if (!newer) throw error;
    return open(newer.logKeys);
  }
}

/** What is in force now, if its roots follow these. @param {Known} known @returns {Promise<Known | null>} */
async function laterThan({ root, roots }) {
  const [was, were] = [verified, loaded];
  reloadDirectory();
  const now = await verify();
  if (now.root.version > root.version && now.roots.get(root.version) === roots.get(root.version)) return now;
  [verified, loaded] = [was, were]; // what was refused is not what others here go by
  return null;
}

/** This site, whether or not anybody is signed in. @returns {Promise<Uint8Array>} 32 bytes */
export async function siteHere() {
  return isSignedIn() ? me().site : (await siteFacts()).site;
}

/** Every root that this site has had, proven from its id; asks nothing of the notebook either. @returns {Promise<import('../crypto/people.js').Root[]>} */
export async function provenRoots() {
  return (await verify()).everyRoot;
}

async function load() {
  const site = await siteHere();
  const answer = await post('/people/directory');
  const roots = answer.roots.map(unb64u);
  const frames = new Map();
  const signed = new Map();
  const all = new Map();
  for (const text of answer.bindings) {
    const whole = unb64u(text);
    const binding = readBinding(whole);
    const id = hex(binding.hash);
    all.set(id, binding);
    signed.set(id, whole);
    frames.set(id, readSigned(whole).thing);
  }
  const directories = answer.directories.map(unb64u);
  const state = start(site, roots, directories, frames);
  const people = new Map();
  for (const [id, binding] of all) if (inForce(state, frames.get(id))) people.set(hex(binding.fp), binding);
  const everyRoot = eachRoot(roots);
  const logKeys = [...new Set(everyRoot.map((one) => one.log_vkey).reverse())];
  return { site, state, root: state.root, people, all, frames, signed, lists: chainOf('directory', directories), roots: chainOf('root', roots), everyRoot, logKeys };
}

/** @param {Uint8Array[]} signed whose chain is proven */
function eachRoot([first, ...later]) {
  const found = [readRoot(readSigned(first).thing)];
  for (const one of later) found.push(nextRoot(found[found.length - 1], one));
  return found;
}

/** @param {string} tag @param {Uint8Array[]} shown frames `signed` @returns {Chain} */
function chainOf(tag, shown) {
  const things = shown.map((one) => readSigned(one).thing);
  return new Map(things.map((thing) => [unframe(tag, thing).version, b64u(H(thing))]));
}

/**
 * Whether what was seen before is part of this. A list may also begin after it: then its first version is signed by the roots.
 * @typedef {{version: number, hash: string}} Pin
 * @param {Pin} pin @param {Chain} chain
 */
function follows({ version, hash }, chain) {
  return version < Math.min(...chain.keys()) || chain.get(version) === hash;
}

/** @param {import('../crypto/directory.js').Directory} state @param {Uint8Array} frame */
function inForce(state, frame) {
  try {
    state.checkBinding(frame);
    return true;
  } catch (error) {
    if (error instanceof NotAllowed) return false;
    throw error;
  }
}

/** What this account has seen, list and roots, must be where it was in what is shown now. @param {{root: Pin, directory: Pin}} pins @param {Known} known */
function mustFollow(pins, { roots, lists }) {
  if (!follows(pins.root, roots)) throw directoryChanged();
  if (!follows(pins.directory, lists)) throw directoryChanged();
}

/** @param {Known} known */
async function checkDirectoryPin(known) {
  if (!isSignedIn()) return;
  const { state, root } = known;
  const seen = notebook().pins;
  mustFollow(/** @type {any} */ (seen), known);
  if (state.version === seen.directory.version && root.version === seen.root.version) return;
  const unsure = seen.directory.version === 0 && !me().made;
  await note(({ pins }) => {
    mustFollow(/** @type {any} */ (pins), known); // another tab may have seen more since
    if (pins.root.version < root.version) pins.root = { version: root.version, hash: b64u(root.hash) };
    if (pins.directory.version < state.version) pins.directory = { ...pins.directory, version: state.version, hash: b64u(state.hash), ...(unsure && { unsure }) };
  });
}

/** The list that was put in force from here: what is shown from now on must be it, or follow it. @param {number} version @param {Uint8Array} digest */
export async function pinDirectory(version, digest) {
  await note(({ pins }) => { if (pins.directory.version < version) pins.directory = { ...pins.directory, version, hash: b64u(digest) }; });
}

function directoryChanged() {
  return new Trouble('Inconsistent', 'directory-rolled-back', 'We stopped, because the list of people is older than the one you saw before, or another one in its place. Nothing you wrote was shown to anyone new. Tell a coordinator.');
}

/** Everyone in force who holds a role. @param {string} role @returns {Promise<Binding[]>} */
export async function holders(role) {
  return [...(await directory()).people.values()].filter((one) => one.roles.includes(role));
}

/** The binding in force of this fingerprint, if we may see it. @param {Uint8Array} fp @returns {Promise<Binding | null>} */
export async function person(fp) {
  return (await directory()).people.get(hex(fp)) ?? null;
}

/** @returns {Promise<string[]>} the roles of whoever is signed in, by the directory; none for a peer or someone not yet listed */
export async function myRoles() {
  return (await person(me().fp))?.roles ?? [];
}

/** For what may not wait on an old list: approving, certifying. Asks the server again: a page may have been open for hours. @throws {import('../crypto/bytes.js').Expired} */
export async function mustBeFresh() {
  (await directory({ reload: true })).state.checkFresh(nowS());
}

/** @param {Binding} binding @throws {Trouble} Inconsistent: this person had another key when last seen */
export async function checkPin(binding) {
  mustBeTheSame(notebook().pins, binding);
}

/** @param {{people: Record<string, string>}} pins @param {Binding} binding */
function mustBeTheSame({ people }, binding) {
  const pinned = people[hex(binding.person)];
  if (pinned && pinned !== hex(binding.fp)) {
    throw new Trouble('Inconsistent', 'pin-changed', 'We stopped, because this person’s key is not the one you knew. Nothing was shown to it. Compare the safety words with them by phone before you go on.', { fp: hex(binding.fp) });
  }
}

/** Remember this person's key. @param {Binding} binding @param {{compared?: boolean}} [options] compared: the safety words were read aloud again */
export async function pinPerson(binding, { compared = false } = {}) {
  if (!compared) await checkPin(binding);
  const [whom, fp] = [hex(binding.person), hex(binding.fp)];
  const known = notebook().pins.people[whom];
  if (known === fp) return;
  await note(({ pins }) => {
    if (!compared || pins.people[whom] !== known) mustBeTheSame(pins, binding); // another tab may have met this person since
    pins.people[whom] = fp;
    pins.names = { ...pins.names, [fp]: binding.name };
  });
}
