/**
 * Releases as the site tells of them, proven: each names the one before, a steward of this organisation signed it and the list of its
 * files, and its line is the log's. Whoever asks is not said, so a peer's browser may ask for all of them. Who is or ever was a steward
 * is told by lists of people that roots and coordinators signed: a release outlives the steward who signed it.
 *
 *   const releases = await provenReleases();           // Release[], from number 1 on
 *   fitting(release, 'classes.csv', bytes);            // throws when these bytes are not the ones that were signed
 */
import { H, equal, hex, unb64u, utf8 } from '../crypto/bytes.js';
import { start } from '../crypto/directory.js';
import { unframe } from '../crypto/frame.js';
import { readSigned, verifySigned } from '../crypto/keys.js';
import { readBinding } from '../crypto/people.js';
import { holders, siteHere } from './directory.js';
import { logTrouble } from './evidence.js';
import { isSignedIn } from './me.js';
import { postApart } from './net.js';
import { hashOfLine, siteLine, standings } from './receipts.js';
import { everyShown } from './restores.js';
import { Trouble } from './trouble.js';

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

/**
 * @typedef {object} Release
 * @property {number} version @property {number} day since 1970 @property {Uint8Array} hash of the release frame @property {string} by who signed
 * @property {Map<string, {hash: Uint8Array, size: number}>} files by name
 * @property {any} manifest what manifest.json says @property {string | null} classes text of classes.csv @property {string | null} levels text of levels.json @property {any} figures what public.json says, or null
 */

const BESIDE = ['manifest.json', 'attack-report.json', 'attack-report.html']; // named by no manifest
const NAME = /^[a-z][a-z0-9.-]{0,63}$/;
const PAUSES_MS = [0, 250, 500, 750, 1000, 1500, 2000, 2500];

/** @returns {Promise<Release[]>} @throws {Trouble} Inconsistent */
export async function provenReleases() {
  const site = await siteHere();
  const { releases } = await postApart('/research/public', {});
  /** @type {Release[]} */
  const proven = [];
  let prev = new Uint8Array(32);
  for (const told of releases) {
    const one = await prove(site, told, proven.length + 1, prev);
    proven.push(one);
    prev = /** @type {any} */ (one.hash);
  }
  await mustStand(site, proven);
  return proven;
}

/** @param {Uint8Array} site @param {any} told @param {number} version the one that comes next @param {Uint8Array} prev @returns {Promise<Release>} */
async function prove(site, told, version, prev) {
  const signed = unb64u(told.signed);
  const { thing } = readSigned(signed);
  const fields = unframe('release', thing);
  if (!equal(fields.site, site) || fields.version !== version || !equal(fields.prev, prev)) throw changed();
  const keys = await stewards([...readSigned(signed).sigs.keys()]);
  const signers = verifySigned(signed, new Map([...keys].map(([fp, one]) => [fp, one.ed_pk])));
  if (!signers.length) throw new Trouble('Inconsistent', 'release-unsigned', 'We stopped, because a release was not signed by a research steward of this organisation. Nothing was saved. Tell a coordinator.');
  const files = filesOf(told, { site, version, signer: signers[0], key: keys.get(signers[0])?.ed_pk });
  if (!equal(files.get('manifest.json')?.hash ?? prev, fields.manifest)) throw changed();
  const one = { version, day: fields.day, hash: H(thing), by: keys.get(signers[0])?.name ?? '', files, manifest: {}, classes: null, levels: null, figures: null };
  const shown = texts(one, told);
  if (!agree(files, shown.manifest.files)) throw changed(); // a steward could have signed two lists; the log has one manifest
  return { ...one, ...shown };
}

/** Whether a list of files is the manifest's own. @param {Map<string, {hash: Uint8Array}>} files @param {Record<string, string>} named */
function agree(files, named) {
  const listed = [...files].filter(([name]) => !BESIDE.includes(name));
  return listed.length === Object.keys(named).length && listed.every(([name, { hash }]) => named[name] === hex(hash));
}

/** The files, as the steward's own list has them. @param {any} told @param {{site: Uint8Array, version: number, signer: string, key?: Uint8Array}} by */
function filesOf(told, { site, version, signer, key }) {
  /** @type {Map<string, {hash: Uint8Array, size: number}>} */
  const files = new Map(told.files.map((/** @type {any} */ one) => [String(one.name), { hash: unb64u(one.hash), size: Number(one.size) }]));
  const listed = unb64u(told.listed);
  const word = unframe('attest', readSigned(listed).thing);
  const signed = key && verifySigned(listed, new Map([[signer, key]])).length > 0;
  if (!signed || !equal(word.site, site) || word.module !== `release.${version}`) throw changed();
  if (![...files.keys()].every((name) => NAME.test(name))) throw changed(); // a line end in a name would make two lines of one
  if (!equal(word.content, H(sums(files)))) throw changed();
  return files;
}

/** What a steward signs of the files: lines as `sha256sum` writes them. @param {Map<string, {hash: Uint8Array}>} files @returns {Uint8Array} */
export function sums(files) {
  return utf8([...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { hash }]) => `${hex(hash)}  ${name}\n`).join(''));
}

/** What of it is for everybody. @param {Release} one @param {any} told */
function texts(one, told) {
  const given = (/** @type {string} */ name, /** @type {string | null} */ text) => (text === null ? null : read(fitting(one, name, utf8(text))));
  const [manifest, classes, levels, figures] = [given('manifest.json', told.manifest), given('classes.csv', told.classes), given('levels.json', told.levels), given('public.json', told.public)];
  return { manifest: JSON.parse(manifest ?? '{}'), classes, levels, figures: figures === null ? null : JSON.parse(figures) };
}

/** @param {Uint8Array} data */
const read = (data) => new TextDecoder().decode(data);

/** The bytes, once they are the ones that were signed. @param {Release} release @param {string} name @param {Uint8Array} bytes @throws {Trouble} Inconsistent */
export function fitting(release, name, bytes) {
  const file = release.files.get(name);
  if (!file || !equal(H(bytes), file.hash)) throw changed();
  return bytes;
}

function changed() {
  return new Trouble('Inconsistent', 'release-changed', 'We stopped, because a release is not the one that the steward signed. Nothing was saved. Don’t use files that you got some other way. Tell a coordinator.');
}

/** Each has its line, told alike and, for whoever follows the log, in it. @param {Uint8Array} site @param {Release[]} proven */
async function mustStand(site, proven) {
  const lines = await Promise.all(proven.map(({ version, hash }) => siteLine(site, { lane: 'release', n: version, hash }, 'not-in-log')));
  if (!lines.length || !isSignedIn()) return;
  for (const pause of PAUSES_MS) { // what was published a moment ago is on its way
    await new Promise((resolve) => { setTimeout(resolve, pause); });
    if ((await standings(lines.map(hashOfLine))).every(Boolean)) return;
  }
  throw logTrouble('not-in-log');
}
