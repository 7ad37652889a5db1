/** What the page of questions knows, and how its parts change it. The parts read `page` and ask; they keep nothing of their own. */
import { ask, showLocked } from '../parts/ask.js';
import { announce, byId } from '../parts/shell.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/**
 * @type {Record<string, any>} editions; open: the one that is looked at, as the server shows it; tried: the file that is looked at,
 * the same; file: {name, bytes}; as: which instrument it is to be the next of, '' to try it only; wrong: its faults; way: what was
 * answered in the preview, in this page alone
 */
export const page = { editions: null, open: null, tried: null, file: null, as: 'intake', wrong: null, stored: null, saved: null, way: null, busy: false, error: null };

/** @type {() => void} */
let render = () => {};

/** How the page is drawn. @param {() => void} draw */
export function drawnBy(draw) {
  render = draw;
}

/** @param {Record<string, any>} [changes] */
export function show(changes = {}) {
  Object.assign(page, changes);
  render();
}

/** @param {() => Promise<any>} work */
export async function doing(work) {
  if (page.busy) return;
  show({ busy: true, error: null });
  try {
    await work();
  } catch (problem) {
    const error = /** @type {AskError} */ (problem);
    if (error.kind === 'Locked') { showLocked(); return; }
    if (error.code === 'dictionary') page.wrong = error.facts;
    else page.error = error;
  }
  show({ busy: false });
}

/** Show a part of the page, and say what it is. @param {string} id of its heading @param {string} words */
export function goTo(id, words) {
  const heading = byId(id);
  heading.tabIndex = -1;
  heading.focus();
  announce(words);
}

/** @param {string} [id] the edition to look at; without one the intake that is asked */
export const load = (id) => doing(async () => {
  page.editions = (await ask('instruments.list')).editions;
  const first = page.editions.find((/** @type {any} */ one) => one.asked) ?? page.editions[0];
  await open(id ?? page.open?.id ?? first.id);
});

/** @param {string} id */
export async function open(id) {
  page.open = await ask('instruments.show', { id });
  page.saved = null;
  begin(page.open);
}

/** A preview from its first question on. @param {{sheet: import('../parts/instrument.js').Sheet}} shown */
export function begin(shown) {
  page.way = { sheet: shown.sheet, answers: {}, at: '', error: '', find: '', short: false };
}
