/** The people a coordinator has proposed. Approving one is the grant, so it asks once more and names what can't be undone. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { thread } from '../parts/letters.js';
import { aboutApproving, personCard, safetyCheck } from '../parts/people_cards.js';
import { empty, notice, readers } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { doing, page, show } from './case_state.js';

export function people() {
  const { proposed: found, unreadable } = page.letters;
  const all = found.map((/** @type {any} */ one) => ({ ...one, name: one.name || _('Someone whose name we can’t check') }));
  const proposed = all.filter((/** @type {any} */ one) => !one.former);
  const were = all.filter((/** @type {any} */ one) => one.former);
  return html`${beside()}
    ${proposed.length ? html`<p class="lead">${_('Say yes or no to each. You don’t owe anyone a reason, and they are not told why.')}</p>
      <section aria-labelledby="people-head"><h2 id="people-head">${_('They would like to be on your team')}</h2><ul class="list">${proposed.map(card)}</ul></section>${aboutApproving()}`
      : were.length ? nothing : empty(_('Nobody yet. When the coordinators have asked people who could help, their letters are here. You decide about each one.'))}
    ${were.length ? html`<section aria-labelledby="were-head"><h2 id="were-head">${_('They were on your team')}</h2><ul class="list">${were.map(card)}</ul></section>` : nothing}
    ${unreadable.map((/** @type {any} */ one) => one.opens ? notice({ kind: 'care', title: _('A letter of %(day)s is not shown', { day: dayWords(one.date) }),
      body: _('Handed in as %(name)s, who is no coordinator now, or about another case. Only the coordinators write to you here.', { name: one.name }) }) : notice({ kind: 'care', title: _('A letter of %(day)s does not open', { day: dayWords(one.date) }),
      body: one.name ? _('Unreadable, handed in as %(name)s. We show nothing of it.', { name: one.name }) : _('Unreadable, and we can’t tell who wrote it. We show nothing of it.') }))}`;
}

/** What the coordinators wrote when they proposed somebody. */
function beside() {
  const { beside: all = [] } = page.letters;
  if (!all.length) return nothing;
  return html`<section aria-labelledby="beside-head"><h2 id="beside-head">${_('With their proposal the coordinators wrote')}</h2>
    ${readers(_('You, and the coordinator who wrote it.'))}
    ${thread(all.map((/** @type {any} */ one) => ({ author: _('%(name)s, coordinator', { name: one.by }), day: one.date, words: one.text })))}</section>`;
}

/** @param {any} one */
function card(one) {
  const key = `approve ${one.fp}`;
  const asking = page.sure === key;
  const removing = page.sure === `remove ${one.fp}`;
  const mine = page.seen.members.find((/** @type {any} */ member) => member.me);
  const unsure = !one.pinned || one.namesake;
  const set = (/** @type {string} */ sure) => show({ sure, said: '' });
  return personCard({
    name: one.name, about: one.statement ? _('wrote on %(day)s', { day: dayWords(one.statement.date) }) : one.by ? _('proposed by %(name)s', { name: one.by }) : _('proposed by a coordinator'),
    words: one.statement?.text ?? _('No letter has come from %(name)s yet. You can wait for it.', { name: one.name }),
    earlier: [...one.earlier].reverse().map((/** @type {any} */ before) => ({ when: _('They wrote before, on %(day)s:', { day: dayWords(before.date) }), words: before.text })),
    closed: !!page.seen.marked, at: removing ? 'removing' : one.approved ? 'approved' : asking ? 'sure' : one.former ? 'former' : one.declined ? 'declined' : 'undecided', day: one.decided, busy: page.busy,
    former: one.former ? formerWords(one) : nothing, again: one.safety.length > 0,
    onAsk: () => set(key), onBack: () => set(''), onAskRemove: page.seen.marked && !page.seen.heals ? undefined : () => set(`remove ${one.fp}`),
    onApprove: () => doing(() => decide('case.approve', one.fp), _('%(name)s can open your account now.', { name: one.name })),
    onDecline: () => doing(() => decide('case.decline', one.fp), _('You said no to %(name)s. They are not told why.', { name: one.name })),
    onRemove: () => doing(() => decide('case.remove', one.fp), _('%(name)s reads nothing from now on.', { name: one.name })),
    more: one.safety.length ? html`${one.pinned ? nothing : changedKey(one)}${one.namesake ? sameName(one) : nothing}${safetyCheck({
      name: one.name, theirs: one.safety, yours: mine?.safety ?? [], open: unsure,
      ...(!unsure ? {} : { onMatch: () => matched(one), onDiffer: () => show({ said: _('Don’t approve. Tell a coordinator by phone that the words differ.') }) }),
    })}` : html`<p class="small soft">${_('%(name)s is no longer in the list, so nobody can be let in under this name now.', { name: one.name })}</p>`,
  });
}

/** Until when somebody was in, and how it ended. @param {any} one */
function formerWords({ name, former: { until, how } }) {
  const day = dayWords(until);
  if (how === 'removed') return _('%(name)s was on your team until %(day)s, when you removed them.', { name, day });
  if (how === 'left') return _('%(name)s was on your team until %(day)s, and then went by themselves. We don’t ask why. Ask a coordinator before you let them in again.', { name, day });
  return _('%(name)s was on your team until %(day)s.', { name, day });
}

/** @param {any} one */
const changedKey = (one) => notice({ kind: 'care', title: _('This is not the key you knew'), body: _('%(name)s’s key is another than before. That happens when someone starts anew. Compare the words below by phone before you say yes.', { name: one.name }) });

/** @param {any} one */
const sameName = (one) => notice({ kind: 'care', title: _('You know another key under this name'), body: _('Someone else called %(name)s was let in before, or is known to you. It may be the same person who began anew, or someone who uses the name. Compare the words below by phone before you say yes.', { name: one.name }) });

/** @param {any} one */
const matched = (one) => doing(async () => {
  await ask('people.matched', { fp: one.fp });
  page.letters = await ask('case.proposals', { case: page.id });
}, _('This key is remembered.'));

/** @param {string} method @param {string} fp */
async function decide(method, fp) {
  const letters = () => ask('case.proposals', { case: page.id });
  const answer = await ask(method, { case: page.id, fp }).catch(async (error) => {
    if (['pin-changed', 'namesake'].includes(error.code)) page.letters = await letters(); // another tab knew: the words to compare stand below
    throw error;
  });
  page.sure = '';
  if (method === 'case.decline') page.letters = answer;
  else Object.assign(page, { seen: answer, letters: await letters() });
}
