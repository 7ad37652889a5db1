/**
 * The peer's first view: where things stand, who can open it now, what is theirs; and a copy to keep, one sealed file that opens without
 * this site.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { steps } from '../parts/lists.js';
import { button } from '../parts/controls.js';
import { checkNumber, facts, notice } from '../parts/pieces.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { askAgain } from './case_agreed.js';
import { isKeptOut, toKeepOut } from './case_keep_out.js';
import { doing, nameOf, others, page, together } from './case_state.js';

/** @param {(view: string) => void} go */
export function home(go) {
  const { seen, letters } = page;
  const open = letters.proposed.filter((/** @type {any} */ one) => !one.approved && !one.declined && !one.former);
  const asked = letters.words.filter((/** @type {any} */ one) => !isKeptOut(one)).at(-1); // naming somebody answers no letter
  return html`
    ${open.length ? notice({
      title: ngettext('Someone wrote to you', '%(num)s people wrote to you', open.length),
      body: _('They would like to be on your team. Say yes or no to each. You don’t owe anyone a reason.'),
      actions: button(_('Read their letters'), () => go('people')),
    }) : nothing}
    ${asked && !asked.mine ? notice({
      title: _('A letter from the desk, %(day)s', { day: dayWords(asked.date) }), body: _('You can read it, and answer or not.'),
      actions: button(_('Read it'), () => go('messages'), { look: open.length ? 'second' : '' }),
    }) : nothing}
    ${unread(go)}
    ${deadline(seen)}
    <section aria-labelledby="stand"><h2 id="stand">${_('Where things stand')}</h2>${steps(stages(seen, letters))}</section>
    <section aria-labelledby="who"><h2 id="who">${_('Who can open it now')}</h2>
      ${facts([
        { name: _('Your account'), value: others().length ? html`${_('You, %(names)s', { names: together(others().map(nameOf)) })}` : _('Only you'), change: { label: others().length ? _('See or remove') : _('See'), onClick: () => go('team') } },
        { name: _('Your card'), value: _('The coordinators, who look for people. They can’t open your account.') },
      ])}</section>
    <section aria-labelledby="yours"><h2 id="yours">${_('What is yours')}</h2>
      <p class="buttons">${button(_('Read or add to what I sent'), () => go('sent'), { look: 'second' })} ${button(_('Write to the desk'), () => go('messages'), { look: 'second' })}
        ${page.seen.marked ? nothing : button(_('Name someone to keep out'), () => { go('messages'); toKeepOut(); }, { look: 'second' })}
        ${button(_('What you agreed to'), () => go('agreed'), { look: 'second' })} ${button(_('Keep a copy'), () => go('copy'), { look: 'second' })}</p></section>
    ${askAgain(go)}
    <details><summary>${_('Is this the same site as on your sheet?')}</summary><div class="stack"><p>${_('Your sheet of seven words has a check number. It is this one:')}</p>${checkNumber(seen.site)}
      <p>${_('If yours is another one, stop. Someone may have put up a site that looks like this one. Write nothing here, and ask a person you trust how to reach us.')}</p></div></details>`;
}

/** What came since this person looked at the messages last. @param {(view: string) => void} go */
export function unread(go) {
  const { unread: count } = page.seen;
  return count ? notice({
    title: ngettext('One message that you have not read', '%(num)s messages that you have not read', count),
    body: page.seen.owner ? _('From your team. They can wait until you have time.') : _('They can wait until you have time.'), actions: button(_('Go to the messages'), () => go('messages'), { look: 'second' }),
  }) : nothing;
}

