/** A steward looks at a folder, signs, and publishes it. The folder that was looked at is the one that goes out. */
import { H, unb64u } from '../crypto/bytes.js';
import { frame } from '../crypto/frame.js';
import { signThing } from '../crypto/keys.js';
import { laneTag, siteLaneKey } from '../crypto/log.js';
import { today } from './clock.js';
import { signer } from './listing.js';
import { me } from './me.js';
import { expectAct, post } from './net.js';
import { promised } from './promise.js';
import { readFolder, shownFolder } from './research_releases_folder.js';
import { provenReleases, sums } from './research_releases_proven.js';
import { tell } from './tell.js';
import { Trouble } from './trouble.js';

const PIECE = 1 << 20;

/** @type {import('./research_releases_folder.js').Folder | null} what was looked at last */
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

/** @param {import('./research_releases_folder.js').Part[]} parts */
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
