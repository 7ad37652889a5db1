/**
 * What is being written on a page: sealed at once, stored soon after the last key. A page that locks or is left hands over what
 * is sealed and not stored yet.
 *   const { [id]: texts } = await load('card', [id]);
 *   typed('card', id, { summary });                        // nothing in it: the draft goes
 */
import { ask, isWriting } from './ask.js';

const KEEP_MS = 1200;

/** @typedef {{page: string, id: string, texts: Record<string, string>, sealed: {bytes: Uint8Array, text: string} | null}} Draft */

/** Changed and not stored yet, oldest first. @type {Map<string, Draft>} */
const open = new Map();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {() => void} */
let said = () => {};

isWriting({ settle, unstored: () => sealed().map(({ text }) => text) });

/** What the page says when all is kept. @param {() => void} say */
export function onKept(say) {
  said = say;
}

/** What was kept of these before. @param {string} page @param {string[]} ids hex, or '' @returns {Promise<Record<string, Record<string, string>>>} by id */
export async function load(page, ids) {
  return (await ask('draft.load', { page, ids })).texts;
}

/** Somebody types. @param {string} page @param {string} id @param {Record<string, string>} texts by field, all of them */
export function typed(page, id, texts) {
  const name = `${page} ${id}`;
  /** @type {Draft} */
  const draft = { page, id, texts, sealed: open.get(name)?.sealed ?? null };
  open.delete(name);
  open.set(name, draft);
  ask('draft.seal', { page, id, texts }).then((sealed) => { draft.sealed = sealed; }, () => {});
  clearTimeout(timer);
  timer = setTimeout(settle, KEEP_MS);
}

/** Store everything now. What can't be stored stays in the page, and is tried at the next key. */
export async function settle() {
  clearTimeout(timer);
  if (!open.size) return;
  await Promise.all([...open].map(async ([name, draft]) => {
    const { page, id, texts } = draft;
    try {
      await ask('draft.keep', { page, id, texts });
      if (open.get(name) === draft) open.delete(name);
    } catch { /* a connection that is gone shows at the next press of a button */ }
  }));
  if (!open.size) said();
}

function sealed() {
  return [...open.values()].flatMap(({ sealed: one }) => (one ? [one] : []));
}

/** What the way out takes along. @returns {Uint8Array | null} */
export const beforeLeave = () => sealed().at(-1)?.bytes ?? null;
