/**
 * Releases, for the page /research. With or without an account:
 *   releases.look       every release, proven, and the figures for everybody
 * For researchers: releases.terms  .agree  .open  .take  .tokens  .makeToken  .dropToken
 * For stewards: releases.choose (a folder)  .publish  .open  .rowsStanding  .rowsFile
 */
import { directory, siteHere } from './directory.js';
import { evidenceOf, refused } from './evidence.js';
import { isSignedIn, me } from './me.js';
import { provenReleases } from './research_releases_proven.js';
import { chooseFolder, publishFolder } from './research_releases_publish.js';
import { rowsFile, rowsStanding } from './research_releases_rows.js';
import { agree, dropToken, makeToken, openRelease, shownRelease, take, terms, tokens } from './research_releases_take.js';
import { siteShown } from './shown.js';
import { STOPS, told } from './trouble.js';

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
