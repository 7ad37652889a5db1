/**
 * Where a supporter's profile meets what a peer excluded. It marks, it does not decide: names are written in many ways, and
 * a list misses links.
 */

/** @typedef {{people?: string, employer?: string, states?: string[]}} Excluded */
/** @typedef {{employers?: string[], state?: string}} Profile */

const SMALL = new Set(['the', 'of', 'and', 'at', 'for', 'in', 'hospital', 'medical', 'center', 'centre', 'clinic', 'university', 'health', 'system', 'school', 'medicine', 'group', 'dr']);

/**
 * @param {Excluded} excluded by the peer @param {string} name of the supporter @param {Profile | null} profile
 * @returns {{what: 'name' | 'employer' | 'place' | 'state', words: string}[]}
 */
export function conflicts(excluded, name, profile) {
  const found = [];
  const people = excluded.people ?? '';
  if (shares(people, name)) found.push({ what: /** @type {const} */ ('name'), words: name });
  for (const employer of profile?.employers ?? []) {
    if (shares(excluded.employer ?? '', employer)) found.push({ what: /** @type {const} */ ('employer'), words: employer });
    else if (shares(people, employer)) found.push({ what: /** @type {const} */ ('place'), words: employer });
  }
  if (profile?.state && (excluded.states ?? []).includes(profile.state)) found.push({ what: /** @type {const} */ ('state'), words: profile.state });
  return found;
}

/** Whether two writings share a word that says something: surnames and names of places do, "hospital" does not. @param {string} a @param {string} b */
function shares(a, b) {
  const mine = telling(a);
  return [...telling(b)].some((word) => mine.has(word));
}

/** @param {string} text */
function telling(text) {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2 && !SMALL.has(word)));
}
