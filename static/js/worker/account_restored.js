/**
 * The site was put back from a backup, and this account's notes with it. What this tab saw is more than they hold: the person is told
 * what is gone, and asked once. Until they say yes, everything is read and nothing is written.
 */
import { b64u, unb64u } from '../crypto/bytes.js';
import { today } from './clock.js';
import { logTrouble, refused, refusedAtTheDoor } from './evidence.js';
import { find } from './leaves.js';
import { asTrouble, begin, checkSeen, fetchOn, numberNow, readSeen } from './log.js';
import { notesTag } from './log_lanes.js';
import { me } from './me.js';
import { post } from './net.js';
import { goOnFromOlder, isAsNew, isOpen, note, notebook, notesVersion, seenLog, takeNotebook, takeOlder } from './notebook.js';
import { goneSince, putBack, restoredOn, restores } from './restores.js';
import { Trouble } from './trouble.js';

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
  await mustBeNewest(ends);
  if (notebook().restores?.[saw.log + 1]) return goOnFromOlder(version, unb64u(box)); // they said yes elsewhere
  await numberNow(number); // its head goes into the evidence
  refused(why, '');
}

/** Notes that were refused leave evidence, with the head that the site signs now. @param {unknown} error @returns {Promise<() => void>} to be called when the keys have gone */
export async function keepEvidence(error) {
  await numberNow(1);
  return refusedAtTheDoor(error, me());
}

/**
 * What a restore takes away it takes out of the log: newer notes than the open ones are not among the lines that count, or the site
 * hides them behind it. @param {Restores} ends @throws {Trouble} Inconsistent 'notes-hidden'
 */
async function mustBeNewest(ends) {
  const noted = readSeen(notebook().log);
  const from = goneSince(ends, noted) ? endOf(noted.log, ends) : noted;
  try {
    const [tree] = await fetchOn(await begin(from));
    checkSeen(tree, from);
    if (!find(tree, notesTag(await notesVersion() + 1)).length) return;
    await mustBeAsked(); // another tab may have gone on meanwhile
    throw logTrouble('notes-hidden');
  } catch (error) {
    throw asTrouble(error);
  }
}

/** The notes that the site holds are the ones that are open. @returns {Promise<{version: number, box: string}>} @throws {Trouble} Refused 'other-notes' */
async function mustBeAsked() {
  const { version, box } = await post('/sign-in/notebook');
  if (isOpen(version, unb64u(box))) return { version, box };
  throw new Trouble('Refused', 'other-notes', 'Nothing was changed. The site holds other private notes of yours than the ones that are open here. Load the page again.');
}

/**
 * Yes: go on from what the roots put the site back to. It is noted, what was seen beyond is let go, and the page loads again.
 * The yes is to the notes that the person was shown. @returns {Promise<{}>} @throws {Trouble} Refused 'other-notes'; Inconsistent 'notes-hidden'
 */
export async function goOn() {
  const { version, box } = await mustBeAsked();
  const number = await numberNow(1);
  const ends = await restores(number);
  await mustBeNewest(ends);
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
