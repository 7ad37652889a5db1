/** How long something that the site promised has been waited for: it is in the log within two seconds, and ten are a broken promise. */
import { whenForgotten } from './me.js';

const MOST_MS = 10_000;

/** @type {Map<string, number>} by what is waited for, since when */
const waited = new Map();

whenForgotten(() => waited.clear());

/** Whether any of these has been waited for too long. What came meanwhile is forgotten. @param {string} whose @param {string[]} names @returns {boolean} */
export function overdue(whose, names) {
  const now = performance.now();
  const mine = new Set(names.map((name) => `${whose} ${name}`));
  for (const known of waited.keys()) if (known.startsWith(`${whose} `) && !mine.has(known)) waited.delete(known);
  for (const name of mine) if (!waited.has(name)) waited.set(name, now);
  return [...mine].some((name) => now - /** @type {number} */ (waited.get(name)) > MOST_MS);
}
