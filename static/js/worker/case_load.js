/**
 * A case fetched and proven: the chain, the rosters, the keys, what each entry says, and the numbers of its log lanes.
 * Nothing here is taken on the server's word; what does not verify stops the case, or is shown in its place as unreadable. Words may be
 * taken away by a signed `erase` further on; by the server alone, and then nothing is built on what it says stood there.
 */
import { CannotOpen, WrongPlace, b64u, equal, hex, unb64u, unhex } from '../crypto/bytes.js';
import { Chain } from '../crypto/chain.js';
import { readIdentity } from '../crypto/people.js';
import { checkCasePin, claimedLog, logFault, looked } from './case_proof.js';
import { settle } from './case_settle.js';
import { takeEntries } from './case_take.js';
import { forgetEvidence, saw } from './evidence.js';
import { mine } from './letters.js';
import { me, whenForgotten } from './me.js';
import { post } from './net.js';
import { isOlder, notebook } from './notebook.js';
import { Trouble } from './trouble.js';

/** Whether whoever wrote it, or the owner, erased it in a record of their own further on. @param {Entry} gone @param {Case} state */
export function isErased(gone, state) {
  return state.entries.some((one) => one.counts && one.seq > gone.seq && one.payload?.kind === 'erase' && one.payload.entry === b64u(gone.hash)
    && (one.author === gone.author || one.author === hex(state.chain.owner)));
}

/** The entries without the words that were signed away: also where the server keeps and hands out what it should have dropped. @param {Case} state @returns {Entry[]} */
export function withoutErased(state) {
  const gone = (/** @type {Entry} */ one) => one.payload && one.payload.kind !== 'erase' && isErased(one, state);
  return state.entries.map((one) => (gone(one) ? { ...one, payload: null, erased: true, counts: false } : one));
}

/**
 * An entry whose words are gone and that nobody signed away: at the end of the case the server could have made it up whole.
 * Not so where later records are closed to this reader, who came without their key: the `erase` can be among them.
 * @param {Case} state @returns {Trouble | null}
 */
export function withheld(state) {
  const closed = state.entries.filter((one) => one.type === 'record' && !state.keys.has(one.e)).at(-1)?.seq ?? 0;
  const found = state.entries.some((one) => one.erased && one.seq > closed && !isErased(one, state));
  return found ? new Trouble('Inconsistent', 'withheld', 'We stopped, because the site holds words of this case back. It says that they were erased, and nobody signed that. Nothing you wrote was shown to anyone new. Tell a coordinator.') : null;
}

/**
 * Any one member can have words of their own dropped without an `erase`, and that must not close the case: its owner may sign them
 * away, or take somebody out. Nothing else is written while they are withheld.
 * @param {Case} state
 */
export function mayHeal({ marked, chain }) {
  return marked?.code === 'withheld' && equal(chain.owner, me().fp);
}

/**
 * @typedef {object} Entry
 * @property {number} seq @property {'roster' | 'record'} type @property {Uint8Array} hash @property {number} day @property {number} e
 * @property {string} author hex fp @property {string} [record] hex @property {Record<string, any> | null} payload null: unreadable
 * @property {{size: number, root: string}} [seen] the log that its author had seen, as they signed it
 * @property {boolean} erased @property {boolean} counts its author may write this kind @property {string[]} [members] hex, of a roster
 */
/**
 * @typedef {object} Case
 * @property {Uint8Array} id @property {Chain} chain @property {Map<string, Uint8Array>} identities frames by hex fp
 * @property {Map<number, Uint8Array>} keys epoch keys that this person can open @property {Entry[]} entries
 * @property {Set<string>} left hex fps whose `leave` was opened @property {any[]} acts @property {any[]} events of entries
 * @property {number} since the first seq at which this person is a member
 * @property {boolean} invited of the team: a letter shows that this case is the one they were asked about
 * @property {Trouble | null} marked the log does not fit: it may be read, with this said, and not written in
 * @property {Trouble | null} found a fault of the log that stays, however the site answers next
 * @property {import('./case_proof.js').Proof | null} proof what the log said of it, and what is still waited for
 */

/** @type {Map<string, Promise<Case>>} one load at a time for each case */
const loading = new Map();
/** @type {Map<string, Case>} */
const open = new Map();

whenForgotten(forgetCases);

/** Forget every opened case, at a lock. */
function forgetCases() {
  for (const known of open.values()) for (const key of known.keys.values()) key.fill(0);
  open.clear();
  loading.clear();
  forgetEvidence();
}

/** The case as it stands now, verified. @param {string} id hex @returns {Promise<Case>} @throws {import('../crypto/bytes.js').SealError} @throws {Trouble} */
export function loadCase(id) {
  const before = loading.get(id) ?? Promise.resolve(open.get(id) ?? null);
  const next = before.catch(() => open.get(id) ?? null).then((known) => refresh(id, known));
  loading.set(id, next);
  return next;
}

/** The case as it was last verified, for what a page asks right after it opened it. @param {string} id hex @returns {Promise<Case>} */
export async function openedCase(id) {
  return open.get(id) ?? loadCase(id);
}

/**
 * The cases of whoever is signed in, as the server lists them; each is verified when it is opened. One that they left is none of
 * theirs, also while its roster still names them.
 */
export async function listCases() {
  const found = [];
  for (let more = true, after = null; more;) {
    const answer = await post('/cases/mine', after ? { after } : {});
    found.push(...answer.cases);
    after = answer.cases.at(-1)?.case;
    more = answer.more && !!after;
  }
  checkOwnIsListed(found);
  return found.filter((/** @type {any} */ one) => one.owner || !one.left).map((/** @type {any} */ one) => ({ id: hex(unb64u(one.case)), owner: one.owner, seq: one.seq }));
}

