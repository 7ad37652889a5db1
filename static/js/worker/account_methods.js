/** Ways in, added and removed. Each change is a signed act and a version of the notebook, in one commit. */
import { equal, unb64u } from '../crypto/bytes.js';
import { frame } from '../crypto/frame.js';
import { publicKey } from '../crypto/keys.js';
import { method, newSheet, sheetText, wrap } from '../crypto/method.js';
import { dateOf } from './clock.js';
import { methodNote } from './enrolment.js';
import { me } from './me.js';
import { post } from './net.js';
import { checkNotebookReceipt, nextNotebook, notebook, takeNewer, wasSaved } from './notebook.js';
import { Trouble } from './trouble.js';

const TRIES = 5;
const NO_WRAP = new Uint8Array(0);

/** @typedef {{kind: string, locator: string, login_seed: string, day: number}} Note what the notebook keeps of a method */

/**
 * Add a recovery sheet. Its letters are shown once; the server gets a wrap that only they open.
 * @returns {Promise<{sheet: string}>}
 */
async function addSheet() {
  const { site, role, fp, account_key } = me();
  const code = newSheet();
  const by = method(code, site, role, 'sheet');
  await changeMethods((book) => book.methods.push(methodNote(by)), { ...by, wrap: wrap(by, site, role, fp, account_key) });
  return { sheet: sheetText(code, site) };
}

/**
 * Remove a way in. It can't undo what somebody opens who has its secret and an old copy of the server's data.
 * @param {{locator: string}} args as `account.methods` gave it
 */
async function remove({ locator }) {
  const found = notes().find((one) => one.locator === locator);
  if (!found) throw new Trouble('Refused', 'no-such-method', 'This way in is gone already.');
  await changeMethods((book) => { book.methods = book.methods.filter((/** @type {Note} */ one) => one.locator !== locator); },
    { kind: found.kind, locator: unb64u(locator), login_pk: publicKey(unb64u(found.login_seed)), wrap: NO_WRAP });
  const left = notes().find((one) => one.login_seed);
  if (left) me().method = { kind: left.kind, locator: unb64u(left.locator), login_seed: unb64u(left.login_seed) };
  return {};
}

/**
 * @param {(book: Record<string, any>) => void} change
 * @param {{kind: string, locator: Uint8Array, login_pk: Uint8Array, wrap: Uint8Array}} by
 */
async function changeMethods(change, { kind, locator, login_pk, wrap: sealed }) {
  const { site, fp } = me();
  for (let tries = 1; ; tries += 1) {
    const next = nextNotebook(change);
    const body = frame('methods', { site, fp, version: next.version, tag: next.tag, notebook: next.box, kind, locator, login_pk, wrap: sealed });
    try {
      const { receipt } = await post('/sign-in/methods', body, { act: true });
      await checkNotebookReceipt(receipt, next);
      wasSaved(next);
      return;
    } catch (error) {
      if (!(error instanceof Trouble) || error.code !== 'newer' || tries >= TRIES) throw error;
      takeNewer(/** @type {any} */ (error.facts));
    }
  }
}

/** @returns {Note[]} */
function notes() {
  return notebook().methods;
}

/** The ways in that this account has; `now`: the one this tab signs with. */
function list() {
  const mine = me().method;
  return { methods: notes().map(({ kind, locator, day }) => ({ kind, locator, day: dateOf(day), now: !!mine && equal(unb64u(locator), mine.locator) })) };
}

/** @type {Record<string, (args: any) => any>} */
export const methodsMethods = { 'account.addSheet': addSheet, 'account.removeMethod': remove, 'account.methods': list };
