/**
 * The ceremony: root keys first, since the site's id is their hash and is in every salt; then the founder's own keys.
 * One root key here (1 of 1); the frames carry t of n.
 */
import { H, hex } from '../crypto/bytes.js';
import { readVkey } from '../crypto/checkpoint.js';
import { firstDirectory } from '../crypto/directory.js';
import { frame } from '../crypto/frame.js';
import { newIdentity, publicKey, signThing } from '../crypto/keys.js';
import { newSheet, rootSeed, rootSheetText } from '../crypto/method.js';
import { newWords } from '../crypto/words.js';
import { enrolled, readEmail } from './account.js';
import { makeBinding, readName } from './binding.js';
import { dateOf, nowS, today } from './clock.js';
import { directory, reloadDirectory } from './directory.js';
import { prepareEnrolment } from './enrolment.js';
import { get, post } from './net.js';
import { promised, siteTag } from './promise.js';
import { siteShown } from './shown.js';
import { Trouble } from './trouble.js';

/** The ceremony under way; its root seed never leaves the worker but as the printed sheet. @type {any} */
let under = null;
/** @type {Record<string, any> | null} */
let request = null;

/** Whether this link may found the site. @param {{token: string}} args */
async function check({ token }) {
  await post('/setup/check', { token });
  const { name } = await get('/static/site.json');
  return { name };
}

/**
 * Make the root key, the site's id and six words. Nothing is sent.
 * @param {{name: string, email: string, coordinators: number}} args coordinators: how many must sign to let somebody in
 * @returns {Promise<{rootSheet: string, words: string[], site: string, day: string}>} site: the check number, hex in fours
 */
async function begin({ name, email, coordinators }) {
  const { log_vkey } = await get('/static/site.json');
  readVkey(log_vkey);
  const code = newSheet();
  const root_pk = publicKey(rootSeed(code, 0));
  const root = frame('root', {
    version: 1, prev: new Uint8Array(32), threshold: 1, root_pks: [root_pk], coordinators, log_vkey, witnesses: '', quorum: 0,
  });
  const words = newWords(6);
  under = { name: readName(name), email: readEmail(email), code, root_pk, root, site: H(root), words };
  request = null;
  return { rootSheet: rootSheetText(code), words: words.split(' '), site: siteShown(under.site), day: dateOf(today()) };
}

/** Whether these are the words at these places (from 0). @param {{positions: number[], words: string[]}} args */
function confirmWords({ positions, words }) {
  const made = ceremony().words.split(' ');
  return { right: positions.map((position, i) => words[i].trim().toLowerCase() === made[position]) };
}

/** Whether this is the last group of the root sheet. @param {{group: string}} args */
function confirmRootSheet({ group }) {
  return { right: group.trim().toUpperCase() === rootSheetText(ceremony().code).split(' ').at(-1) };
}

function ceremony() {
  if (!under) throw new Trouble('Failed', 'begin-again', 'This page was loaded again, so the keys made on it are gone. Nothing was stored. Begin again, and throw away the sheets.');
  return under;
}

/** Found the site. Safe to repeat after a dropped connection: the bytes are the same. @param {{token: string}} args */
async function found({ token }) {
  const { site, root, root_pk, code, name, email, words } = ceremony();
  request ??= sealCeremony();
  const { prepared, signed } = request;
  const answer = await post('/setup', { token, enrol: prepared.enrol, enrol_sig: prepared.sig, ...signed });
  reloadDirectory();
  await enrolled(prepared, { share: answer.share, receipt: answer.receipts.notebook });
  await promised(answer.receipts.root, { type: 'root', object: site, actor: root_pk, tag: siteTag('root', 1) });
  await promised(answer.receipts.directory, { type: 'directory', object: H(request.directory), actor: root_pk, tag: siteTag('directory', 1) });
  await directory();
  code.fill(0);
  under = null;
  request = null;
  return {};

  function sealCeremony() {
    const identity = newIdentity();
    const ready = prepareEnrolment({ site, role: 'staff', words, email, identity });
    const binding = makeBinding({ site, name, roles: ['coordinator'], identity });
    const directory = firstDirectory(site, H(root), [H(binding.frame)], nowS());
    /** @type {[Uint8Array, Uint8Array][]} */
    const by = [[root_pk, rootSeed(code, 0)]];
    return { prepared: ready, directory, signed: { root: signThing(root, by), binding: binding.signed, directory: signThing(directory, by) } };
  }
}

/** @type {Record<string, (args: any) => any>} */
export const methods = {
  'setup.check': check,
  'setup.begin': begin,
  'setup.confirmWords': confirmWords,
  'setup.confirmRootSheet': confirmRootSheet,
  'setup.found': found,
};
