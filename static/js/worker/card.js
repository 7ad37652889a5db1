/**
 * What somebody wrote to the desk, in the shapes that the desk shows. A card comes from a stranger: whatever has another shape
 * is left out, so that no card can stop the page that shows the other ones.
 */
import { b64u, equal, hex, unb64u, utf8 } from '../crypto/bytes.js';
import { date, isText, listOf, parts, text, texts } from './shapes.js';

const MOST_NAME = 60;
const MOST_KEPT = 24_000; // bytes of a notebook that holds 64 KiB, and pins besides

/** @typedef {{field: string, label: string, text: string}} Line */
/** @typedef {{lines: Line[], deadline: string, excluded: {people: string, employer: string, states: string[]}}} Shown */
/** @typedef {{deadline: string, name: string}} Kept what the queue sorts by and shows */

/** @param {any} payload of a card @returns {Shown} */
export function readCard(payload) {
  const { people, employer, states } = parts(payload.excluded);
  return {
    lines: listOf('field', 'label', 'text')(payload.lines), deadline: date(payload.deadline),
    excluded: { people: text(people), employer: text(employer), states: texts(states) },
  };
}

/** A supporter's profile. @param {any} payload */
export function readProfile(payload) {
  const { specialty, state, stage, availability, languages, employers } = parts(payload);
  return { specialty: text(specialty), state: text(state), stage: text(stage), availability: text(availability), languages: text(languages), employers: texts(employers) };
}

/** The people named in an offer; whoever is not named properly is left out. @param {any} people @returns {{fp: string, name: string}[]} fp in hex */
export function readNamed(people) {
  if (!Array.isArray(people)) return [];
  return people.map(parts).flatMap(({ fp, name }) => {
    try {
      return [{ fp: hex(unb64u(fp)), name: text(name) }];
    } catch {
      return [];
    }
  });
}

/** What an opened card leaves in the notebook. @param {Shown} card @returns {Kept} */
export function keptOf({ lines, deadline }) {
  return { deadline, name: (lines.find((one) => one.field === 'name_use')?.text ?? '').slice(0, MOST_NAME) };
}

/** The same as it stands in the notebook. @param {any} kept @returns {Kept} */
export function readKept(kept) {
  const { deadline, name } = parts(kept);
  return { deadline: date(deadline), name: text(name).slice(0, MOST_NAME) };
}

/**
 * The notebook's list with one card more. When it grows too long, what was opened first goes: it is opened again by hand.
 * @param {Record<string, Kept> | undefined} desk @param {string} id hex @param {Kept} kept
 */
export function withCard(desk, id, kept) {
  const { [id]: _before, ...others } = parts(desk);
  const all = [...Object.entries(others).map(([other, was]) => [other, readKept(was)]), [id, kept]];
  while (all.length > 1 && utf8(JSON.stringify(Object.fromEntries(all))).length > MOST_KEPT) all.shift();
  return Object.fromEntries(all);
}

/** Whether a card's payload names this identity and this case. @param {any} payload @param {Uint8Array} identity frame @param {Uint8Array} id */
export function names(payload, identity, id) {
  return payload.case === b64u(id) && isText(payload.identity) && equal(unb64u(payload.identity), identity);
}
