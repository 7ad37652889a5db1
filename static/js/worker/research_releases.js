/**
 * Releases, for the page /research. With or without an account:
 *   releases.look       every release, proven, and the figures for everybody
 * For researchers, who sign the terms, take files and make tokens for scripts:
 *   releases.terms  .agree  .open  .take  .tokens  .makeToken  .dropToken
 * For stewards: releases.choose (a folder)  .publish  .open  .rowsStanding  .rowsFile
 */
import { H, b64u, equal, hex, sodium, unb64u, unhex, utf8 } from '../crypto/bytes.js';
import { frame, unframe } from '../crypto/frame.js';
import { readSigned, signThing, verifySigned } from '../crypto/keys.js';
import { dateOf, today } from './clock.js';
import { directory, siteHere } from './directory.js';
import { evidenceOf, refused } from './evidence.js';
import { signer } from './listing.js';
import { isSignedIn, me } from './me.js';
import { post, postForFile } from './net.js';
import { promised } from './promise.js';
import { fitting, provenReleases } from './research_releases_proven.js';
import { chooseFolder, publishFolder, rowsFile, rowsStanding, shownManifest } from './research_releases_publish.js';
import { siteShown } from './shown.js';
import { STOPS, Trouble, told } from './trouble.js';

/**
 * Small CSV files of a release: commas, quotes doubled inside quotes, lines that end as they like (RFC 4180).
 * @param {string} text @returns {Record<string, string>[]} a row by the names of the first line
 */
export function parseCsv(text) {
  const [names = [], ...rows] = lines(text);
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

/** @param {string} text @returns {string[][]} */
function lines(text) {
  /** @type {string[][]} */
  const found = [];
  let row = /** @type {string[]} */ ([]);
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain ?? '' : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') found.push(row);
    row = [];
  }
  return found;
}

const TERMS = 'data-use.v1';
const DAY_S = 86_400;

/** The terms in force, and the day on which this researcher signed them, if they did. */
export async function terms() {
  const text = await (await fetch(`/static/${TERMS}.txt`)).text();
  const { signed } = await post('/research/agreement');
  return { text, signed: signed && dayOf(unb64u(signed), text) };
}

/** @param {Uint8Array} signed @param {string} text @returns {string | null} null: other terms, or another's yes */
function dayOf(signed, text) {
  const { site, fp, identity } = me();
  const word = unframe('attest', readSigned(signed).thing);
  const mine = verifySigned(signed, new Map([[hex(fp), identity.ed_pk]])).length > 0;
  const same = equal(word.site, site) && word.module === TERMS && equal(word.content, H(utf8(text)));
  return mine && same ? dateOf(word.day) : null;
}

/** Sign the text that is on the screen. @param {{text: string}} args */
export async function agree({ text }) {
  const { site, fp } = me();
  const word = frame('attest', { site, fp, module: TERMS, content: H(utf8(text)), day: today() });
  const { receipt } = await post('/research/agree', { signed: signThing(word, [signer()]) });
  await promised(receipt, { type: 'attest', object: H(word), actor: fp });
  return {};
}

/** One of the releases that were proven. @param {number} version */
async function find(version) {
  const release = (await provenReleases()).find((one) => one.version === version);
  if (!release) throw new Trouble('Refused', 'no-such-release', 'There is no such release any more. Load the page again.');
  return release;
}

/** What the page shows of a release, each text checked. @param {{version: number}} args */
export async function openRelease({ version }) {
  const release = await find(version);
  const { shown } = await post('/research/release', { version });
  const texts = Object.fromEntries(Object.entries(shown).map(([name, text]) => [name, new TextDecoder().decode(fitting(release, name, utf8(String(text))))]));
  const json = (/** @type {string} */ name) => (texts[name] ? JSON.parse(texts[name]) : null);
  return {
    ...shownRelease(release), tables: json('tables.json'), attacks: json('attack-report.json')?.attacks ?? [], figures: json('public.json'),
    classes: texts['classes.csv'] ? parseCsv(texts['classes.csv']) : null, codebook: texts['codebook.csv'] ? parseCsv(texts['codebook.csv']) : null,
  };
}

/** @param {import('./research_releases_proven.js').Release} release */
export function shownRelease({ version, day, hash, by, files, manifest }) {
  return {
    ...shownManifest(manifest), version, date: dateOf(day), by, fingerprint: /** @type {string[]} */ (hex(hash).match(/.{4}/g)).join(' '),
    files: [...files].map(([name, { hash: sum, size }]) => ({ name, size, hash: hex(sum) })),
  };
}

/** A file of a release, to be saved. @param {{version: number, name: string}} args @returns {Promise<{name: string, bytes: Uint8Array}>} */
export async function take({ version, name }) {
  const release = await find(version);
  const { bytes, receipt } = await postForFile('/research/download', { version, name });
  fitting(release, name, bytes);
  await promised(receipt, { type: 'download', object: release.hash, actor: me().fp });
  return { name, bytes };
}

/** @returns {Promise<{id: string, made: string, until: string}[]>} */
export async function tokens() {
  const { tokens: all } = await post('/research/tokens');
  return all.map((/** @type {any} */ { token_hash: id, day, expires_s: ends }) => ({ id: hex(unb64u(id)), made: dateOf(day), until: dateOf(Math.floor(ends / DAY_S)) }));
}

/** A token, shown once. */
export async function makeToken() {
  const token = sodium.randombytes_buf(32);
  const { expires_s: ends } = await post('/research/token', { token_hash: H(token) }, { act: true });
  return { token: b64u(token), until: dateOf(Math.floor(ends / DAY_S)) };
}

/** @param {{id: string}} args hex */
export async function dropToken({ id }) {
  await post('/research/revoke', { token_hash: unhex(id) }, { act: true });
  return {};
}

async function look() {
  const { site } = await directory();
  const releases = await provenReleases();
  return { site: siteShown(site), releases: releases.map(shownRelease), figures: releases.flatMap(({ figures }) => figures ?? []) };
}

/** What did not fit is kept, to be saved as evidence. @param {(args: any) => any} method */
const noting = (method) => async (/** @type {any} */ args) => {
  try {
    return await method(args);
  } catch (error) {
    if (STOPS.includes(told(error).kind)) refused(error, '');
    throw error;
  }
};

const plain = {
  'releases.look': look, 'releases.terms': terms, 'releases.agree': agree, 'releases.open': openRelease, 'releases.take': take, 'releases.tokens': tokens,
  'releases.makeToken': makeToken, 'releases.dropToken': dropToken, 'releases.choose': chooseFolder, 'releases.publish': publishFolder,
  'releases.rowsStanding': rowsStanding, 'releases.rowsFile': rowsFile,
};

/** @type {Record<string, (args: any) => any>} */
export const methods = {
  ...Object.fromEntries(Object.entries(plain).map(([name, method]) => [name, noting(method)])),
  'releases.evidence': async () => evidenceOf(isSignedIn() ? me() : { site: await siteHere() }),
};
