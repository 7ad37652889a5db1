/** Volunteers and staff: invited by a link, joined from it, and shown as the directory has them. Changes to the directory: listing.js. */
import { H, b64u, hex, sodium } from '../crypto/bytes.js';
import { frame } from '../crypto/frame.js';
import { newIdentity } from '../crypto/keys.js';
import { safetyWords } from '../crypto/people.js';
import { enrolled, readEmail } from './account.js';
import { makeBinding, readName } from './binding.js';
import { certifyMethods, handOnMethods, listProposed, settleOnVisit } from './certify.js';
import { dateOf, nowS, today } from './clock.js';
import { directory, holders, pinPerson, reloadDirectory, siteFacts } from './directory.js';
import { madeWords, prepareEnrolment } from './enrolment.js';
import { mine, sealToDesk } from './letters.js';
import { renewIfDue, renewalByHand } from './listing.js';
import { me } from './me.js';
import { post } from './net.js';
import { notebook } from './notebook.js';
import { readProfile } from './payloads.js';
import { waitingBindings } from './proposal.js';
import { isNamesake, shownPerson, siteShown } from './shown.js';
import { Trouble } from './trouble.js';

const DAY_S = 86_400;

/** What a link still allows. @param {{token: string}} args @returns {Promise<{roles: string[], until: string, site: string, name: string, day: string}>} */
async function invitation({ token }) {
  const { roles, expires_s } = await post('/people/invitation', { token });
  const { site, name } = await siteFacts();
  return { roles, until: dateOf(Math.floor(expires_s / DAY_S)), site: siteShown(site), name, day: dateOf(today()) };
}

/** Say what is wrong with a name or an address before words are made. @param {{name: string, email: string}} args */
function checkJoiner({ name, email }) {
  return { name: readName(name), email: readEmail(email) };
}

/** @type {{key: string, prepared: import('./enrolment.js').Prepared, request: Record<string, any>} | null} */
let joining = null;

/**
 * Join with the words just made: keys, binding, and a profile that only the coordinators can open. Safe to repeat.
 * @param {{token: string, name: string, email: string, profile: {specialty: string, state: string, stage: string, employers: string[], availability: string, languages?: string} | null}} args null: a part that needs none
 */
async function join({ token, name, email, profile }) {
  const key = JSON.stringify([token, name, email, profile]);
  if (joining?.key !== key) joining = { key, ...(await prepareJoin({ token, name, email, profile })) };
  const { prepared, request } = joining;
  await enrolled(prepared, await post('/people/join', request));
  await directory({ reload: true });
  joining = null;
  return {};
}

/** @param {{token: string, name: string, email: string, profile: Record<string, any> | null}} from */
async function prepareJoin({ token, name, email, profile }) {
  const { roles } = await invitation({ token });
  const { site } = await directory({ reload: true });
  const identity = newIdentity();
  const prepared = prepareEnrolment({ site, role: 'staff', words: madeWords(), email: readEmail(email), identity });
  const binding = makeBinding({ site, name: readName(name), roles, identity });
  const mail = profile ? await sealToDesk('profile', { kind: 'profile', ...profile }, { sender: identity, site }) : null;
  return { prepared, request: { token, enrol: prepared.enrol, enrol_sig: prepared.sig, binding: binding.signed, mail } };
}

/** A link for one new person, good once and for seven days. The secret stands after #, so it is in no request. @param {{roles: string[]}} args */
async function invite({ roles }) {
  const token = sodium.randombytes_buf(32);
  const { expires_s } = await post('/people/invite', { token_hash: H(token), roles }, { act: true });
  return { path: `/people#${b64u(token)}`, until: dateOf(Math.floor(expires_s / DAY_S)) };
}

/**
 * All that the page shows: who is who, who waits, how the list stands. A coordinator's visit renews a list that ends within three days.
 * @returns {Promise<Record<string, any>>}
 */
async function view() {
  reloadDirectory();
  const renewed = await renewIfDue();
  const letIn = await settleOnVisit();
  const known = await directory();
  const own = known.people.get(hex(me().fp));
  const coordinator = !!own?.roles.includes('coordinator');
  const { state, site } = known;
  const desk = await holders('coordinator');
  const waiting = coordinator ? await waitingBindings() : [];
  const profiles = coordinator ? await profilesOf([...known.all.values(), ...waiting]) : new Map();
  const left = state.expires - nowS();
  return {
    you: { fp: hex(me().fp), name: own?.name ?? ownName(known), roles: own?.roles ?? [], listed: !!own, suspended: state.revoked.has(hex(me().fp)), safety: safetyWords(me().fp) },
    site: siteShown(site),
    day: dateOf(today()),
    list: {
      version: state.version, until: dateOf(Math.floor(state.expires / DAY_S)), expired: left <= 0, days: Math.max(0, Math.floor(left / DAY_S)),
      signatures: state.coordinators, coordinators: new Set(desk.map((one) => hex(one.person))).size, renewed, byHand: await renewalByHand(),
    },
    people: [...known.all.values()].map((one) => ({ ...shownPerson(one), profile: profiles.get(hex(one.fp)) ?? null, standing: standing(known, one), compared: notebook().pins.people[hex(one.person)] === hex(one.fp) }))
      .filter((one) => one.standing !== 'waiting').sort((a, b) => a.name.localeCompare(b.name)),
    desk: desk.map(shownPerson),
    waiting: waiting.map((one) => ({ ...shownPerson(one), namesake: isNamesake(one, known.all), profile: profiles.get(hex(one.fp)) ?? null, heard: !!notebook().heard?.[hex(one.hash)] })),
    proposed: coordinator ? await listProposed(waiting) : null, letIn,
  };
}

/** The newest profile of each, for coordinators: of those who wait as well, under the key that they will be certified with. @param {import('./directory.js').Binding[]} bindings */
async function profilesOf(bindings) {
  const known = new Map(bindings.map(({ fp, ed_pk, xwing_pk }) => [hex(fp), frame('identity', { ed_pk, xwing_pk })]));
  const profiles = new Map();
  for (const letter of await mine(['profile'], { known })) if (letter.payload) profiles.set(letter.from, readProfile(letter.payload));
  return profiles;
}

/** @param {import('./directory.js').Known} known @param {import('./directory.js').Binding} one */
function standing({ state, people }, one) {
  if (state.revoked.has(hex(one.fp))) return 'suspended';
  return people.has(hex(one.fp)) ? 'in force' : 'waiting';
}

/** @param {import('./directory.js').Known} known */
function ownName(known) {
  return [...known.all.values()].find((one) => hex(one.fp) === hex(me().fp))?.name ?? '';
}

/** The safety words were compared with this listed person, and matched: their key is remembered. @param {{fp: string}} args */
async function matched({ fp }) {
  const binding = (await directory()).people.get(fp);
  if (!binding) throw new Trouble('Refused', 'gone', 'This person is no longer in the list. Nothing was changed.');
  await pinPerson(binding, { compared: true });
  return {};
}

/** Drop somebody who waits, such as one whose words did not match. @param {{binding: string}} args hex */
async function dismiss({ binding }) {
  const one = (await waitingBindings()).find((other) => hex(other.hash) === binding);
  if (one) await post('/people/dismiss', { binding: one.hash }, { act: true });
  return {};
}

/** @type {Record<string, (args: any) => any>} */
export const methods = {
  'people.invitation': invitation,
  'people.checkJoiner': checkJoiner,
  'people.join': join,
  'people.invite': invite,
  'people.view': view,
  'people.matched': matched,
  'people.dismiss': dismiss,
  ...certifyMethods,
  ...handOnMethods,
};
