/**
 * What every release says of everybody, for whoever wants to know how many people look like her. All are asked for, whoever asks, and
 * without a cookie; which line is hers is found on her own device alone.
 */
import { dateOf } from './clock.js';
import { provenReleases } from './research_releases_proven.js';

/** @typedef {{version: number, month: string, product: string, instrument: string, classes: string, levels: any}} Published classes: CSV, '' where nobody stands alone; levels: what each answer became, or null */

/** @returns {Promise<{releases: Published[]}>} newest first, each as its steward signed it @throws {import('./trouble.js').Trouble} Inconsistent */
export async function published() {
  const all = await provenReleases();
  return { releases: all.filter(({ manifest }) => manifest.product !== 'public').map(shown).reverse() };
}

/** @param {import('./research_releases_proven.js').Release} release @returns {Published} */
function shown({ version, day, manifest, classes, levels }) {
  const read = levels === null ? null : JSON.parse(levels);
  return {
    version, month: dateOf(day).slice(0, 7), product: String(manifest.product), instrument: String(read?.instrument ?? ''),
    classes: read && classes !== null ? classes : '', levels: read,
  };
}
