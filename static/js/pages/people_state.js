/**
 * What the page of people knows, and how its parts change it. The parts read `page` and ask; they keep nothing of their own. Here is also
 * what each part that people take in the organisation is called, what it will see, and what it takes to let somebody in.
 */
import { ask, showOwnRooms, whenDated } from '../parts/ask.js';
import { showNotice } from '../parts/pieces.js';
import { _ } from '../parts/say.js';
import { announce, focusHeading } from '../parts/shell.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** @type {Record<string, any>} */
export const page = { view: null, busy: false, error: null, roles: ['supporter'], link: null, copied: false, rootFor: null, rootSheet: '', rootWrong: '', sure: '', said: '', sheet: '', kept: false, methods: [] };

/** @param {string[]} names */
export const inTheList = (names) => (names.length === 1 ? _('%(name)s is in the list.', { name: names[0] }) : _('%(names)s are in the list.', { names: names.join(', ') }));

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

/** @param {() => Promise<void>} work */
export async function doing(work) {
  if (page.busy) return;
  show({ busy: true, error: null, rootWrong: '', said: '' });
  try {
    await whenDated(work);
  } catch (problem) {
    const error = /** @type {AskError} */ (problem);
    if (error.facts?.field === 'rootSheet') page.rootWrong = error.words;
    else page.error = error;
  }
  show({ busy: false });
  if (page.error) showNotice();
}

export const load = () => doing(async () => {
  await look();
});

/** Ask for everything that the page shows. Looking may let in those for whom everybody has signed now. */
async function look() {
  page.view = await ask('people.view').finally(() => { showOwnRooms(); });
  if (page.view.letIn.length) page.said = inTheList(page.view.letIn);
  page.methods = (await ask('account.methods')).methods;
}

/** @param {string} said @param {() => Promise<any>} work */
export const change = (said, work) => doing(async () => {
  await work();
  await say(said);
});

/** Show the list as it is now, and say what was done: the button that was pressed may be gone. @param {string} said */
export async function say(said) {
  await look();
  show({ rootFor: null, rootSheet: '', sure: '', said });
  focusHeading();
  announce(said);
}

/** @type {Record<string, string>} */
export const ROLE_WORDS = {
  supporter: _('Supporter'), coordinator: _('Coordinator'), steward: _('Research steward'), researcher: _('Researcher'), auditor: _('Auditor'),
};

/** @type {Record<string, string>} */
export const ROLE_SEES = {
  supporter: _('A physician who is with a peer. Sees a case only after that peer has said yes to them by name.'),
  coordinator: _('Reads cards and finds teams. Sees no account. Letting one in needs the root sheet.'),
  steward: _('Takes answers given to research home, without names, and makes releases of them. Sees no case. Letting one in needs the root sheet.'),
  researcher: _('Sees finished releases, once they have signed the terms. No case, and no row as it was sent.'),
  auditor: _('Sees counts of what was done, by month, and the log as everybody does. Nothing that anybody wrote.'),
};

/** @param {string[]} roles */
export const roleWords = (roles) => roles.map((role) => ROLE_WORDS[role]).join(', ');

/** @param {string[]} roles @returns {boolean} only the root sheet names these */
export const needsRootSheet = (roles) => roles.includes('coordinator') || roles.includes('steward');

/** @param {string[]} roles @returns {boolean} what they do beside cases is of use to the desk */
export const tellsWork = (roles) => roles.includes('supporter') || roles.includes('coordinator');
