/** An instrument's questions, by the edition that somebody answered. The same file for everybody, fetched without a cookie. */

/** @typedef {import('./instrument.js').Sheet} Sheet */

/** @type {Map<string, Promise<Sheet>>} */
const fetched = new Map();

/** @param {string} id e.g. intake.v1 @returns {Promise<Sheet>} @throws {Error} no such edition here, or no connection */
export function sheetOf(id) {
  const found = fetched.get(id) ?? load(id);
  fetched.set(id, found);
  found.catch(() => fetched.delete(id));
  return found;
}

/** @param {string} id @returns {Promise<Sheet>} */
async function load(id) {
  if (!/^[a-z][a-z0-9_]*\.v[0-9]+$/.test(id)) throw new RangeError('no such instrument');
  const answer = await fetch(`/static/instruments/${id}.json`, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!answer.ok) throw new Error('no such instrument');
  return answer.json();
}
