/**
 * Invitations and offers are sealed to those they are written to, so that the next coordinator can't open them. Whoever gives a
 * card back tells the desk, under their own signature, whom they invited and proposed.
 */
import { hex, unhex } from '../crypto/bytes.js';
import { readNamed } from './card.js';
import { mine, send } from './letters.js';
import { me } from './me.js';

const TYPE = 'handover';

/** @typedef {import('./letters.js').Letter} Letter */
/** @typedef {{from: string, name: string, date: string, mine: boolean, invited: string[], proposed: string[]}} Handover fps in hex */

const fps = (/** @type {any} */ value) => (Array.isArray(value) ? value.filter((one) => /^[0-9a-f]{64}$/.test(one)) : []);

/** Write it, unless there is nothing new to say. @param {string} id hex */
export async function handOver(id) {
  const own = (await mine(['invite', 'offer', 'word'], { about: id })).filter((one) => one.mine && one.payload);
  const invited = [...new Set(own.filter(({ kind }) => kind === 'invite').map(({ payload }) => payload?.to))];
  const proposed = readNamed(own.filter(({ kind }) => kind === 'offer').at(-1)?.payload?.people).map(({ fp }) => fp);
  const last = handovers(own).filter((one) => one.from === hex(me().fp)).at(-1) ?? { invited: [], proposed: [] };
  if (`${[last.invited, last.proposed]}` === `${[fps(invited), proposed]}`) return;
  await send('word', { kind: 'word', type: TYPE, text: '', invited, proposed }, { desk: true, about: unhex(id) });
}

/** @param {Letter} letter of whoever is a coordinator now */
export function isHandover({ kind, payload, roles }) {
  return kind === 'word' && payload?.type === TYPE && roles.includes('coordinator');
}

/** @param {Letter[]} letters @returns {Handover[]} oldest first */
export function handovers(letters) {
  return letters.filter(isHandover).map(({ from, name, date, mine: own, payload }) => ({ from, name, date, mine: own, invited: fps(payload?.invited), proposed: fps(payload?.proposed) }));
}
