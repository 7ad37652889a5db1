/** What the desk's page knows, and how its views change it. */

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** @type {Record<string, any>} queue: all that wait; shown: how many rows of it; over: the finished ones, once asked for */
export const page = { view: 'queue', queue: null, shown: 0, over: null, card: null, error: null, busy: false, said: '', apart: [], answers: {} };

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

/** Do something that takes a moment; what was typed stays when it fails. @param {() => Promise<void>} work */
export async function doing(work) {
  if (page.busy) return;
  show({ busy: true, error: null, said: '' });
  try {
    await work();
    show({ busy: false });
  } catch (error) {
    show({ busy: false, error });
  }
}
