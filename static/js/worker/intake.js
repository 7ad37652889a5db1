/**
 * The intake's own work: drafts, the desk that a card would go to, and the first submission.
 *
 *   await ask('intake.seal', { draft });  await ask('intake.save');     // the page seals as it is typed, saves within two seconds
 *   const { draft, sending } = await ask('intake.load');
 *   const { receipt } = await ask('intake.send', { account, named });  // the same bytes until their receipt is verified
 */
import { b64u, hex, unb64u } from '../crypto/bytes.js';
import { clockIsOff, dateOf, nowS, serverDate, today } from './clock.js';
import { directory, holders, reloadDirectory, siteFacts } from './directory.js';
import { dropSending, expectedReceipts, keepSending, loadDrafts, save, seal, sealSubmission } from './intake_seal.js';
import { follow, logNow } from './log.js';
import { me } from './me.js';
import { expectAct, freshNonce, post } from './net.js';
import { note } from './notebook.js';
import { promised, shownLeaf } from './promise.js';
import { placedReceipts } from './receipts.js';
import { siteShown } from './shown.js';
import { Trouble, tell, told } from './trouble.js';

const DAY_S = 86_400;
const LATE_DAYS = 30; // so long after its end a list is still good enough to seal a card to

/** Bytes that may have landed once they were `tried`. @type {{submission: Uint8Array, case: Uint8Array, tried: boolean} | null} */
let kept = null;

/** What a sheet of words shows beside them, and that the site is there at all. @throws {Trouble} not-founded */
async function about() {
  return { site: siteShown((await siteFacts()).site), day: dateOf(today()) };
}

/** What was written before, and whether a submission may be on its way. */
async function load() {
  const { writing, sending } = await loadDrafts();
  kept = sending && { ...sending, tried: true };
  return { draft: writing, sending: sending !== null };
}

/**
 * Who would get the card.
 * @returns {Promise<{site: string, names: string[], fps: string[], open: boolean, date: string}>} site: its check number; date: the server's, when this device's is more than a day off, else ''
 */
async function desk() {
  import('./research.js').catch(() => {}); // to be at hand when it is sent
  follow().catch(() => {}); // where it stands then is signed along; without it the account is sent all the same
  await freshNonce(); // tells the server's time
  const { state, site } = await directory({ reload: true });
  const all = await holders('coordinator');
  const late = nowS() - state.expires > LATE_DAYS * DAY_S;
  return { site: siteShown(site), names: all.map((one) => one.name), fps: all.map((one) => hex(one.fp)), open: all.length > 0 && !late, date: clockIsOff() ? serverDate() : '' };
}

/**
 * Send the account and its card, once: while a receipt is missing the same bytes go again.
 * @param {{account: import('./intake_seal.js').Account, named?: string[] | null}} args named: hex fps of those whose names the peer has read
 * @returns {Promise<{time: number, receipts: Record<string, string>, case: string, leaf: string, names: string[], stewards: boolean}>} time: Unix seconds, by the log; stewards: there is somebody to seal a row to
 * @throws {Trouble} Refused 'no-desk'; Offline: facts.sent says whether they may have landed
 */
async function send({ account, named = null }) {
  const { names, fps, open, date } = await firstOrAgain();
  if (!kept) {
    if (!open) throw noDesk();
    if (date) throw new Trouble('Input', 'date', 'Your device and this site do not agree on the date. Nothing was sent.', { date });
    if (!Array.isArray(named)) throw deskUnread();
    if (fps.some((fp) => !named.includes(fp))) throw deskGrew();
    expectAct();
    tell('progress', 'sealing');
    kept = { ...await sealSubmission(account), tried: false };
  }
  const sending = kept;
  tell('progress', 'keeping');
  await before(() => keepSending(sending));
  tell('progress', 'sending');
  const { receipts } = await submit(sending);
  tell('progress', 'checking');
  const expected = expectedReceipts(sending);
  const { time, leaf } = await checked(receipts, expected);
  me().submitted = true;
  kept = null;
  const stewards = await giveRow(account.row ?? null);
  await pinCase(sending.case, expected.head);
  return { time, receipts, case: b64u(sending.case), leaf: shownLeaf(leaf), names, stewards };
}

/** Bytes that may have landed need no desk: they are sent as they are. */
async function firstOrAgain() {
  return kept ? { site: '', names: [], fps: [], open: true, date: '' } : before(desk);
}

/** What fails here at the first try fails before anything of the account has left. @template T @param {() => Promise<T>} step @returns {Promise<T>} */
async function before(step) {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Trouble && error.kind === 'Offline') error.facts = { sent: kept?.tried ? 'maybe' : 'no' };
    throw error;
  }
}

/** @param {{submission: Uint8Array, tried: boolean}} sending */
async function submit(sending) {
  sending.tried = true;
  try {
    return await post('/intake/submit', { submission: sending.submission });
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (error.kind === 'Offline') error.facts = { sent: 'maybe' };
    if (error.kind === 'Refused' && error.facts.status < 500) await refused();
    throw error;
  }
}

/**
 * The server says that it took them: whatever is wrong with its receipts, the same bytes are kept for the next try.
 * @param {Record<string, string>} receipts @param {ReturnType<typeof expectedReceipts>} expected
 */
async function checked(receipts, { record, roster, card }) {
  try {
    const received = await promised(receipts.record, record);
    await promised(receipts.roster, roster);
    await promised(receipts.card, card);
    return received;
  } catch (error) {
    const { kind, code, words } = told(error);
    throw new Trouble(kind, code, words, { sent: 'taken' });
  }
}

/** The server read them and took nothing: the next try makes new ones. */
async function refused() {
  kept = null;
  reloadDirectory();
  try {
    await dropSending();
  } catch { /* they are refused again, and dropped then */ }
}

/** A yes to research is noted with the save that follows for everybody; what is loaded for it is loaded for everybody too. @param {import('./research.js').Given | null} row @returns {Promise<boolean>} whether it goes now */
async function giveRow(row) {
  try {
    return (await (await import('./research.js')).follow({ yes: row !== null, given: row ? [row] : [], opened: true })).readers.length > 0;
  } catch {
    return false; // the account is sent; the case page gives it at the next visit
  }
}

/** Where the case stood when it began. A failure here takes nothing back: the case page pins it at the next visit. @param {Uint8Array} id @param {Uint8Array} head */
async function pinCase(id, head) {
  try {
    await note((book) => {
      delete book.sending;
      book.pins.cases[hex(id)] ??= { seq: 2, head: b64u(head) };
      book.log = logNow();
    });
  } catch { /* the account is sent */ }
}

function deskGrew() {
  return new Trouble('Refused', 'desk-grew', 'Nothing was sent yet. Another coordinator has come since you opened this page. Look at the names above, then send it when you are ready.');
}

function deskUnread() {
  return new Trouble('Refused', 'desk-unread', 'Nothing was sent yet, because this page did not show who would get your card. Look at the names above, then send it when you are ready.');
}

function noDesk() {
  return new Trouble('Refused', 'no-desk', 'Your account is kept, sealed. We can’t take cards just now, because nobody has renewed the list of coordinators. Please try again in some days.');
}

/** @type {Record<string, (args: any) => any>} */
export const methods = {
  'intake.about': about,
  'intake.seal': seal,
  'intake.save': save,
  'intake.load': load,
  'intake.desk': desk,
  'intake.send': send,
  'intake.included': ({ receipts }) => placedReceipts(receipts),
};
