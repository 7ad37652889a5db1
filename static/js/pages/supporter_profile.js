/** What a supporter told the desk about their work, and the way to put it right. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, empty, kept, notice, readers } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { profileFacts, profileFields, toSend, toType } from './profile_fields.js';

/**
 * @param {{profile: Record<string, any>, told: string, typed: import('./profile_fields.js').Typed | null, busy: boolean, kept: boolean,
 *   onTyped: (typed: import('./profile_fields.js').Typed | null) => void, onSend: (profile: Record<string, any>) => void}} own
 *   told: the day, '' when nothing was; typed: what is being changed; kept: all of it, sealed
 */
export const profileView = ({ profile, told, typed, busy, kept: isKept, onTyped, onSend }) => html`<section class="stack" aria-labelledby="told-head">
  <h2 id="told-head">${_('What you told the desk')}</h2>
  ${readers(_('Only you and the coordinators. They use it to find a team, and to keep people apart who know each other.'), { wider: true })}
  ${typed ? changing(typed, busy, isKept, onTyped, onSend) : html`
    ${told ? html`${profileFacts(profile)}<p class="small soft">${_('Told on %(day)s.', { day: dayWords(told, { year: true }) })}</p>` : empty(_('Nothing so far.'))}
    ${missing(profile)}
    <p class="buttons">${button(_('Change what I told the desk'), () => onTyped(toType(profile)), { look: 'second' })}</p>`}</section>`;

/** @param {import('./profile_fields.js').Typed} typed @param {boolean} busy @param {boolean} isKept @param {(typed: any) => void} onTyped @param {(profile: any) => void} onSend */
const changing = (typed, busy, isKept, onTyped, onSend) => html`
  ${profileFields(typed, (changes) => onTyped({ ...typed, ...changes }))}
  ${missing(toSend(typed))}
  ${isKept ? html`<p class="tally">${kept(_('Sealed and kept'))}</p>` : nothing}
  <p class="small soft">${_('The desk sees the newest. It may still have what you told it before.')}</p>
  <p class="buttons">${button(_('Seal and send to the desk'), () => onSend(toSend(typed)), { busy })} ${button(_('Leave it as it is'), () => onTyped(null), { look: 'second' })}</p>`;

/** Without these nobody is kept apart from the people they know. @param {Record<string, any>} profile */
function missing({ employers, state }) {
  if (employers.length && state) return nothing;
  const title = employers.length ? _('The desk does not know your state') : state ? _('The desk does not know where you worked') : _('The desk does not know where you worked, nor your state');
  return notice({ kind: 'care', title, body: _('A peer may ask that nobody from their place or state is on the team. Without yours we may ask you about someone you know. You can add it now, or leave it out.') });
}
