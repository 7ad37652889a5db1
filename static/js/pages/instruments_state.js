/**
 * What the page of questions knows, and how its parts change it. The parts read `page` and ask; they keep nothing of their own. Here is
 * also what the parts of an instrument are called.
 */
import { ask, showLocked } from '../parts/ask.js';
import { showNotice } from '../parts/pieces.js';
import { _ } from '../parts/say.js';
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
  if (page.error) showNotice();
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

/** @type {Record<string, string>} */
export const NAMES = { intake: _('Intake'), outtake: _('Outtake'), followup: _('Follow-up'), any: _('Any dictionary') };

/** @param {{name: string, edition: number}} one */
export const named = ({ name, edition }) => (name === 'any' ? _('The file you chose') : _('%(name)s, version %(edition)s', { name: NAMES[name] ?? name, edition }));

/** @type {Record<string, string>} */
export const CLASSES = {
  identifier: _('Identifies a person'), quasi: _('Together with others it may identify'), sensitive: _('Sensitive'), 'free text': _('Free words'), plain: _('Plain'),
};

/** @type {Record<string, string>} what of a field changed, as instruments/differences.py names it */
export const WHAT = {
  label: _('Words of the question'), section: _('Part it begins'), type: _('Kind'), note: _('Remark below it'), validation: _('Check'), least: _('Least'), most: _('Most'),
  branching: _('Asked only if'), matrix: _('Matrix'), form: _('Form'), alignment: _('Alignment'), number: _('Number'), formula: _('Formula'), choices: _('Choices'),
  choice: _('Choice'), 'order of choices': _('Order of choices'), identifier: _('Identifies a person'), required: _('Marked as needed'), ranking: _('Ranking'),
  class: _('Class'), export: _('Research'), gen: _('Made coarser'), triage: _('On the card of the desk'), short: _('On the short way'), consent: _('A consent of its own'),
  support: _('Shows the support lines after'), default: _('Asked at all'), src: _('Source'), tags: _('Action tags'),
};

/** @type {Record<string, string>} where answers go that did not before */
export const FURTHER = {
  row: _('into research rows'), card: _('onto the card that the desk reads'), kept: _('into the account, where it is kept'), class: _('as something that identifies nobody'),
};

/** Where the answer goes. @param {any} one a place of instruments/places.py */
export function goesTo(one) {
  const account = one.who === 'off' ? _('Not asked') : one.who === 'page' ? _('Only shown') : one.who === 'formula' ? _('Computed, not asked') : one.who === 'system' ? _('Filled in by the system') : one.kept ? _('Kept in the account') : _('Nobody: it is not kept');
  const row = one.row === 'yes' ? (one.only_if ? _('Yes, if %(field)s is yes', { field: one.only_if }) : _('Yes')) : one.row === 'restricted' ? _('Only in a release whose board allowed it') : _('No');
  return { account, card: one.card ? _('Yes, she can take it off') : _('No'), row };
}
