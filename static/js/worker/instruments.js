/** Editions of the questionnaires, for coordinators. Nothing here is sealed: questions are public, and no answer comes near. */
import { hex, unb64u } from '../crypto/bytes.js';
import { dateOf } from './clock.js';
import { directory } from './directory.js';
import { post } from './net.js';
import { Trouble } from './trouble.js';

const MOST_BYTES = 1_000_000; // as app/instruments/service.py

/** @returns {Promise<{editions: {id: string, name: string, edition: number, asked: boolean, day: string | null, by: string | null}[]}>} newest first */
async function list() {
  const [{ editions }, { all }] = await Promise.all([post('/instruments/list'), directory()]);
  const nameOf = (/** @type {string} */ fp) => [...all.values()].find((one) => hex(one.fp) === hex(unb64u(fp)))?.name ?? null;
  return { editions: editions.map((/** @type {any} */ one) => ({ ...one, day: one.day === null ? null : dateOf(one.day), by: one.by && nameOf(one.by) })) };
}

/** @param {{id: string}} args */
const show = ({ id }) => post('/instruments/show', { id });

/** The edition as a file for REDCap. @param {{id: string}} args @returns {Promise<{name: string, text: string}>} */
async function dictionary({ id }) {
  const { dictionary: csv } = await post('/instruments/dictionary', { id });
  return { name: `${id}.csv`, text: new TextDecoder().decode(unb64u(csv)) };
}

/** What a file would be as the next edition of an instrument, or read for itself when no instrument is named. @param {{name: string, bytes: Uint8Array}} args */
const check = ({ name, bytes }) => (name ? post('/instruments/check', { name, dictionary: sized(bytes) }) : post('/instruments/try', { dictionary: sized(bytes) }));

/** Keep it for good. @param {{name: string, bytes: Uint8Array, after: string}} args after: the edition it was compared with */
const store = ({ name, bytes, after }) => post('/instruments/store', { name, dictionary: sized(bytes), after }, { act: true });

/** @param {Uint8Array} bytes */
function sized(bytes) {
  if (bytes.length > MOST_BYTES) throw new Trouble('Input', 'too-large', 'This file is larger than a dictionary can be. Look whether it is the right one.', { field: 'dictionary' });
  return bytes;
}

export const methods = {
  'instruments.list': list, 'instruments.show': show, 'instruments.dictionary': dictionary, 'instruments.check': check, 'instruments.store': store,
};
