/** A version of a questionnaire by its id: a file for everybody, so asking for it says nothing of who asks. */

/** @typedef {import('./instrument.js').Sheet} Sheet */

/** @param {string} id e.g. intake.v1 @returns {Promise<Sheet | null>} null when it can't be had */
export async function editionOf(id) {
  try {
    const answer = await fetch(`/static/instruments/${encodeURIComponent(id)}.json`, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    const sheet = answer.ok ? await answer.json() : null;
    return sheet?.id === id ? sheet : null;
  } catch {
    return null;
  }
}
