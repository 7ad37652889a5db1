/**
 * Sealed mail between people outside a case.
 *
 *   await send('answer', payload, { desk: true, about });               // to every coordinator
 *   await send('statement', payload, { to: peer, about });              // peer: {fp, xwing_pk}
 *   const letters = await mine(['offer', 'statement'], { known });      // opened and verified
 *
 * The sender's key is found under the header's `from`: in the directory, or in `known` (identities of peers, which the
 * caller took from a verified place). A letter whose sender can't be found so is kept apart and never shown as theirs. A complaint
 * stands under no case, so no card says whose key wrote it: its author says so inside.
 */
import { fromJson, unbox } from '../crypto/box.js';
import { H, equal, hex, unb64u, unhex } from '../crypto/bytes.js';
import { frame } from '../crypto/frame.js';
import { openLetter, readMail, roleAddress, sealLetter } from '../crypto/letter.js';
import { readIdentity } from '../crypto/people.js';
import { openSeal } from '../crypto/seal.js';
import { dateOf, mustKnowTheDate, nowMs, today } from './clock.js';
import { checkPin, directory, holders, myRoles } from './directory.js';
import { isSignedIn, me } from './me.js';
import { post } from './net.js';
import { readSaidIn } from './payloads.js';
import { promised } from './promise.js';

const SIGNATURE = 64;

/**
 * The identity frame in the letter's own payload, if the header's `from` is its fingerprint. Nothing else of the payload is
 * believed here: the letter is then read again, and its signature checked under this identity.
 * @param {Uint8Array} mail frame @returns {Uint8Array | null}
 */
export function introduced(mail) {
  const { identity: reader } = me();
  try {
    const { header, body, stanzas, from } = readMail(mail);
    const key = openSeal(reader.xwing_seed, frame('stanza', { header: H(header), fp: reader.fp }), stanzas.get(hex(reader.fp)));
    const { identity } = fromJson(unbox(key, header, body).slice(SIGNATURE));
    const whole = unb64u(identity);
    return equal(readIdentity(whole).fp, from) ? whole : null;
  } catch {
    return null; // it stays a letter of somebody we can't tell
  }
}

const NO_CASE = new Uint8Array(16);

/**
 * @typedef {object} Letter
 * @property {string} kind @property {string} hash hex @property {string} from hex @property {string} name '' for a peer
 * @property {string[]} roles of the sender, by the directory @property {string} about hex @property {string} date
 * @property {Record<string, any> | null} payload null: it did not open or verify, or is crooked @property {boolean} mine written by me
 */

/**
 * A letter that every coordinator can open, and the sender.
 * @param {string} kind profile, answer, word, card
 * @param {Record<string, any>} payload
 * @param {{about?: Uint8Array, sender?: import('../crypto/keys.js').Identity, site?: Uint8Array}} [options] sender, site: of someone not signed in yet
 * @returns {Promise<Uint8Array>} `mail` frame
 */
export async function sealToDesk(kind, payload, { about = NO_CASE, sender = me().identity, site = me().site } = {}) {
  const desk = (await holders('coordinator')).filter((one) => hex(one.fp) !== hex(sender.fp));
  if (isSignedIn()) for (const one of desk) await checkPin(one);
  return sealLetter(sender, {
    site, kind, to: roleAddress(site, 'coordinator'), about, day: today(), payload: { at_ms: nowMs(), ...payload }, recipients: [...desk, sender],
  });
}

/**
 * Hand in one letter. Its sender keeps a copy that it can open.
 * @param {string} kind @param {Record<string, any>} payload
 * @param {{to?: {fp: Uint8Array, xwing_pk: Uint8Array}, desk?: boolean, about?: Uint8Array}} where
 */
export async function send(kind, payload, { to, desk = false, about = NO_CASE }) {
  mustKnowTheDate();
  if (desk) await directory({ reload: true }); // whoever has left the desk since the page was opened reads nothing more
  const { identity, site } = me();
  if (!desk && !to) throw new TypeError('a letter is for the desk or for somebody');
  if (to && 'person' in to) await checkPin(/** @type {any} */ (to)); // reading goes on under a changed key, writing to it does not
  const mail = desk
    ? await sealToDesk(kind, payload, { about })
    : sealLetter(identity, { site, kind, to: /** @type {any} */ (to).fp, about, day: today(), payload: { at_ms: nowMs(), ...payload }, recipients: [/** @type {any} */ (to), identity] });
  const { receipt, hash } = await post('/letters', { mail });
  const { hash: object, letter } = readMail(mail);
  const subject = equal(about, NO_CASE) ? letter : about; // a complaint must stand in no case's log
  await promised(receipt, { type: 'letter', object, subject, actor: identity.fp });
  return { hash };
}

