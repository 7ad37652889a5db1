/**
 * Keeps what is written: sealed by the worker at once, stored within two seconds of the last keystroke. The newest sealed
 * bytes stay here, so that leaving can hand them over without waiting.
 */
import { ask } from '../parts/ask.js';
import { _, timeWords } from '../parts/say.js';
import { toKeep } from './intake_account.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

const QUIET_MS = 800;
const AGAIN_MS = 4000;

let written = 0; // counts changes
let sealed = 0; // the change that `bytes` has
let stored = 0; // the change that the server has
/** @type {Uint8Array | null} */
let bytes = null;
/** @type {Promise<void> | null} */
let sealing = null;
/** @type {Promise<void> | null} */
let storing = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {(words: string, kept: boolean) => void} */
let say = () => {};

/** Where to say what is kept. @param {(words: string, kept: boolean) => void} how */
export function onKept(how) {
  say = how;
}

/** Something was written or chosen. */
export function touched() {
  written += 1;
  seal().catch(() => {}); // the save below says it
  storeIn(QUIET_MS);
}

/** Whether there is something that only this page has. */
export function unsaved() {
  return stored < written;
}

/** What only this page has, sealed: for leave(), which can't wait. @returns {Uint8Array | null} */
export function handOver() {
  return stored < sealed ? bytes : null;
}

/** Store everything now. @throws {AskError} */
export async function settle() {
  clearTimeout(timer);
  while (unsaved()) await (storing ?? store());
}

/** Stop trying, e.g. while the page is locked. */
export function rest() {
  clearTimeout(timer);
}

/** What the server has is what the page has: after loading. */
export function allStored() {
  stored = written;
}

/** @param {number} ms */
function storeIn(ms) {
  clearTimeout(timer);
  timer = setTimeout(() => { settle().catch(() => {}); }, ms);
}

function seal() {
  sealing ??= sealNewest().finally(() => { sealing = null; });
  return sealing;
}

async function sealNewest() {
  while (sealed < written) {
    const change = written;
    ({ sealed: bytes } = await ask('intake.seal', { draft: toKeep() }));
    sealed = change;
  }
}

function store() {
  storing = storeNewest().finally(() => { storing = null; });
  return storing;
}

async function storeNewest() {
  try {
    await seal();
    const change = sealed;
    await ask('intake.save');
    stored = Math.max(stored, change);
    say(_('Sealed and kept at %(time)s', { time: timeWords(new Date()) }), true);
  } catch (error) {
    const { kind, words } = /** @type {AskError} */ (error);
    if (kind === 'Offline') {
      say(_('Not kept yet: there is no connection. It is still on this page, and we try again by ourselves.'), false);
      storeIn(AGAIN_MS);
    } else if (kind !== 'Locked') say(words, false);
    throw error;
  }
}

addEventListener('online', () => { if (unsaved()) storeIn(0); });
