/**
 * The queue: everyone who waits, by the nearest date; and, when asked for, those that are finished.
 *   desk.queue  desk.over
 * The server has no date that does not wait: it is known here once this coordinator has opened the card.
 */
import { hex, unb64u, unhex } from '../crypto/bytes.js';
import { readKept } from './card.js';
import { dateOf } from './clock.js';
import { holders, siteFacts } from './directory.js';
import { renewalByHand } from './listing.js';
import { me } from './me.js';
import { post } from './net.js';
import { note, notebook } from './notebook.js';

/** All that is not finished, in one list: the nearest date may stand on any page of it. renewal: the list of people waits for a coordinator's eyes. */
async function queue() {
  const all = new Map();
  for (let after = null, more = true; more;) {
    /** @type {{cards: any[], more: boolean}} */
    const page = await post('/desk/queue', { after });
    const before = all.size;
    for (const one of page.cards) all.set(one.case, one);
    after = page.cards.at(-1)?.case ?? null;
    more = page.more && all.size > before;
  }
  const cards = await rows([...all.values()]);
  await forgetOver(new Set(cards.map((one) => one.case)));
  return { cards: cards.sort(byUrgency), offer: (await siteFacts()).offer, renewal: await renewalByHand() !== null };
}

/** A page of those refused or closed, longest ago first. @param {{after?: string}} args hex */
async function over({ after } = {}) {
  const { cards: listed, more = false } = await post('/desk/queue', { over: true, after: after ? unhex(after) : null });
  const cards = await rows(listed);
  return { cards, more: more ? cards.at(-1)?.case ?? null : null };
}

/** @param {any[]} listed */
async function rows(listed) {
  const desk = await coordinators();
  const read = notebook().desk ?? {};
  return listed.map((one) => {
    const id = hex(unb64u(one.case));
    return { case: id, date: dateOf(one.day), day: one.day, state: one.state, sent: one.sent, opened: id in read, ...readKept(read[id]), claimed: claimer(one.claimed_by, desk) };
  });
}

/** @returns {Promise<Map<string, string>>} names of those in force, by hex fp */
export async function coordinators() {
  return new Map((await holders('coordinator')).map((one) => [hex(one.fp), one.name]));
}

/**
 * Who looks after a card. Somebody who is no coordinator now does not: anyone may take it.
 * @param {string | null} by base64url @param {Map<string, string>} desk names of coordinators by hex fp
 */
export function claimer(by, desk) {
  const fp = by ? hex(unb64u(by)) : '';
  const name = desk.get(fp);
  return name === undefined ? null : { name, me: fp === hex(me().fp) };
}

/** A date that does not wait first, then whoever has waited longest. @param {any} a @param {any} b */
function byUrgency(a, b) {
  return (a.deadline || '9999').localeCompare(b.deadline || '9999') || a.day - b.day;
}

/** The notebook is for cards that somebody still works on. @param {Set<string>} waiting */
async function forgetOver(waiting) {
  const gone = Object.keys(notebook().desk ?? {}).filter((id) => !waiting.has(id));
  if (gone.length) await note((book) => { for (const id of gone) delete book.desk?.[id]; });
}

/** @type {Record<string, (args: any) => any>} */
export const queueMethods = { 'desk.queue': queue, 'desk.over': over };
