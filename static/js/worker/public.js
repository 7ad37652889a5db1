/** What the organisation itself signed, as the log's room tells it to everybody: pages in the order of their lanes and numbers. */
import { postApart } from './net.js';

/** What is told of one number of one of the site's own lanes; nothing in it is proven. @param {string} lane @param {number} n from 1 @returns {Promise<any[]>} one, if there is such a number */
export async function shownAt(lane, n) {
  const { lanes } = await postApart('/log/public', { after: { part: lane, n: n - 1 }, most: 1 });
  return lanes[lane];
}

/** What is told of a whole lane, one number after the other; nothing in it is proven. @param {string} lane @returns {AsyncGenerator<any>} */
export async function* everyShown(lane) {
  for (let after = { part: lane, n: 0 }; ;) {
    const { lanes, more } = await postApart('/log/public', { after });
    yield* lanes[lane];
    if (more?.part !== lane || more.n <= after.n) return;
    after = more;
  }
}
