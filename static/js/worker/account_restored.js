/**
 * The site was put back from a backup, and this account's notes with it. What this tab saw is more than they hold: the person is told
 * what is gone, and asked once. Until they say yes, everything is read and nothing is written.
 */
import { b64u, unb64u } from '../crypto/frame.js';
import { today } from './clock.js';
import { refused } from './evidence.js';
import { numberNow, readSeen } from './log.js';
import { goOnFromOlder, isAsNew, note, notebook, seenLog, takeNotebook, takeOlder } from './notebook.js';
import { post } from './net.js';
import { goneSince, putBack, restoredOn, restores } from './restores.js';

/** @typedef {import('./restores.js').Restores} Restores */

/**
 * Open notes of a site whose log goes on under another number than this tab has seen.
 * @param {{version: number, box: string}} given @param {number} number of the log that grows now
 */
export async function openAfterRestore({ version, box }, number) {
  const saw = /** @type {{log: number, size: number}} */ (seenLog());
  const ends = await restores(number);
  const gone = goneSince(ends, saw);
  if (!gone && isAsNew(version, unb64u(box))) return takeNotebook(version, unb64u(box));
  const why = putBack(gone ?? { lines: 0, date: restoredOn(saw.log + 1) });
  takeOlder(version, unb64u(box), why);
  if (notebook().restores?.[saw.log + 1]) return goOnFromOlder(version, unb64u(box)); // they said yes elsewhere
  await numberNow(number); // its head goes into the evidence
  refused(why, '');
}

/** Yes: go on from what the roots put the site back to. It is noted, what was seen beyond is let go, and the page loads again. @returns {Promise<{}>} */
export async function goOn() {
  const { version, box } = await post('/sign-in/notebook');
  const number = await numberNow(1);
  const ends = await restores(number);
  takeOlder(version, unb64u(box), putBack({ lines: 0, date: '' }));
  goOnFromOlder(version, unb64u(box));
  await note((book) => {
    const noted = readSeen(book.log);
    if (goneSince(ends, noted)) book.log = endOf(noted.log, ends);
    for (const [id, pin] of Object.entries(book.pins.cases)) if (goneSince(ends, readSeen(pin.log))) delete book.pins.cases[id];
    book.restores = { ...Object.fromEntries([...ends.keys()].map((log) => [log, today()])), ...book.restores };
  });
  return {};
}

/** @param {number} log @param {Restores} ends @returns {import('./log.js').Seen} as roots declared it, which is proof enough */
function endOf(log, ends) {
  const { size, root } = /** @type {import('./restores.js').Restore} */ (ends.get(log + 1));
  return { log, size, root: b64u(root) };
}
