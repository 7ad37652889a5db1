/**
 * What research has of the owner, brought into line with their choices at each visit. Whatever those are, the same is fetched and asked
 * for, so that what a page loads says nothing of them.
 */
import { ask, on } from '../parts/ask.js';
import { consentsInForce } from '../parts/consents.js';
import { page, show } from './case_state.js';

/** @typedef {import('../parts/rows.js').Given} Given */

/** Hear what went out meanwhile; what is to be taken back and has not gone yet goes when the page is left. */
export function watchRows() {
  on('research', (rows) => show({ rows }));
  addEventListener('pagehide', () => { for (const bytes of page.rows?.leaving ?? []) takeBackNow(bytes); });
}

/** @param {Uint8Array} body frame `withdraw`; sent twice it does no harm */
function takeBackNow(body) {
  fetch('/research/withdraw', {
    method: 'POST', keepalive: true, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer',
    headers: { 'Content-Type': 'application/octet-stream' }, body: /** @type {BodyInit} */ (body),
  }).catch(() => {});
}

/** @param {Record<string, string>} [consents] in force, or about to be */
export async function followRows(consents) {
  if (!page.seen?.owner || page.seen.marked) return;
  const now = consents ?? consentsInForce(page.seen).consents;
  const yes = now.consent_research === 'yes';
  const row = await readRow(yes ? now : { ...now, consent_research: 'yes' });
  page.rows = await ask('research.follow', { yes, quotes: now.consent_quotes === 'yes', given: yes && row ? [row] : [], opened: !consents });
  show();
}

/** The row of the intake, as it was or would be sent; page.row has it with its questions. @param {Record<string, string>} consents @returns {Promise<Given | null>} null: there is none, or it can't be made now */
async function readRow(consents) {
  const { account } = page.seen;
  page.row = null;
  if (!account?.instrument) return null;
  try {
    const [{ intakeRow }, { sheetOf }] = await Promise.all([import('../parts/rows.js'), import('../parts/sheets.js')]);
    const sheet = await sheetOf(account.instrument);
    const given = intakeRow(sheet, account.answers, consents);
    page.row = given && { sheet, given };
    return given;
  } catch {
    return null; // no connection, or an edition that is not here: at a later visit
  }
}
