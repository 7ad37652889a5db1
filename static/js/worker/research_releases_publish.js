/**
 * What a steward does. A folder that `python -m release` wrote is held against its manifest before anything of it leaves this device,
 * looked at, signed and published: the one that was looked at is the one that goes out. And the sealed rows that wait, in one file for
 * `python -m crypto open-rows`; nothing of it is opened here.
 */
import { H, WrongPlace, b64u, equal, hex, unb64u } from '../crypto/bytes.js';
import { frame } from '../crypto/frame.js';
import { openBundle, signThing } from '../crypto/keys.js';
import { laneTag, siteLaneKey } from '../crypto/log.js';
import { dateOf, today } from './clock.js';
import { signer } from './listing.js';
import { me } from './me.js';
import { expectAct, post } from './net.js';
import { promised } from './promise.js';
import { provenReleases, sums } from './research_releases_proven.js';
import { Trouble, tell, wrongInput } from './trouble.js';

/** @typedef {{hash: Uint8Array, size: number, file: File}} Part @typedef {{files: Map<string, Part>, manifest: any, report: any}} Folder */

const [MANIFEST, REPORT] = ['manifest.json', 'attack-report.json'];
const BESIDE = [MANIFEST, REPORT, 'attack-report.html'];
const PRODUCTS = ['microdata', 'tables', 'public'];

/** @param {File[]} chosen @param {(done: number, of: number) => void} told @returns {Promise<Folder>} @throws {import('./trouble.js').Trouble} Input: what is wrong with it */
export async function readFolder(chosen, told) {
  const here = chosen.filter(({ name }) => !name.startsWith('.')); // what a computer leaves in folders for itself
  /** @type {Map<string, Part>} */
  const files = new Map();
  for (const [i, file] of here.entries()) {
    told(i, here.length);
    files.set(file.name, { hash: H(new Uint8Array(await file.arrayBuffer())), size: file.size, file });
  }
  const manifest = await json(files, MANIFEST);
  const report = await json(files, REPORT);
  checkNames(files, manifest);
  checkReport(report, hex(/** @type {Part} */ (files.get(MANIFEST)).hash));
  checkApproval(manifest);
  return { files, manifest, report };
}

/** @param {Map<string, Part>} files @param {string} name */
async function json(files, name) {
  const part = files.get(name);
  if (!part) throw wrongInput('folder', 'This is not a folder that the release tool wrote: its manifest or its attack report is missing. Choose the folder itself.');
  try {
    return JSON.parse(await part.file.text());
  } catch {
    throw wrongInput('folder', 'The manifest or the attack report can’t be read. Build the release again.');
  }
}

/** @param {Map<string, Part>} files @param {any} manifest */
function checkNames(files, { files: named, product }) {
  if (!named || !PRODUCTS.includes(product)) throw wrongInput('folder', 'The manifest or the attack report can’t be read. Build the release again.');
  for (const [name, hash] of Object.entries(named)) {
    const part = files.get(name);
    if (!part) throw wrongInput('folder', 'A file that the manifest names is not in the folder. Choose the whole folder, or build the release again.');
    if (hex(part.hash) !== hash) throw wrongInput('folder', 'A file was changed since the release was made. Build the release again.');
  }
  for (const name of files.keys()) if (!BESIDE.includes(name) && !Object.hasOwn(named, name)) throw wrongInput('folder', 'There is a file in the folder that its manifest does not name. Take it out, and choose the folder again.');
}

/** @param {any} report @param {string} manifest hex */
function checkReport({ manifest: of, holds, attacks }, manifest) {
  if (of !== manifest) throw wrongInput('folder', 'The attack report is of another release. Build the release again.');
  if (holds !== true || !Array.isArray(attacks) || !attacks.length || !attacks.every((one) => one.holds === true)) throw wrongInput('folder', 'An attack succeeds against this release. It must not be published.');
}

/** @param {any} manifest */
function checkApproval({ protocol, approved, approved_until: until }) {
  const now = dateOf(today());
  if (!String(protocol ?? '').trim() || !approved || !until) throw wrongInput('folder', 'The plan names no protocol number, or no days from which and until which it is approved. Put them into the plan, and build the release again.');
  if (now < approved || now > until) throw wrongInput('folder', 'The approval of the board is not in force today. Have it renewed, and put the new days into the plan.');
}

