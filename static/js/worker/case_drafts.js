/**
 * Words not yet sent, sealed and kept under one number for each case, so that a lock, a closed tab or an empty battery loses
 * nothing. Like the drafts of the intake they are on no log: it would time the writing.
 */
import { H, b64u, concat, equal, unb64u, unhex, utf8 } from '../crypto/frame.js';
import { openDraft, sealDraft } from '../crypto/keys.js';
import { me } from './me.js';
import { post } from './net.js';

/** @param {string} id hex @returns {Uint8Array} 16 bytes that tell the server nothing of the case */
function draftOf(id) {
  const { account_key } = me();
  return H(concat(utf8('draft of a case'), account_key, unhex(id))).slice(0, 16);
}

/**
 * Seal what is being written; the sealed bytes may be handed to the way out, which cannot wait.
 * @param {{case: string, texts: Record<string, string>, keep?: boolean}} args keep: on the server too
 * @returns {Promise<{sealed: Uint8Array}>}
 */
async function draft({ case: id, texts, keep = false }) {
  const { site, fp, account_key } = me();
  const number = draftOf(id);
  const sealed = concat(number, sealDraft(account_key, site, fp, number, { texts }));
  if (keep) {
    if (Object.values(texts).some(Boolean)) await post('/intake/draft', sealed);
    else await post('/intake/drop', { draft: b64u(number) });
  }
  return { sealed };
}

/** What was kept of this case. @param {{case: string}} args @returns {Promise<{texts: Record<string, string>}>} */
async function drafts({ case: id }) {
  const { site, fp, account_key } = me();
  const number = draftOf(id);
  const { drafts: kept } = await post('/intake/drafts');
  const mine = kept.find((/** @type {any} */ one) => equal(unb64u(one.draft), number));
  return { texts: mine ? openDraft(account_key, site, fp, number, unb64u(mine.box)).texts : {} };
}

/** @type {Record<string, (args: any) => any>} */
export const draftMethods = { 'case.draft': draft, 'case.drafts': drafts };
