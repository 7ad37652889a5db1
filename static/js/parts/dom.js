/** The page's own elements: which step shows, where focus goes, and what a screen reader is told. */

/** The element with this id. @template {HTMLElement} [T=HTMLElement] @param {string} id @returns {T} @throws {Error} when the shell has none */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`this shell has no #${id}`);
  return /** @type {T} */ (element);
}

/** Say that the script works: what needs it appears, the waiting words go. */
export function ready() {
  document.body.dataset.ready = '';
}

/** Tell a screen reader, once it has finished its sentence. @param {string} words never anything sealed */
export function announce(words) {
  const said = byId('said');
  said.textContent = '';
  requestAnimationFrame(() => { said.textContent = words; });
}

/** Put focus on a heading, so that a reader starts where the eye does. @param {ParentNode} [within] */
export function focusHeading(within = byId('main')) {
  const heading = /** @type {HTMLElement | null} */ (within.querySelector('h1'));
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({preventScroll: true});
  scrollTo(0, 0);
}

/** Show one `section[data-step]` of the shell and hide the others. @param {string} name @returns {HTMLElement} the section shown */
export function showStep(name) {
  /** @type {HTMLElement | undefined} */
  let shown;
  for (const section of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('section[data-step]'))) {
    section.hidden = section.dataset.step !== name;
    if (!section.hidden) shown = section;
  }
  if (!shown) throw new Error(`this shell has no step ${name}`);
  focusHeading(shown);
  return shown;
}

/** Mark a button as at work: it stays in place and keeps focus, a second press does nothing. @param {HTMLElement} button @param {boolean} busy */
export function setBusy(button, busy) {
  if (busy) button.setAttribute('aria-busy', 'true');
  else button.removeAttribute('aria-busy');
  button.setAttribute('aria-disabled', String(busy));
}

/** Show or clear the words about what is wrong, above an input of the shell (parts/field in templates). @param {HTMLInputElement | HTMLTextAreaElement} input @param {string} [words] nothing clears it */
export function sayWrong(input, words = '') {
  const field = /** @type {HTMLElement} */ (input.closest('.field'));
  const said = /** @type {HTMLElement} */ (field.querySelector('.wrong-words'));
  field.classList.toggle('wrong', words !== '');
  said.hidden = words === '';
  /** @type {HTMLElement} */ (said.querySelector('span')).textContent = words;
  if (words) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
}
