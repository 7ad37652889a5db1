/** What a person meets when something is wrong: what is safe first, then what happened, then what to do. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask, goOn } from '../parts/ask.js';
import { button, notice } from '../parts/pieces.js';
import { putBackTitle, putBackWords } from '../parts/put_back.js';
import { _, dayWords } from '../parts/say.js';
import { going } from './case_heal.js';
import { unwatched } from './case_log.js';
import { doing, isStop, page, show } from './case_state.js';
import { whatToDo } from './stopped.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** All that is wrong now, above the view. */
export function troubles() {
  const { error, seen } = page;
  return html`
    ${error ? (isStop(error) ? stopped(error, !!seen) : refusal(error)) : nothing}
    ${!error && seen?.marked ? html`${stopped(seen.marked, true)}${seen.heals ? going(seen) : nothing}` : nothing}
    ${seen && !seen.marked && !seen.hasKey ? noKey() : nothing}
    ${seen?.listExpired ? expired() : nothing}
    ${seen && !seen.marked ? unwatched() : nothing}`;
}

/** No, or not now; nothing was tampered with. @param {AskError} error */
function refusal(error) {
  if (error.kind === 'Input' && error.code === 'date') return askDate(error);
  if (error.kind === 'Expired') return expired();
  const actions = page.seen ? nothing : button(_('Try again'), () => location.reload(), { look: 'second' });
  const title = error.kind === 'Offline' ? _('You are not connected') : error.kind === 'Failed' ? _('Nothing was sent, and nothing is lost') : _('This did not go through');
  return notice({ kind: 'caution', title, body: _(error.words, error.facts), actions, said: true });
}

/** @param {AskError} error */
function askDate(error) {
  const day = dayWords(error.facts.date, { year: true });
  return notice({
    kind: 'caution', said: true, title: _('Is today %(day)s?', { day }), body: _('Nothing was sent. Your device and this site do not agree on the date.'),
    actions: html`${button(_('Yes, it is'), () => doing(async () => { await ask('account.trustClock'); }))} ${button(_('No. I will set my clock'), () => show({ error: null }), { look: 'second' })}`,
  });
}

/** Reading and writing go on; nobody new may come in. */
function expired() {
  return notice({ kind: 'caution', title: _('You can read and write. Nobody new can be let in now.'), body: _('The list of people was not renewed in time. Until it is, this page can’t see who was suspended since: somebody who should be out may read on. Any coordinator can renew it.') });
}

function noKey() {
  return notice({
    kind: 'caution', title: _('What was written before is safe. The newest part does not open here.'),
    body: page.seen.owner ? html`<p>${_('The site did not hand out a key that fits. Load the page again first. If it stays, make a new key: everyone who is in gets it, and you can go on writing.')}</p>
      <p>${_('A new key does not lead back. What was written under the missing one stays closed to you until the site hands that key out, and to whoever you let in later for good. So is all that came before it.')}</p>`
      : _('The site did not hand out a key that fits. You can read what was written before. The person whose case it is can make a new key.'),
    actions: page.seen.owner ? newKey() : nothing,
  });
}

/** It can't be taken back, so it asks once more. */
function newKey() {
  if (page.sure !== 'key') return button(_('Make a new key'), () => show({ sure: 'key' }), { look: 'second' });
  return html`${button(_('Yes, make a new key that does not lead back'), () => doing(async () => {
    page.seen = await ask('case.renewKey', { case: page.id });
    page.sure = '';
  }), { look: 'grave', busy: page.busy })} ${button(_('Not now'), () => show({ sure: '' }), { look: 'second' })}`;
}

/** The site was put back, as its roots declared: what is here is read until the person goes on from there. @param {any} gone */
const putBack = (gone) => notice({
  kind: 'caution', said: true, title: putBackTitle(gone), body: putBackWords(gone, page.evidence),
  actions: button(_('Go on from there'), () => doing(goOn), { busy: page.busy }),
});

/** @param {import('./stopped.js').Stop} error @param {boolean} reading whether what was proven before stays on the page */
function stopped(error, reading) {
  if (error.code === 'put-back') return putBack(error.facts);
  return whatToDo(error, page.evidence, reading ? html` ${_('What is below was proven. Reading it is safe. Don’t write or approve anything here for now.')}` : nothing);
}
