/** A copy to keep: one sealed file that opens without this site. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { button, notice } from '../parts/pieces.js';
import { _ } from '../parts/say.js';
import { doing, page } from './case_state.js';

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
      <p>${_('On any computer with Python and the source of this site, with no connection. It asks for your words.')}</p>
      <p class="mono" translate="no">python -m crypto open copy.sealed</p>
      <p>${_('Someone you trust can do this beside you. It shows every entry, and says whether each signature is good.')}</p></section>
    ${page.busy ? html`<p role="status">${_('Making it. This takes a moment.')}</p>` : nothing}`;
}

const make = () => doing(async () => {
  const { bytes, kind } = await ask('case.export', { case: page.id });
  page.copy = { kind, url: URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' })) };
});