/**
 * The letters for me of these kinds, oldest first: by the day of the header, within a day by each author's own clock.
 * @param {string[]} kinds
 * @param {{about?: string, known?: Map<string, Uint8Array>, introduce?: boolean}} [options] about: of this case alone, hex;
 *   known: identity frames of peers, by hex fp; introduce: whoever is not known may say in the letter whose key signed it
 * @returns {Promise<Letter[]>}
 */
export async function mine(kinds, { about = '', known = new Map(), introduce = false } = {}) {
  const roles = me().role === 'staff' ? await myRoles() : [];
  const read = [];
  for (let after = null, more = true; more;) {
    /** @type {{letters: any[], more: boolean}} */
    const page = await post('/letters/mine', { kinds, after, ...(about && { about: unhex(about) }) });
    for (const one of page.letters) read.push(await readLetter(one, roles, known, introduce));
    after = page.letters.at(-1)?.hash ?? null;
    more = page.more && after !== null;
  }
  const each = [...new Map(read.map((one) => [one.hash, one])).values()]; // one letter is one letter, however often it is handed out
  return each.filter((one) => kinds.includes(one.kind) && (!about || one.about === about)).sort((a, b) => a.date.localeCompare(b.date) || (a.payload?.at_ms ?? 0) - (b.payload?.at_ms ?? 0));
}

/**
 * One letter as the server hands it out.
 * @param {{header: string, body: string, stanza: string}} given @param {string[]} roles mine
 * @param {Map<string, Uint8Array>} [known] @param {boolean} [introduce]
 * @returns {Promise<Letter>}
 */
export async function readLetter({ header, body, stanza }, roles, known = new Map(), introduce = false) {
  const { identity, site } = me();
  const mail = frame('mail', { header: unb64u(header), body: unb64u(body), stanzas: [unb64u(stanza)] });
  const fields = readMail(mail);
  const from = hex(fields.from);
  const stranger = introduce && introduced(mail);
  const sender = await senderOf(from, stranger ? new Map([...known, [from, stranger]]) : known);
  /** @type {Letter} */
  const letter = {
    kind: fields.kind, hash: hex(fields.hash), from, name: sender?.name ?? '', roles: sender?.roles ?? [], about: hex(fields.about),
    date: dateOf(fields.day), payload: null, mine: from === hex(identity.fp),
  };
  if (!sender) return letter;
  try {
    letter.payload = readSaidIn(fields.kind, openLetter(mail, identity, sender.ed_pk, { site, roles }));
  } catch {
    letter.payload = null; // shown in its place as unreadable
  }
  return letter;
}

/** @param {string} from hex @param {Map<string, Uint8Array>} known @returns {Promise<{ed_pk: Uint8Array, name: string, roles: string[]} | null>} */
async function senderOf(from, known) {
  const { identity } = me();
  const binding = (await directory()).people.get(from);
  if (binding) return binding;
  if (from === hex(identity.fp)) return { ed_pk: identity.ed_pk, name: '', roles: [] };
  const frameOf = known.get(from);
  if (!frameOf) return null;
  const read = readIdentity(frameOf);
  return hex(read.fp) === from ? { ed_pk: read.ed_pk, name: '', roles: [] } : null;
}

/** Words between the desk and me that are no other letter: questions, a refusal, a reply. */
async function words() {
  return { letters: await mine(['word']) };
}

/** Write to the desk. @param {{type: string, text: string, about?: string}} args */
async function toDesk({ type, text, about }) {
  const payload = { kind: 'word', type, text };
  return send('word', payload, { desk: true, about: about ? unb64u(about) : NO_CASE });
}

/** @type {Record<string, (args: any) => any>} */
export const methods = { 'letters.words': words, 'letters.toDesk': toDesk };
