/** What a newer notebook may not have lost: pins never fall, and nobody who was met is forgotten. */

/** @typedef {Record<string, any>} Book */

/** So many versions before itself does a notebook name. */
export const PAST = 64;

/**
 * @param {Book} before @param {Book} now
 * @param {boolean} grew that `now` came out of `before` is proven: then somebody's other key was compared in another tab
 * @returns {boolean}
 */
export function keepsWhatItHeld(before, now, grew) {
  if (Object.keys(now.restores ?? {}).length > Object.keys(before.restores ?? {}).length) return true; // they said yes to it in another tab
  const [was, is] = [before.pins, now.pins];
  return holds(was.directory, is.directory, 'version', 'hash') && holds(was.root, is.root, 'version', 'hash') && holdsLog(before.log, now.log)
    && Object.entries(was.cases).every(([id, pin]) => holds(pin, is.cases[id], 'seq', 'head'))
    && Object.entries(was.people).every(([whom, fp]) => (grew ? whom in is.people : is.people[whom] === fp));
}

/** A log of a later number begins at nothing. @param {any} was @param {any} is */
function holdsLog(was, is) {
  return (is?.log ?? 1) > (was?.log ?? 1) || ((is?.log ?? 1) === (was?.log ?? 1) && holds(was, is, 'size', 'root'));
}

/** As far as before, and the same where it is as far. @param {any} was @param {any} is @param {string} number @param {string} hash */
function holds(was, is, number, hash) {
  return !!is && (is[number] > was[number] || (is[number] === was[number] && is[hash] === was[hash]));
}
