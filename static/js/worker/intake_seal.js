/** Everything of a first submission, made and sealed on this device; nothing is sent here. */
import { H, b64u, sodium } from '../crypto/bytes.js';
import { caseId } from '../crypto/entry.js';
import { unframe } from '../crypto/frame.js';
import { makeRekey } from '../crypto/grant.js';
import { readMail } from '../crypto/letter.js';
import { laneTag } from '../crypto/log.js';
import { makeSubmission, sealRecord } from '../crypto/record.js';
import { today } from './clock.js';
import { sealToDesk } from './letters.js';
import { rosterLog, seenNow } from './log.js';
import { me } from './me.js';

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
