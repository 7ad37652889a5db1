/** What the page of research knows, and how its parts change it. The parts read `page` and ask; they keep nothing of their own. */
import { ask, showLocked } from '../parts/ask.js';
import { isStop, showNotice } from '../parts/pieces.js';
import { announce, focusHeading } from '../parts/shell.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/**
 * @type {Record<string, any>} roles: of whoever is signed in, by the list of people; seen: the releases, proven; terms: those in force;
 * open: the release that is looked at; chosen: a folder that may be published; sure: it is asked once more; going: how far it is
 */
export const page = {
  roles: [], seen: null, terms: null, tokens: [], token: null, open: null, chosen: null, sure: false, rows: null, wrong: {}, busy: '', going: null, said: '', error: null, stop: null, evidence: null,
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
  show({ busy: what, error: null, wrong: {}, said: '' });
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
    const { name, text, words } = await ask('releases.evidence');
    return { name, words, url: URL.createObjectURL(new Blob([text], { type: 'application/json' })) };
  } catch {
    return null; // the refusal itself is shown in any case
  }
}

/** Say what was done: the button that was pressed may be gone. @param {string} said */
export function say(said) {
  show({ said });
  focusHeading();
  announce(said);
}

/** Hand a file to the browser to save. @param {string} name @param {BlobPart} data */
export function save(name, data) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([data], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** @param {string} role */
export const is = (role) => page.roles.includes(role);
