/**
 * What a peer gives to research: coded answers and comments, sealed to the stewards, handed in by nobody. Each goes in a request without a
 * cookie, some seconds after whatever the person did, and is noted with a save that everybody's page makes. What could not be sent waits
 * for a later visit, thrice at most; a row that is sent twice stands once.
 *
 *   const seen = await ask('research.follow', { yes, quotes, given: [{ instrument: 'intake.v1', wave: 'intake', answers }] });
 *   await ask('research.sendRow', { instrument: 'followup.v1', wave: 'followup-3', answers });   // coded, as parts/rows.js makes them
 *   await ask('research.comment', { wave: 'outtake', text });
 * The page hears 'research' with the same view whenever something went out.
 */
import { b64u, unb64u } from '../crypto/bytes.js';
import { firstOfMonth, makeWithdrawal, monthOf } from '../crypto/letter.js';
import { makeComment, makeRow } from '../crypto/row.js';
import { AFTER_MS, dateOf, nowS, pauseMs, today } from './clock.js';
import { checkPin, directory, holders } from './directory.js';
import { isSignedIn, me, whenForgotten } from './me.js';
import { postApart } from './net.js';
import { readAgain } from './notebook.js';
import { ahead, forgetRow, isGivenUp, isKept, markGone, markSent, putOffUntilLater, saveNow, tryRow } from './research_notes.js';
import { provenReleases } from './research_releases_proven.js';
import { tell, told } from './trouble.js';

/** @typedef {{version: number, month: string, product: string, instrument: string, classes: string, levels: any}} Published classes: CSV, '' where nobody stands alone; levels: what each answer became, or null */

/**
 * What every release says of everybody, for whoever wants to know how many people look like her. All are asked for, whoever asks, and
 * without a cookie; which line is hers is found on her own device alone.
 * @returns {Promise<{releases: Published[]}>} newest first, each as its steward signed it @throws {import('./trouble.js').Trouble} Inconsistent
 */
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

/** @typedef {import('./research_notes.js').Row} Row */
/** @typedef {{instrument: string, wave: string, answers?: Record<string, string>, text?: string}} Given answers of a row, the text of a comment */

const COMMENT = 'comment';

/** What is to be sent, by letter, while this worker lives. @type {Map<string, Given>} */
const given = new Map();
/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const due = new Map();
/** @type {Map<string, Promise<void>>} on their way this moment */
const going = new Map();

/** Another tab of this account takes a row back: nothing may follow. */
const tabs = new BroadcastChannel('alongside-research');
tabs.addEventListener('message', ({ data }) => stop(data));

/** @type {ReturnType<typeof setTimeout> | undefined} */
let saving;

whenForgotten(() => { clearTimeout(saving); for (const letter of [...due.keys(), ...given.keys()]) stop(letter); });

/** @param {string} letter */
function stop(letter) {
  clearTimeout(due.get(letter));
  due.delete(letter);
  given.delete(letter);
}

/**
 * Bring what stands with the stewards into line with the choices in force.
 * @param {{yes: boolean, quotes?: boolean, given: Given[], opened?: boolean}} args yes: to research; quotes: to comments; given: what may
 *   stand; opened: the page was opened, and nothing was chosen
 */
async function follow({ yes, quotes = false, given: all, opened = false }) {
  await directory(); // before the pause, and whatever was chosen: nothing is asked for when a row goes
  if (!opened) await readAgain(); // another tab may have given something since, and a no is about that, too
  for (const row of ahead().rows) if (!row.gone && !(yes && (quotes || row.instrument !== COMMENT))) takeBack(row.letter);
  if (yes && (await holders('steward')).length) for (const one of all) give(one);
  for (const row of ahead().rows) if (row.gone) wait(row.letter);
  saveLater(opened);
  return view();
}

/** Everybody's page saves once more when a row would have gone: at the first visit of a day, and after each choice. So the save says nothing. @param {boolean} opened */
function saveLater(opened) {
  if (opened && ahead().saved === today()) return;
  clearTimeout(saving);
  saving = setTimeout(() => { if (isSignedIn()) saveNow(today()).catch(() => {}); }, AFTER_MS);
}

