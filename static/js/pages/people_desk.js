/** What coordinators do on the page of people: compare words on a call, sign for somebody, invite. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { safetyCheck } from '../parts/people_cards.js';
import { button, choices, empty, notice, sealedField, state } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { change, doing, inTheList, page, say, show } from './people_state.js';
import { profileFacts } from './profile_fields.js';
import { ROLE_SEES, ROLE_WORDS, needsRootSheet, roleWords } from './roles.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** @param {any} view */
export const coordinatorParts = (view) => html`
  ${view.proposed ? proposal(view.proposed) : nothing}
  <section aria-labelledby="waiting-head"><h2 id="waiting-head">${_('Waiting for a call')}</h2>
    ${view.waiting.length ? view.waiting.map((/** @type {any} */ one) => waitingCard(view, one)) : empty(_('Nobody. Whoever joins by an invitation shows here.'))}</section>
  <section aria-labelledby="invite-head"><h2 id="invite-head">${_('Invite someone')}</h2>
    ${choices({ name: 'roles', kind: 'checkbox', legend: _('As'), columns: 'two', chosen: page.roles, onChange: (roles) => show({ roles }),
      options: Object.keys(ROLE_WORDS).map((role) => ({ value: role, label: ROLE_WORDS[role], note: ROLE_SEES[role] })) })}
    ${needsRootSheet(page.roles) ? html`<p>${_('Have the root sheet with you on the day of the call. Nobody can let in a coordinator or a research steward without it.')}</p>` : nothing}
    <p class="buttons">${button(_('Make a link'), invite, { busy: page.busy })}</p>
    ${page.link ? html`<div class="sheet stack" role="status"><p>${_('Good once, until %(day)s. Send it to that one person, best by a way that only they read.', { day: dayWords(page.link.until) })}</p>
      <p class="mono" id="invitation-link" translate="no">${location.origin}${page.link.path}</p>
      <p class="buttons">${button(page.copied ? _('Copied') : _('Copy the link'), copy, { look: 'second' })}</p></div>` : nothing}</section>`;

/** @param {any} one */
const certify = (one) => doing(async () => {
  try {
    const { listed, signed } = await ask('people.certify', { binding: one.binding, rootSheet: page.rootFor === one.binding ? page.rootSheet : '' });
    if (listed.length && one.roles.includes('coordinator')) await ask('people.handOn', { fp: one.fp });
    await say(listed.length ? inTheList(listed) : signed ? _('You have signed for %(name)s. A second coordinator has to compare the words and sign too.', { name: one.name }) : _('Kept: the words of %(name)s match.', { name: one.name }));
  } catch (error) {
    if (/** @type {AskError} */ (error).code !== 'needs-root') throw error;
    page.rootFor = one.binding;
  }
});

/** @param {any} view @param {any} one */
const waitingCard = (view, one) => html`<article class="sheet stack"><h3>${one.name}</h3><p class="soft small">${roleWords(one.roles)}</p>
  ${one.profile ? profileFacts(one.profile) : nothing}
  ${needsRootSheet(one.roles) ? html`<p>${_('To let %(name)s in you need the root sheet. Have it with you before you call.', { name: one.name })}</p>` : nothing}
  ${one.namesake ? notice({ kind: 'care', title: _('You know another key under this name'), body: _('It may be the same person who began anew, or someone who uses the name. Call the one you know, by a number you had before.') }) : nothing}
  ${one.heard ? html`<p>${state('yes', _('Words compared by you'))}</p>` : nothing}
  ${safetyCheck({ name: one.name, theirs: one.safety, yours: view.you.safety, open: !one.heard,
    onMatch: () => certify(one), onDiffer: () => show({ sure: `differ ${one.binding}` }) })}
  ${page.rootFor === one.binding ? html`<div class="stack">${sealedField({ id: 'rootSheet', label: _('The code on the root sheet'), value: page.rootSheet, capitals: 'none', error: page.rootWrong || undefined,
    hint: _('Naming a coordinator or a research steward needs it, and so does letting someone in while there are too few coordinators. It stays on this device.'), onInput: (rootSheet) => show({ rootSheet }) })}
    <p class="buttons">${button(_('Sign with the root sheet'), () => certify(one), { busy: page.busy })} ${button(_('Not now'), () => show({ rootFor: null, rootSheet: '' }), { look: 'second' })}</p></div>` : nothing}
  ${page.sure === `differ ${one.binding}` ? notice({ kind: 'care', title: _('Then do not let this key in'), body: _('Someone may have stepped in between. Remove it, and send %(name)s a new invitation by another way.', { name: one.name }),
    actions: html`${button(_('Remove this key'), () => change(_('The key is removed.'), () => ask('people.dismiss', { binding: one.binding })), { look: 'grave', busy: page.busy })} ${button(_('Compare again'), () => show({ sure: '' }), { look: 'second' })}` }) : nothing}</article>`;

/** What is half signed, and what is still to be done for it. @param {any} proposed */
function proposal({ names, by, mine, missing, heard }) {
  const [who, whom] = [by.join(', '), names.join(', ')];
  if (mine) return notice({ title: _('Waiting for a second coordinator'), body: _('You signed for %(names)s. Ask another coordinator to compare the safety words with them, on this page.', { names: whom }) });
  return notice({ title: _('%(by)s has signed for %(names)s', { by: who, names: whom }), body: html`
    <p>${_('Still to compare by you: %(missing)s. When all of these words match, you sign too, and they come in together.', { missing: missing.join(', ') })}</p>
    ${heard.length ? html`<p>${_('Can’t you reach them? You can sign for %(heard)s alone. Then %(by)s has to sign once more, and nobody is forgotten.', { heard: heard.join(', '), by: who })}</p>` : nothing}`,
    actions: heard.length ? button(_('Sign only for those I compared'), () => change(_('You have signed for %(names)s.', { names: heard.join(', ') }), () => ask('people.signOwn')), { look: 'second', busy: page.busy }) : undefined });
}

const invite = () => doing(async () => {
  if (!page.roles.length) throw Object.assign(new Error('roles'), { words: _('Choose at least one role first.') });
  page.link = await ask('people.invite', { roles: page.roles });
  page.copied = false;
});
async function copy() {
  await navigator.clipboard.writeText(location.origin + page.link.path).catch(() => {});
  show({ copied: true });
}