/** @param {any} seen @param {any} letters @returns {{words: unknown, at?: 'done' | 'now'}[]} */
function stages(seen, letters) {
  const team = others().length > 0;
  const asked = letters.proposed.length > 0;
  const no = asked || team ? null : letters.words.filter((/** @type {any} */ { mine, type }) => !mine && ['waiting', 'refusal'].includes(type)).at(-1);
  if (no) return [received(seen), { words: noWords(no), at: 'now' }];
  return [
    received(seen),
    { words: asked || team ? html`<strong>${_('People wrote to you')}</strong>` : html`<strong>${_('We look for people for you.')}</strong> ${_('This most often takes some days. You don’t have to do anything.')}`, at: asked || team ? 'done' : 'now' },
    { words: html`<strong>${_('You choose your team.')}</strong> ${team ? nothing : _('Each person can open your account only if you say yes.')}`, at: team ? 'done' : asked ? 'now' : undefined },
    { words: html`<strong>${_('You and your team write to each other, and meet.')}</strong>`, at: team ? 'now' : undefined },
  ];
}

/** @param {any} seen @returns {{words: unknown, at: 'done'}} */
const received = ({ account }) => ({ words: html`<strong>${_('Received')}</strong>${account ? html`, ${dayWords(account.date)}` : nothing}`, at: 'done' });

/** The desk's last word, when it was "not yet" or "no". @param {{type: string, date: string}} letter */
function noWords({ type, date }) {
  const day = { day: dayWords(date) };
  return type === 'waiting'
    ? html`<strong>${_('Not yet.')}</strong> ${_('The desk wrote to you why on %(day)s. You are on its waiting list, and don’t have to do anything.', day)}`
    : html`<strong>${_('Not with us.')}</strong> ${_('The desk wrote to you why on %(day)s. What you wrote stays yours, and sealed. You can still write to the desk.', day)}`;
}

/** A date that doesn't wait, as the peer gave it. @param {any} seen */
function deadline(seen) {
  const day = seen.account?.answers?.deadline_date;
  if (typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day)) return nothing;
  return notice({ kind: 'caution', title: _('A date you gave: %(day)s', { day: dayWords(day, { year: true }) }), body: _('It does not wait for us. If you need an attorney before then, don’t wait either.') });
}

/** Who opens the file, by the way in that it was made with. @type {Record<string, () => string>} */
const OPENS = {
  words: () => _('Only your seven words open it. Without them it is noise, also for us.'), sheet: () => _('Only the code on your sheet opens it.'),
  passkey: () => _('Only your passkey opens it, and only in a browser. Sign in with your words and make it again, if you want to open it without us.'),
};

export function copy() {
  const { copy: made } = page;
  return html`
    <p class="lead">${_('Everything you can read here, in one sealed file: what you sent, what was written, every letter, who was in.')}</p>
    ${notice({ kind: 'care', title: _('Before you keep it'), body: _('The file can be found on the device, though not read. On a phone or computer of your employer, leave it be. That you took a copy stands in the list of who opened your case.') })}
    ${made ? notice({
      kind: 'kept', said: true, title: _('The file is ready'), body: OPENS[made.kind]?.() ?? '',
      actions: html`<a class="button" href=${made.url} download="copy.sealed">${_('Save the file')}</a>`,
    }) : html`<p class="buttons">${button(_('Make the file'), make, { busy: page.busy })}</p>`}
    <section aria-labelledby="open-head"><h2 id="open-head">${_('How it opens, without this site')}</h2>
      <p>${_('On a computer of your own with Python 3.11 or newer, in the folder with the source of this site. Once, while there is a connection:')}</p>
      <p class="mono" translate="no">python3 -m venv .venv && .venv/bin/pip install -r requirements.txt</p>
      <p>${_('From then on it needs none. It asks for your words.')}</p>
      <p class="mono" translate="no">.venv/bin/python -m crypto open copy.sealed</p>
      <p>${_('Do the first part now, if you can: this site may be gone when you need it. Someone you trust can do this beside you. It shows every entry, and says whether each signature is good.')}</p></section>
    ${page.busy ? html`<p role="status">${_('Making it. This takes a moment.')}</p>` : nothing}`;
}

const make = () => doing(async () => {
  const { bytes, kind } = await ask('case.export', { case: page.id });
  page.copy = { kind, url: URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' })) };
});