/** One row more: of an outtake, or of a follow-up. @param {Given} row coded answers */
async function sendRow({ instrument, wave, answers }) {
  await directory();
  give({ instrument, wave, answers });
  return view();
}

/** Words that may be sorted by theme. Nothing but the wave ties them to a row. @param {{wave: string, text: string}} comment */
async function comment({ wave, text }) {
  await directory();
  give({ instrument: COMMENT, wave, text });
  return view();
}

/** @param {Given} one */
function give(one) {
  const found = tryRow(one);
  if (!found) return;
  given.set(found.letter, one);
  found.kept.then(() => wait(found.letter)); // never before its secret is safe
}

/** @param {string} letter */
function takeBack(letter) {
  stop(letter);
  tabs.postMessage(letter);
  markGone(letter);
}

/** @param {string} letter */
function wait(letter) {
  if (!due.has(letter)) due.set(letter, setTimeout(() => act(letter), pauseMs()));
}

/** @param {string} letter */
async function act(letter) {
  due.delete(letter);
  if (!isSignedIn()) return;
  const row = ahead().rows.find((one) => one.letter === letter);
  if (!row) return;
  try {
    await going.get(letter); // a row that is still on its way can't be taken back yet
    const work = row.gone ? withdraw(row) : send(row);
    going.set(letter, work);
    await work;
    if (isSignedIn()) tell('research', await view());
  } catch (error) {
    if (told(error).kind === 'Offline') wait(letter); // anything else waits for a later visit
  } finally {
    going.delete(letter);
  }
}

/** @param {Row} row */
async function send({ letter, wave, secret, instrument }) {
  const one = given.get(letter);
  const stewards = await readers();
  if (!one || !isKept(letter) || !stewards.length) return;
  const day = firstOfMonth(today());
  const sealing = { site: me().site, wave, day, stewards, secret: unb64u(secret), letter16: unb64u(letter) };
  const row = instrument === COMMENT
    ? makeComment({ ...sealing, text: one.text ?? '' })
    : makeRow({ ...sealing, instrument, thread: unb64u(ahead().thread), answers: one.answers ?? {} });
  await postApart('/research/row', row);
  given.delete(letter);
  if (isSignedIn()) markSent(letter, monthOf(day));
}

/** @param {Row} row */
async function withdraw({ letter, secret }) {
  await postApart('/research/withdraw', makeWithdrawal(me().site, unb64u(secret)));
  if (isSignedIn()) forgetRow(letter);
}

/** Who a row is sealed to: the stewards in the list that was verified. @throws {import('../crypto/bytes.js').Expired} @throws {import('./trouble.js').Trouble} Inconsistent */
async function readers() {
  (await directory()).state.checkFresh(nowS()); // it can wait for a newer one
  const stewards = await holders('steward');
  for (const one of stewards) await checkPin(one);
  return stewards;
}

/** What the page shows. `leaving`: what to post when the page is left before it went. */
async function view() {
  const { rows, asked } = ahead();
  const { site } = me();
  return {
    rows: rows.map((row) => ({ instrument: row.instrument, wave: row.wave, month: row.month, state: row.gone ? 'going' : row.sent ? 'sent' : isGivenUp(row) ? 'unknown' : 'unsent' })),
    readers: (await holders('steward')).map((one) => one.name),
    asked: asked ? dateOf(asked) : '', today: dateOf(today()),
    leaving: rows.filter((row) => row.gone).map((row) => makeWithdrawal(site, unb64u(row.secret))),
  };
}

/** "Not now": asking again can wait. */
async function notNow() {
  putOffUntilLater(today());
  return view();
}

/** @type {Record<string, (args: any) => any>} */
export const methods = {
  'research.follow': follow, 'research.sendRow': sendRow, 'research.comment': comment, 'research.notNow': notNow, 'research.published': published,
};

export { follow };
