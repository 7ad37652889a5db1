/** The log, for everybody: how it stands, who outside watches it, every line checked in this browser, one line proven. */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, guard, on, resume } from '../parts/ask.js';
import { button, notice } from '../parts/pieces.js';
import { putBackTitle, putBackWords } from '../parts/put_back.js';
import { _ } from '../parts/say.js';
import { byId, ready, watchLeaving } from '../parts/shell.js';
import { check } from './log_check.js';
import { countsView } from './log_counts.js';
import { newest } from './log_lines.js';
import { one } from './log_one.js';
import { saved } from './log_saved.js';
import { standing } from './log_standing.js';
import { doing, drawnBy, page, show } from './log_state.js';
import { whatToDo } from './stopped.js';

function draw() {
  const { stop, evidence, error, seen } = page;
  document.body.dataset.log = stop ? 'marked' : page.checked ? 'proven' : 'waiting';
  render(stop ? stopped(stop, evidence) : html`${error ? problem(error) : nothing}${seen ? html`
    ${check()}${standing()}${newest()}${saved()}${one()}${countsView()}` : nothing}`, byId('app'));
}

/** What does not fit; or a restore that the roots declared, since which something that was seen here is gone. @param {import('./stopped.js').Stop} stop @param {any} evidence */
const stopped = (stop, evidence) => (stop.code === 'put-back'
  ? notice({ kind: 'caution', said: true, title: putBackTitle(stop.facts), body: putBackWords(stop.facts, evidence, { asked: false }), actions: button(_('Load it again'), () => location.reload(), { look: 'second' }) })
  : whatToDo(stop, evidence));

/** @param {import('../parts/ask.js').AskError} error */
const problem = (error) => notice({
  kind: 'caution', said: true, title: error.kind === 'Offline' ? _('You are not connected') : _('This did not go through'), body: _(error.words, error.facts),
  actions: page.seen ? nothing : button(_('Try again'), () => location.reload(), { look: 'second' }),
});

/** Whoever is signed in in this tab may be one of those who see counts. What they have seen of the log counts, too. */
async function comeIn() {
  const who = await resume();
  if (!who) return;
  if (who.role === 'staff') document.body.dataset.staff = '';
  guard();
  if (who.role !== 'staff') return;
  const { roles } = await ask('people.roles');
  if (roles.includes('auditor') || roles.includes('coordinator')) page.counts = await ask('log.counts');
}

async function start() {
  watchLeaving();
  drawnBy(draw);
  on('progress', (going) => show({ going }));
  await doing('look', async () => {
    await comeIn();
    const seen = await ask('log.look');
    Object.assign(page, { seen, lines: seen.lines, next: seen.next });
  });
  ready();
}

start();
