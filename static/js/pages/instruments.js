/** What is asked: versions of each questionnaire, as they are asked, where each answer goes, and the next version. */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { enter, showOwnRooms } from '../parts/ask.js';
import { _ } from '../parts/say.js';
import { byId, ready } from '../parts/shell.js';
import { differences } from './instruments_differences.js';
import { versions, waiting } from './instruments_list.js';
import { isStored, next, problem, toStore } from './instruments_next.js';
import { whereAnswersGo } from './instruments_places.js';
import { preview } from './instruments_preview.js';
import { drawnBy, load, page } from './instruments_state.js';
import { named } from './instruments_words.js';

function draw() {
  render(html`${problem()}${page.stored ? isStored(page.stored) : nothing}${page.editions ? room() : nothing}`, byId('app'));
}

function room() {
  const shown = page.tried ?? page.open;
  return html`${waiting()}${versions()}${next()}
    ${shown ? html`<section class="stack" aria-labelledby="open-head"><h2 id="open-head">${named(shown)}${page.tried ? html` <span class="soft">${_('(not stored)')}</span>` : nothing}</h2>
      <p>${page.tried ? _('This is what the file holds. Nothing of it is kept so far.') : _('This is the version that you are looking at.')}</p></section>
      ${page.tried?.differences ? html`${differences(page.tried.differences)}${page.tried.nothing ? nothing : toStore()}` : nothing}
      ${preview()}${whereAnswersGo(shown.places)}` : nothing}`;
}

async function start() {
  drawnBy(draw);
  await enter({ role: 'staff' });
  showOwnRooms();
  await load();
  ready();
}
start();
