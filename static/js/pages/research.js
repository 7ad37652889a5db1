/** Research: figures and the list of releases for everybody; terms, releases and tokens for researchers; rows and publishing for stewards. */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, guard, on, resume, showOwnRooms } from '../parts/ask.js';
import { button, checkNumber, notice } from '../parts/pieces.js';
import { _ } from '../parts/say.js';
import { byId, ready, watchLeaving } from '../parts/shell.js';
import { figures, releases } from './research_list.js';
import { releaseView, titleOf } from './research_release.js';
import { doing, drawnBy, is, page, show } from './research_state.js';
import { publishView, rowsView } from './research_steward.js';
import { termsView, tokensView } from './research_terms.js';
import { whatToDo } from './stopped.js';

function draw() {
  const { stop, evidence, open, seen } = page;
  byId('head').textContent = stop ? _('This did not open') : open ? titleOf(open) : is('steward') || is('researcher') ? _('Research') : _('What research may see');
  render(stop ? whatToDo(stop, evidence) : html`${page.error ? problem(page.error) : nothing}${page.said ? notice({ kind: 'kept', title: page.said }) : nothing}
    ${open ? releaseView() : seen ? overview() : nothing}`, byId('app'));
}

/** @param {import('../parts/ask.js').AskError} error */
const problem = (error) => notice({
  kind: 'caution', said: true, title: error.kind === 'Offline' ? _('You are not connected') : _('This did not go through'), body: _(error.words, error.facts),
  actions: page.seen ? nothing : button(_('Try again'), () => location.reload(), { look: 'second' }),
});

const overview = () => html`${is('steward') || is('researcher') ? nothing : html`${forEverybody()}${figures()}`}
  ${page.terms && !page.terms.signed ? termsView() : nothing}
  ${is('steward') ? html`${rowsView()}${publishView()}` : nothing}
  ${releases()}
  ${page.terms?.signed ? html`${tokensView()}${termsView()}` : nothing}
  ${is('steward') || is('researcher') ? figures() : nothing}
  <section aria-labelledby="site-head"><h2 id="site-head">${_('Is this the right site?')}</h2><p>${_('This is the check number of this site:')}</p>${checkNumber(page.seen.site)}</section>`;

const forEverybody = () => html`<p class="lead">${_('Some people who ask for help here let their answers be counted. This is what comes of it. Nobody’s account is here, and no row as it was sent.')}</p>
  <p>${_('Researchers whom a coordinator has let in can take the releases, once they have signed the terms. Everybody can see here which releases there are, and check that they stand in the log.')}</p>`;

/** Whoever is signed in in this tab may be a steward or a researcher. */
async function comeIn() {
  const who = await resume();
  if (!who) return;
  if (who.role === 'staff') document.body.dataset.staff = '';
  guard();
  if (who.role !== 'staff') return;
  byId('staff-rooms').hidden = false;
  await ask('people.renew').catch(() => {});
  await showOwnRooms();
  page.roles = (await ask('people.roles')).roles;
  if (is('researcher')) page.terms = await ask('releases.terms');
  if (page.terms?.signed) page.tokens = await ask('releases.tokens');
  if (is('steward')) page.rows = await ask('releases.rowsStanding').catch(() => null);
}

async function start() {
  watchLeaving();
  drawnBy(draw);
  on('progress', (going) => show({ going }));
  await doing('look', async () => {
    await comeIn();
    page.seen = await ask('releases.look');
  });
  ready();
}

start();
