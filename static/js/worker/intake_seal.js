/**
 * What is sealed before a first submission. Under the account key, what is not sent yet: two drafts at most, what is being written and
 * the exact bytes of a submission whose receipt has not been verified. And everything of the submission itself, made and sealed on this
 * device; it is sent by intake.js.
 */
import { H, b64u, concat, hex, sodium, unb64u } from '../crypto/bytes.js';
import { makeRekey } from '../crypto/entry.js';
import { unframe } from '../crypto/frame.js';
import { openDraft, sealDraft } from '../crypto/keys.js';
import { readMail } from '../crypto/letter.js';
import { laneTag } from '../crypto/log.js';
import { caseId } from '../crypto/people.js';
import { makeSubmission, sealRecord } from '../crypto/record.js';
import { today } from './clock.js';
import { sealToDesk } from './letters.js';
import { rosterLog, seenNow } from './log.js';
import { me } from './me.js';
import { post } from './net.js';
import { note, notebook } from './notebook.js';

/** Numbers of the drafts; every account has its own, since the seal binds it. */
const WRITING = new Uint8Array(16);
const SENDING = Uint8Array.of(...new Uint8Array(15), 1);

/** @type {Uint8Array | null} number and box, sealed and not yet stored */
let latest = null;

/** @param {Uint8Array} number @param {Record<string, any>} content @returns {Uint8Array} number and box */
function sealed(number, content) {
  const { account_key, site, fp } = me();
  return concat(number, sealDraft(account_key, site, fp, number, content));
}

/** Seal what is being written: for the next save, and for the page to hand over as it is left. @param {{draft: Record<string, any>}} args */
export function seal({ draft }) {
  latest = sealed(WRITING, draft);
  return { sealed: latest };
}

/** Store what was sealed last. */
export async function save() {
  if (latest) await post('/intake/draft', latest);
  return {};
}

/**
 * Keep the bytes of a submission before they are sent. Their hash goes into the notebook: a server that was sent other bytes before, and
 * refused them, could hand those out again, with lines of the card that were taken off since.
 * @param {{submission: Uint8Array, case: Uint8Array}} kept
 */
export async function keepSending({ submission, case: id }) {
  const hash = b64u(H(submission));
  await Promise.all([
    post('/intake/draft', sealed(SENDING, { submission: b64u(submission), case: b64u(id) })),
    notebook().sending === hash || note((book) => { book.sending = hash; }),
  ]);
}

/** Drop them: they were refused, and so never landed. */
export async function dropSending() {
  await note((book) => { delete book.sending; });
  await post('/intake/drop', { draft: SENDING });
}

/**
 * Both drafts, opened.
 * @returns {Promise<{writing: Record<string, any> | null, sending: {submission: Uint8Array, case: Uint8Array} | null}>}
 * @throws {import('../crypto/bytes.js').CannotOpen} one that does not open is never written over
 */
export async function loadDrafts() {
  const { account_key, site, fp } = me();
  const { drafts } = await post('/intake/drafts');
  const opened = new Map(drafts.map((/** @type {any} */ one) => {
    const number = unb64u(one.draft);
    return [hex(number), openDraft(account_key, site, fp, number, unb64u(one.box))];
  }));
  return { writing: opened.get(hex(WRITING)) ?? null, sending: readSending(opened.get(hex(SENDING))) };
}

/** What was sent last, and nothing that was sent before it. @param {Record<string, any> | undefined} kept */
function readSending(kept) {
  if (!kept) return null;
  const submission = unb64u(kept.submission);
  return b64u(H(submission)) === notebook().sending ? { submission, case: unb64u(kept.case) } : null;
}

/**
 * What the peer has read on the page and sends.
 * @typedef {object} Account
 * @property {Record<string, any>} answers @property {Record<string, any>} consents @property {{people: string, employer: string, states: string[]}} exclusions
 * @property {{field: string, label: string, text: string}[]} lines of the card, as shown
 * @property {{people: string, employer: string, states: string[]}} excluded on the card, as shown
 * @property {string} [deadline] YYYY-MM-DD @property {string} instrument e.g. intake.v1
 * @property {{field: string, label: string, text: string}[]} told all answers in words, for readers who have no questionnaire
 * @property {import('./research.js').Given | null} [row] coded answers for research; null without a yes. It is no part of what is sealed here
 */

/** The bytes of a first submission. @param {Account} account @returns {Promise<{submission: Uint8Array, case: Uint8Array}>} */
export async function sealSubmission(account) {
  const { identity, site } = me();
  const nonce = sodium.randombytes_buf(16);
  const epochKey = sodium.randombytes_buf(32);
  const day = today();
  const id = caseId(site, identity.fp, new Uint8Array(16), nonce);
  const { rekey, entry, roster } = makeRekey(identity, null, {
    site, nonce, epochKey, lastKey: null, members: [{ identity: identity.frame, lead: false }], ownerFp: identity.fp, day, ...rosterLog(),
  });
  const record = sealRecord(identity, {
    site, case: id, seq: 2, prev: H(entry), e: 1, roster: H(roster), author: 0, day, epochKey, payload: { ...accountPayload(account), seen: seenNow() },
  });
  sodium.memzero(epochKey);
  const card = await sealToDesk('card', cardPayload(account, id, nonce), { about: id });
  return { submission: makeSubmission({ rekey, record, card }), case: id };
}

/** @param {Account} account */
function accountPayload({ answers, consents, exclusions, lines, instrument, told }) {
  return { kind: 'account', answers, consents, exclusions, card: lines, instrument, told };
}

/** @param {Account} account @param {Uint8Array} id @param {Uint8Array} nonce */
function cardPayload({ lines, excluded, deadline }, id, nonce) {
  const payload = { kind: 'card', case: b64u(id), nonce: b64u(nonce), identity: b64u(me().identity.frame), lines, excluded };
  return deadline ? { ...payload, deadline } : payload;
}

/**
 * What the log must say of a submission: three events under numbers of their own.
 * @param {{submission: Uint8Array, case: Uint8Array}} kept
 * @returns {{roster: import('./promise.js').Expected, record: import('./promise.js').Expected, card: import('./promise.js').Expected, head: Uint8Array}}
 */
export function expectedReceipts({ submission, case: subject }) {
  const actor = me().identity.fp;
  const parts = unframe('submission', submission);
  const { entry, lane_key } = unframe('rekey', parts.rekey);
  const tag = (/** @type {string} */ lane, /** @type {number} */ n) => laneTag(lane_key, lane, n);
  return {
    roster: { type: 'roster', object: H(entry), actor, subject, tag: tag('entry', 1) },
    record: { type: 'record', object: H(parts.record), actor, subject, tag: tag('entry', 2) },
    card: { type: 'letter', object: readMail(parts.card).hash, actor, subject, tag: tag('act', 1) },
    head: H(parts.record),
  };
}
