/**
 * What is not sent yet, sealed under the account key. Two drafts at most: what is being written, and the exact bytes of a
 * submission whose receipt has not been verified.
 */
import { H, b64u, concat, hex, unb64u } from '../crypto/bytes.js';
import { openDraft, sealDraft } from '../crypto/keys.js';
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
