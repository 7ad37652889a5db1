/** A folder that `python -m release` wrote, held against its manifest before anything of it leaves this device. */
import { H, hex } from '../crypto/bytes.js';
import { dateOf, today } from './clock.js';
import { wrongInput } from './trouble.js';

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

