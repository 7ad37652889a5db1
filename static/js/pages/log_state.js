/** What the page of the log knows, and how its parts change it. The parts read `page` and ask; they keep nothing of their own. */
import { ask, showLocked } from '../parts/ask.js';
import { isStop, showNotice } from '../parts/pieces.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/**
 * @type {Record<string, any>} seen: how the log stands; lines: those shown; next: where older ones begin; checked: after a check of
 * all lines; going: how far it is; proof, saved: what came of one line, and of a file; line: as typed; wrong: by field
 */
export const page = {
  seen: null, lines: [], next: 0, checked: null, going: null, proof: null, saved: null, counts: null, line: '', wrong: {}, busy: '', error: null, stop: null, evidence: null,
};

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

/** Do one thing; a second press waits. @param {string} what is at work @param {() => Promise<any>} work */
export async function doing(what, work) {
  if (page.busy) return;
  show({ busy: what, error: null, wrong: {} });
  try {
    await work();
  } catch (problem) {
    const error = /** @type {AskError} */ (problem);
    if (error.kind === 'Locked') { showLocked(); return; }
    if (isStop(error)) Object.assign(page, { stop: error, evidence: await evidenceFile() });
    else if (error.facts?.field) page.wrong = { [error.facts.field]: error.words };
    else page.error = error;
  }
  show({ busy: '', going: null });
  if (page.error || page.stop) showNotice();
}

/** What was seen, as a file, and its four words. */
async function evidenceFile() {
  try {
    const { name, text, words } = await ask('log.evidence');
    return { name, words, url: fileOf(text, 'application/json') };
  } catch {
    return null; // the refusal itself is shown in any case
  }
}

/** An address under which this page hands out a text. @param {string} text @param {string} [type] */
export function fileOf(text, type = 'text/plain') {
  return URL.createObjectURL(new Blob([text], { type }));
}
