/**
 * The page's one worker: it alone holds keys. A page asks by name, `ask('case.open', {...})` of parts/ask.js.
 *
 * To add a method: export `methods` from the module of your room, e.g. worker/cases.js
 *     export const methods = { 'case.open': openCase, 'case.append': append };
 * and name the module in ROOMS below if it is new. A method takes one plain object and returns plain data (or a promise
 * of it) that is already verified: no keys, no raw frames. It throws Trouble (trouble.js) or lets a SealError through.
 * A room's module is loaded at its first call, so a page carries no more than it uses.
 */
import { ready } from '../crypto/bytes.js';
import { setWords } from '../crypto/words.js';
import { Trouble, told } from './trouble.js';

/** @type {Record<string, () => Promise<{methods: Record<string, (args: any) => any>}>>} */
const ROOMS = {
  account: () => import('./account.js'),
  setup: () => import('./setup.js'),
  people: () => import('./people.js'),
  listing: () => import('./listing.js'),
  intake: () => import('./intake.js'),
  letters: () => import('./letters.js'),
  case: () => import('./cases.js'),
  desk: () => import('./desk.js'),
  draft: () => import('./drafts.js'),
  supporter: () => import('./supporter.js'),
  log: () => import('./log_page.js'),
  research: () => import('./research.js'),
  releases: () => import('./research_releases.js'),
  instruments: () => import('./instruments.js'),
};

const started = start();

async function start() {
  if (typeof WebAssembly !== 'object') {
    throw new Trouble('Failed', 'no-wasm', 'Nothing was lost. This browser has the part turned off that does the sealing (WebAssembly). Try another browser.');
  }
  const [, list] = await Promise.all([ready(), fetch(new URL('../../words.txt', import.meta.url)).then((answer) => answer.text())]);
  setWords(list);
}
started.catch(() => {}); // each call says it again

/** @param {string} name @param {any} args */
async function call(name, args) {
  const room = ROOMS[name.split('.', 1)[0]];
  if (!room) throw new TypeError('no such method');
  const [{ methods }] = await Promise.all([room(), started]); // the room is fetched while libsodium starts
  if (!Object.hasOwn(methods, name)) throw new TypeError('no such method');
  return methods[name](args ?? {});
}

addEventListener('message', async ({ data }) => {
  const { id, method, args, rooms } = data;
  if (rooms) { // of parts/early.js: that one can't be had is said to whoever asks it
    for (const name of rooms) ROOMS[name]().catch(() => {});
    return;
  }
  try {
    postMessage({ id, result: await call(method, args) });
  } catch (error) {
    postMessage({ id, error: told(error) });
  }
});
