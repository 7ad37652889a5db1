/**
 * What the next step takes is fetched while somebody reads or types, so that the browser has it by then. Nothing of it runs. By `fetch`,
 * since `rel=prefetch` goes by `default-src`, which is 'none' here.
 */

const folder = new URL('../../', import.meta.url);
const FILE = /^[\w/-]+\.(mjs|js|txt)$/;

/** @param {string} list the name of a list that the build made (app/loads.py) */
export async function fetchAhead(list) {
  if (/** @type {any} */ (navigator).connection?.saveData) return;
  const names = (await got(`js/${list}.txt`)).split('\n').filter((one) => FILE.test(one));
  if (!hadAlready(`js/${list}.txt`)) await Promise.all(names.map(got));
  document.body.dataset.ahead = '';
}

/**
 * Whoever was here before has the list, and with it most of what stands there: to ask the browser for a hundred files only to hear so would
 * take the time of what she came for.
 * @param {string} name
 */
function hadAlready(name) {
  const [came] = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByName(String(new URL(name, folder)), 'resource'));
  return came?.transferSize === 0 && came.decodedBodySize > 0;
}

/** @param {string} name in the folder of what browsers keep @returns {Promise<string>} '' where it was not to be had: whoever needs it asks again, and says so */
async function got(name) {
  if (document.documentElement.classList.contains('gone')) return '';
  try {
    const answer = await fetch(new URL(name, folder), /** @type {any} */ ({ priority: 'low' }));
    return answer.ok ? await answer.text() : '';
  } catch {
    return '';
  }
}