/** A peer whose page was seen before has sent her account, whatever the server now says. @param {{case: string}[]} found */
function checkOwnIsListed(found) {
  const listed = new Set(found.map((one) => hex(unb64u(one.case))));
  if (me().role === 'peer' && Object.keys(notebook().pins.cases).some((id) => !listed.has(id))) {
    throw new Trouble('Inconsistent', 'case-missing', 'We stopped, because the site does not show the case that you have seen here before. You do not need to send anything again. Nothing you wrote was shown to anyone new. Tell a coordinator.');
  }
}

/** @param {string} id hex @param {Case | null} known */
async function refresh(id, known) {
  try {
    return await fetchAndProve(id, known);
  } catch (error) {
    if (!(error instanceof Trouble) || error.code !== 'rolled-back') throw error;
    return fetchAndProve(id, known); // another tab may have seen more while this was on its way: once more, then it stops
  }
}

/** @param {string} id hex @param {Case | null} known @param {boolean} [again] a second look, because the log knew of more than the case showed */
async function fetchAndProve(id, known, again = false) {
  const draft = known ? copy(known) : blank(unhex(id));
  const pin = notebook().pins.cases[id];
  const early = pin?.log ? looked(pin.log) : null; // the log travels beside the case
  early?.catch(() => {}); // it is awaited below, if the case comes
  const answers = await fetchCase(draft.id, draft.chain.seq);
  for (const answer of answers) takeIdentities(draft, answer.identities);
  await takeEntries(draft, answers);
  draft.entries = withoutErased(draft);
  draft.events.push(...answers.flatMap((answer) => answer.entry_events));
  draft.acts = answers.flatMap((answer) => answer.acts ?? []);
  checkMembership(draft);
  const log = await (early ?? looked(claimedLog(draft)));
  if (log.fault?.code !== 'put-back') checkCasePin(draft, notebook().pins); // roots declared that it goes back
  draft.marked = await logFault(draft, log);
  // Whatever came into the log after the case was handed out is in the case by now.
  if (draft.marked?.code === 'number-hidden' && !again) return fetchAndProve(id, draft, true);
  draft.marked ??= draft.found ?? isOlder() ?? withheld(draft) ?? await uninvited(draft);
  open.set(id, draft);
  settle(draft, { current: () => open.get(id) === draft, again: () => loadCase(id) });
  return draft;
}

/**
 * Everything that the server hands out of a case after a place, page by page.
 * @param {Uint8Array} id @param {number} after @returns {Promise<any[]>} the answers of /cases/open
 */
export async function fetchCase(id, after) {
  const answers = [];
  let [seq, afterAct] = [after, { epoch: 0, n: 0 }];
  for (let more = true; more;) {
    const answer = await post('/cases/open', { case: id, after: seq, after_act: afterAct });
    saw('/cases/open', answer);
    answers.push(answer);
    const [entry, act] = [answer.entries.at(-1), answer.acts?.at(-1)];
    more = (answer.more && !!entry) || (!!answer.more_acts && !!act);
    seq = entry?.seq ?? seq;
    if (act) afterAct = { epoch: act.epoch, n: act.n };
  }
  return answers;
}

/**
 * The team's side: a coordinator asked about this very case, or I wrote to its owner then. Anybody can make a case around me.
 * @param {Case} state @returns {Promise<Trouble | null>}
 */
async function uninvited(state) {
  const about = hex(state.id);
  if (me().role === 'peer' || state.invited) return null;
  const asked = (await mine(['invite', 'statement'], { about })).filter((one) => one.payload);
  state.invited = asked.some((one) => (one.mine ? one.kind === 'statement' : one.kind === 'invite' && one.roles.includes('coordinator')));
  if (state.invited) return null;
  return new Trouble('Inconsistent', 'not-invited', 'We stopped, because no coordinator has asked you about this case. It may not be the person’s that it says. Nothing you wrote was shown to anyone new. Tell a coordinator.');
}

/** @param {Uint8Array} id @returns {Case} */
function blank(id) {
  return { id, chain: new Chain(me().site, id), identities: new Map(), keys: new Map(), entries: [], left: new Set(), acts: [], events: [], since: 0, invited: false, marked: null, found: null, proof: null };
}

/** What is proven stays untouched when the next answer is refused. @param {Case} known @returns {Case} */
function copy(known) {
  const { chain } = known;
  const again = Object.assign(new Chain(chain.site, chain.case), chain, { rosters: new Map(chain.rosters), erased: new Map(chain.erased) });
  return { ...known, chain: again, identities: new Map(known.identities), keys: new Map(known.keys), entries: [...known.entries], left: new Set(known.left), events: [...known.events] };
}

/** @param {Case} state @param {string[]} frames */
function takeIdentities(state, frames) {
  for (const text of frames) {
    const data = unb64u(text);
    state.identities.set(hex(readIdentity(data).fp), data);
  }
}

/** @param {Case} state */
function checkMembership(state) {
  if (!state.chain.members.some((one) => equal(one.fp, me().fp))) throw new WrongPlace('not a member of this case');
  checkOwnCase(state);
  // Without any key its owner can still make the next one; for everybody else there is nothing here.
  if (!state.keys.size && !equal(state.chain.owner, me().fp)) throw new CannotOpen('no key of this case opens');
}

/** A peer's own page shows a case that is theirs, not one that somebody made around them. @param {Case} state */
function checkOwnCase({ chain }) {
  if (me().role === 'peer' && !equal(chain.owner, me().fp)) throw new WrongPlace('a case of somebody else');
}
