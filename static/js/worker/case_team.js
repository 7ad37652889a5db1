/** Whom the peer may let in: people named in a coordinator's signed offer, and nobody else. Letting in is the grant. */
import { b64u, hex, unb64u, unhex } from '../crypto/bytes.js';
import { identityOf, safetyWords } from '../crypto/people.js';
import { loadCase, openedCase } from './case_load.js';
import { former, since, viewCase } from './case_view.js';
import { changeMembers, currentMembers } from './case_write.js';
import { checkPin, directory, mustBeFresh, person, pinPerson } from './directory.js';
import { mine, send } from './letters.js';
import { mustFitTheLog } from './log_lanes.js';
import { notebook, readAgain } from './notebook.js';
import { isNamesake } from './shown.js';
import { Trouble } from './trouble.js';
import { mustBeWatched } from './witnesses.js';

/** @typedef {import('./case_load.js').Case} Case */

/**
 * The people whom a coordinator has offered, each with what they wrote, the last of it first. Nobody else can be approved.
 * @param {{case: string, opened?: boolean}} args opened: the page opened the case just now, so it is not asked for again
 */
export async function proposals({ case: id, opened = false }) {
  const [state, letters] = await Promise.all([opened ? openedCase(id) : loadCase(id), mine(['offer', 'statement', 'word'])]);
  const about = hex(state.id);
  const statements = letters.filter((one) => one.kind === 'statement' && one.about === about && one.payload);
  const { people, state: list, all } = await directory();
  const inCase = new Set(state.chain.members.map((one) => hex(one.fp)));
  const offered = offers(state, letters);
  const proposed = [...offered].map(([fp, offer]) => {
    const binding = people.get(fp);
    const own = statements.filter((one) => one.from === fp).map(({ payload, date }) => ({ text: payload?.text ?? '', date }));
    const no = letters.filter((one) => one.kind === 'word' && one.mine && one.payload?.type === 'decline' && one.payload?.whom === fp).at(-1);
    return {
      fp, name: nameOf(fp, binding ?? all.get(offer.binding)), date: offer.date, by: offer.by, note: offer.note, approved: inCase.has(fp), former: former(fp, state, list.revoked),
      statement: own.at(-1) ?? null, earlier: own.slice(0, -1),
      safety: binding ? safetyWords(binding.fp) : [], ready: !!binding && hex(binding.hash) === offer.binding, changed: !!binding && hex(binding.hash) !== offer.binding,
      declined: !!no, decided: inCase.has(fp) ? since(fp, state) : no?.date ?? '', pinned: binding ? pinFits(binding) : true, namesake: !!binding && isNamesake(binding, all),
    };
  });
  const words = letters.filter((one) => one.kind === 'word' && isWithDesk(one, about)).map(({ from, name, date, mine: own, payload, hash }) => ({
    from, name, date, mine: own, type: payload?.type ?? '', text: payload?.text ?? '', hash, unreadable: !payload,
  })).filter(({ type }) => type !== 'decline');
  const unreadable = letters.filter((one) => (one.kind === 'word' ? !isWithDesk(one, about) : !one.payload))
    .map(({ name, date, payload }) => ({ name, date, opens: !!payload }));
  return { proposed, beside: wordsBeside(state, letters), words, unreadable };
}

/** The peer's own words to the desk, and a coordinator's, of this case or of none: nobody else speaks for the desk. @param {import('./letters.js').Letter} one @param {string} about hex */
function isWithDesk(one, about) {
  return (one.mine || one.roles.includes('coordinator')) && (one.about === about || !/[^0]/.test(one.about));
}

/** A name that the one who bears it has signed; what a letter says of somebody unknown is no name. @param {string} fp hex @param {import('./directory.js').Binding | undefined} binding */
function nameOf(fp, binding) {
  return binding && hex(binding.fp) === fp ? binding.name : '';
}

/** Whether this is the key that was seen before, if one was. @param {import('./directory.js').Binding} binding */
function pinFits(binding) {
  const pinned = notebook().pins.people[hex(binding.person)];
  return !pinned || pinned === hex(binding.fp);
}

/**
 * Everyone named in an `offer` for this case that a coordinator signed. The list of who may be approved comes from nowhere else.
 * @param {Case} state @param {import('./letters.js').Letter[]} letters
 * @returns {Map<string, {name: string, binding: string, date: string, by: string, note: string}>} by hex fp
 */
function offers(state, letters) {
  const found = new Map();
  for (const { kind, payload, roles, about, date, name: by } of letters) {
    if (kind !== 'offer' || !payload || !offerCounts(roles, about, payload, state)) continue;
    for (const one of payload.people.map(readOffered)) if (one) found.set(one.fp, { ...one, date, by, note: payload.note });
  }
  return found;
}

/** What coordinators wrote beside their offers, oldest first. @param {Case} state @param {import('./letters.js').Letter[]} letters */
function wordsBeside(state, letters) {
  const counts = letters.filter(({ kind, payload, roles, about }) => kind === 'offer' && payload && offerCounts(roles, about, payload, state));
  return counts.map(({ name: by, date, hash, payload }) => ({ by, date, hash, text: String(payload?.note ?? '').trim() })).filter(({ text }) => text);
}

/** One who is offered, or null for what names nobody: one bad line closes no letter. @param {any} one */
function readOffered(one) {
  try {
    return { fp: hex(unb64u(one.fp)), name: one.name, binding: hex(unb64u(one.binding)) };
  } catch {
    return null;
  }
}

/** An offer is a coordinator's, and about this very case. @param {string[]} roles @param {string} about @param {any} payload @param {Case} state */
function offerCounts(roles, about, payload, state) {
  return roles.includes('coordinator') && about === hex(state.id) && payload.case === b64u(state.id);
}

/**
 * Let one offered person in: the case's new key is sealed to theirs. This is the grant, and only the owner's browser can make it.
 * @param {{case: string, fp: string}} args
 */
export async function approve({ case: id, fp }) {
  await readAgain();
  await mustBeFresh();
  await mustFitTheLog();
  const state = await loadCase(id);
  await mustBeWatched(state);
  const binding = await approvable(state, fp);
  await pinPerson(binding);
  const next = await changeMembers(id, (now) => {
    if (now.chain.members.some((one) => hex(one.fp) === fp)) return null;
    return [...currentMembers(now), { identity: identityOf(binding), lead: false }];
  });
  return viewCase(next);
}

/** The binding that was offered, in force, and with the key that was seen before. @param {Case} state @param {string} fp */
async function approvable(state, fp) {
  const offered = offers(state, await mine(['offer'])).get(fp);
  const binding = await person(unhex(fp));
  if (!offered || !binding || hex(binding.hash) !== offered.binding || !binding.roles.includes('supporter')) {
    throw new Trouble('NotAllowed', 'not-offered', 'We stopped, because no coordinator has proposed this person with this key. Nothing you wrote was shown to anyone new. Ask a coordinator.');
  }
  await checkPin(binding);
  if (isNamesake(binding, (await directory()).all)) throw namesake();
  return binding;
}

function namesake() {
  return new Trouble('Refused', 'namesake', 'Nothing was changed. You know another key under this name. Compare the safety words with this person by phone first: they stand below.');
}

/** No, thank you: the desk is told, the person is not given a reason. @param {{case: string, fp: string}} args */
export async function decline({ case: id, fp }) {
  const state = await loadCase(id);
  if (state.marked) throw state.marked;
  await send('word', { kind: 'word', type: 'decline', whom: fp, text: '' }, { desk: true, about: state.id });
  return proposals({ case: id });
}