/** What a page shows of a folder before it is signed. @param {Folder} folder */
export function shownFolder({ files, manifest, report }) {
  return { ...shownManifest(manifest), files: [...files].map(([name, { size }]) => ({ name, size })), attacks: report.attacks };
}

/** @param {any} manifest */
export function shownManifest({ product, plan, series = '', number = 0, protocol, approved = '', approved_until: until = '', month = '', rows = null, loss = null, proven = null, targets = null, scheme = null, year = null }) {
  return { product, title: String(plan?.title ?? ''), plan: String(plan?.id ?? ''), series, number, protocol, approved, until, month, rows, loss, proven, targets, levels: scheme?.levels ?? null, year };
}

const PIECE = 1 << 20;

/** @type {Folder | null} what was looked at last */
let looked = null;

/** @param {{files: File[]}} args */
export async function chooseFolder({ files }) {
  looked = null;
  looked = await readFolder(files, (done, of) => tell('progress', { done, of }));
  return { ...shownFolder(looked), version: (await provenReleases()).length + 1 };
}

/** Sign the folder that was looked at, as release number `version`, and publish it. @param {{version: number}} args */
export async function publishFolder({ version }) {
  if (!looked) throw new Trouble('Refused', 'no-folder', 'Nothing was published. Choose the folder again.');
  const { files } = looked;
  const before = await provenReleases();
  if (before.length + 1 !== version) throw new Trouble('Refused', 'newer', 'This was changed somewhere else before you. Load it again, then repeat what you did.');
  await handIn([...files.values()]);
  expectAct();
  const { site, fp } = me();
  const manifest = /** @type {any} */ (files.get('manifest.json')).hash;
  const prev = before.at(-1)?.hash ?? new Uint8Array(32);
  const release = frame('release', { site, version, prev, manifest, day: today() });
  const listed = frame('attest', { site, fp, module: `release.${version}`, content: H(sums(files)), day: today() });
  const body = { release: signThing(release, [signer()]), listed: signThing(listed, [signer()]), files: [...files].map(([name, { hash, size }]) => ({ name, hash, size })) };
  const { receipt } = await post('/research/publish', body, { act: true });
  await promised(unb64u(receipt), { type: 'release', object: H(release), actor: fp, tag: laneTag(siteLaneKey(site, 'release'), 'release', version) });
  looked = null;
  return { version };
}

/** @param {Part[]} parts */
async function handIn(parts) {
  const of = parts.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const { file, hash, size } of parts) {
    for (let at = 0; at < size; at += PIECE) {
      const data = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
      await post('/research/files', { hash, place: at / PIECE, data });
      done += data.length;
      tell('progress', { done, of });
    }
  }
}

const MOST_PAGES = 100_000;

/** How many rows there are, by instrument and month, and how many wait for a batch; as the site says. */
export async function rowsStanding() {
  return post('/research/standing');
}

/** Every row, a page at a time, and what opens them at home. @returns {Promise<{text: string, count: number}>} */
export async function rowsFile() {
  const given = await post('/research/unlocking', {}, { act: true });
  const rows = [];
  for (let [after, pages] = [null, 0]; pages < MOST_PAGES; pages += 1) {
    const answer = await post('/research/rows', after ? { after } : {});
    rows.push(...answer.rows);
    tell('progress', { done: rows.length });
    if (!answer.after || !answer.rows.length) break;
    after = answer.after;
  }
  return { text: `${JSON.stringify({ 'alongside-rows': 1, ...ownKeys(given), rows, day: today() }, null, 1)}\n`, count: rows.length };
}

/** Held against the keys that are open here. @param {any} given */
function ownKeys({ role, kind, locator, wrap, bundle }) {
  const { site, fp, account_key: key, role: mine, method } = me();
  if (role !== mine || !method || method.kind !== kind || !equal(unb64u(locator), method.locator)) throw new WrongPlace('the way in of another account');
  openBundle(key, site, role, fp, unb64u(bundle));
  return { site: b64u(site), fp: b64u(fp), role, kind, locator, wrap, bundle };
}
