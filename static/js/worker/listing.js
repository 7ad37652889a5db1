/** The next version of the directory: published, somebody suspended, or the list renewed for another week. Letting in: certify.js. */
import { H, unhex } from '../crypto/bytes.js';
import { nextDirectory } from '../crypto/directory.js';
import { unframe } from '../crypto/frame.js';
import { readSigned, signThing } from '../crypto/keys.js';
import { clockIsOff, dateOf, mustKnowTheDate, nowS } from './clock.js';
import { directory, myRoles, pinDirectory, reloadDirectory } from './directory.js';
import { me } from './me.js';
import { post } from './net.js';
import { note, notebook } from './notebook.js';
import { promised, siteTag } from './promise.js';
import { Trouble } from './trouble.js';

const DAY_S = 86_400;
const RENEW_S = 3 * DAY_S;
const OVER_S = 7 * DAY_S; // after that long nobody signs without looking: it may be what a server kept from before a suspension

/** @typedef {import('./directory.js').Known} Known */

/** @returns {[Uint8Array, Uint8Array]} */
export function signer() {
  return [me().fp, me().identity.ed_seed];
}

/**
 * Put the next list in force. It counts as done once the log has promised it under its own number, and the list that is shown
 * now is this one or follows it.
 * @param {Uint8Array} signed @throws {Trouble} 'newer', 'receipt', 'directory-rolled-back'
 */
export async function publish(signed) {
  const { thing, sigs } = readSigned(signed);
  const { version } = unframe('directory', thing);
  const [first] = sigs.keys();
  try {
    const { receipt } = await post('/people/publish', { directory: signed });
    await promised(receipt, { type: 'directory', object: H(thing), actor: unhex(first), tag: siteTag('directory', version) });
    await pinDirectory(version, H(thing));
  } finally {
    reloadDirectory();
  }
  await directory();
}

/** Suspend someone at once: no letter, case or list counts their key from now on. One coordinator is enough; undoing it needs new keys. @param {{binding: string}} args hex */
async function suspend({ binding }) {
  mustKnowTheDate();
  const known = await directory({ reload: true });
  const one = known.all.get(binding);
  if (!one) throw new Trouble('Refused', 'gone', 'This person is no longer in the list. Nothing was changed.');
  const drop = known.state.bindings.has(binding) ? [one.hash] : [];
  await publish(signThing(nextDirectory(known.state, [], drop, [one.fp], nowS()), [signer()]));
  return { done: true };
}

let renewed = false;

/** A list that ends within three days, for a coordinator who may renew it. */
async function isDue() {
  const { state } = await directory();
  return state.expires - nowS() < RENEW_S && !clockIsOff() && (await myRoles()).includes('coordinator');
}

/** Whether this account knows the list from one it trusts, and it is not long over: only then is it signed without being looked at. @param {Known} known */
export function knowsList({ state }) {
  return !notebook().pins.directory.unsure && nowS() - state.expires < OVER_S;
}

/** Renew a list that is due, on a coordinator's visit to any page. @returns {Promise<boolean>} whether it was, since this page was loaded */
export async function renewIfDue() {
  const known = await directory();
  if (!knowsList(known) || !await isDue()) return renewed;
  try {
    await renew(known);
  } catch (error) {
    if (!(error instanceof Trouble) || error.code !== 'newer') throw error; // another coordinator was first
  }
  renewed = true;
  return renewed;
}

/** What a coordinator looks at before renewing by hand; null when there is nothing to decide. @returns {Promise<{version: number, until: string, over: boolean, listed: number, suspended: number} | null>} */
export async function renewalByHand() {
  const known = await directory();
  const { state } = known;
  if (knowsList(known) || !await isDue()) return null;
  return { version: state.version, until: dateOf(Math.floor(state.expires / DAY_S)), over: state.expires <= nowS(), listed: state.bindings.size, suspended: state.revoked.size };
}

/** The coordinator has looked at this version. @param {{version: number}} args */
async function renewByHand({ version }) {
  mustKnowTheDate();
  const known = await directory({ reload: true });
  if (known.state.version !== version) throw changed();
  await renew(known);
  renewed = true;
  await note((book) => { delete book.pins.directory.unsure; });
  return {};
}

/** @param {Known} known */
function renew({ state }) {
  return publish(signThing(nextDirectory(state, [], [], [], nowS()), [signer()]));
}

function changed() {
  return new Trouble('Refused', 'newer', 'Nothing was signed. The list has changed since you opened this page. Look at it again.');
}

export const methods = {
  'listing.roles': async () => ({ roles: await myRoles() }),
  'listing.renew': renewIfDue,
  'listing.renewByHand': renewByHand,
  'listing.suspend': suspend,
};
