/**
 * Words not yet sent, sealed and kept under a number of their own, so that a lock, a closed tab or an empty battery loses nothing.
 * Like the drafts of the intake they are on no log: it would time the writing.
 *   draft.seal  draft.keep  draft.load  draft.takeBack
 */
import { H, CannotOpen, b64u, concat, hex, unb64u, unhex, utf8 } from '../crypto/bytes.js';
import { openDraft, sealDraft } from '../crypto/keys.js';
import { me } from './me.js';
import { post } from './net.js';

/** @typedef {{page: string, id: string}} Place which page of ours, and what it is about there: hex, or '' */

const NUMBER = 16;

/** @param {Place} place @returns {Uint8Array} 16 bytes that tell the server nothing of the place */
function numberOf({ page, id }) {
  return H(concat(utf8(`draft of a ${page}`), me().account_key, unhex(id))).slice(0, NUMBER);
}

/** @param {Place & {texts: Record<string, string>}} written */
function sealed({ page, id, texts }) {
  const { site, fp, account_key } = me();
  const number = numberOf({ page, id });
  return { number, bytes: concat(number, sealDraft(account_key, site, fp, number, { texts })) };
}

/** Sealed bytes that may be handed to the way out, which cannot wait; and as text, for a page that locks. @param {Place & {texts: Record<string, string>}} written */
function seal(written) {
  const { bytes } = sealed(written);
  return { bytes, text: b64u(bytes) };
}

/** Keep what is being written on the server; nothing written leaves nothing there. @param {Place & {texts: Record<string, string>}} written */
async function keep(written) {
  const { number, bytes } = sealed(written);
  if (Object.values(written.texts).some(Boolean)) await post('/intake/draft', bytes);
  else await post('/intake/drop', { draft: number });
  return {};
}

/** What was kept of these. @param {{page: string, ids: string[]}} args @returns {Promise<{texts: Record<string, Record<string, string>>}>} by id */
async function load({ page, ids }) {
  const { site, fp, account_key } = me();
  const { drafts } = await post('/intake/drafts');
  const kept = new Map(drafts.map((/** @type {any} */ one) => [hex(unb64u(one.draft)), unb64u(one.box)]));
  const found = ids.map((id) => {
    const number = numberOf({ page, id });
    const box = kept.get(hex(number));
    return [id, box ? openDraft(account_key, site, fp, number, box).texts : {}];
  });
  return { texts: Object.fromEntries(found) };
}

/**
 * What a page had sealed and not stored when its session was over.
 * @param {{sealed: string[]}} args oldest first @returns {Promise<{left: string[]}>} what somebody else wrote at this device
 */
async function takeBack({ sealed: handed }) {
  const left = [];
  for (const text of handed) {
    if (isMine(unb64u(text))) await post('/intake/draft', unb64u(text));
    else left.push(text);
  }
  return { left };
}

/** @param {Uint8Array} bytes */
function isMine(bytes) {
  const { site, fp, account_key } = me();
  try {
    openDraft(account_key, site, fp, bytes.slice(0, NUMBER), bytes.slice(NUMBER));
    return true;
  } catch (error) {
    if (error instanceof CannotOpen) return false;
    throw error;
  }
}

/** @type {Record<string, (args: any) => any>} */
export const methods = { 'draft.seal': seal, 'draft.keep': keep, 'draft.load': load, 'draft.takeBack': takeBack };
