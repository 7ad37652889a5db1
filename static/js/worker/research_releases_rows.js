/** The sealed rows that wait for a steward, in one file for `python -m crypto open-rows`. Nothing of it is opened here. */
import { WrongPlace, b64u, equal, unb64u } from '../crypto/bytes.js';
import { openBundle } from '../crypto/keys.js';
import { today } from './clock.js';
import { me } from './me.js';
import { post } from './net.js';
import { tell } from './tell.js';

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
