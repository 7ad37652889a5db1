/** Our own drawings: 24 grid, one stroke. Always beside a word, and so hidden from screen readers. The same list is in templates/parts/icons.html. */
import {html, svg} from '../../vendor/lit-html/lit-html.js';

const DRAWINGS = {
  leave: svg`<path d="M13 4H5.5v16H13M10 12h10.5M16.5 8l4 4-4 4"/>`,
  lock: svg`<rect x="5" y="10.5" width="14" height="10" rx="1.5"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2.5"/>`,
  eye: svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="2.75"/>`,
  left_out: svg`<path d="M3 3l18 18M8.5 15.5a5 5 0 0 1 4.2-1.4M5.5 12.2a9.5 9.5 0 0 1 3.2-2M2.5 8.8a14 14 0 0 1 3.4-2.3M10 5.2A14 14 0 0 1 21.5 8.8M14.5 9.9a9.5 9.5 0 0 1 4 2.3M12 19v.1"/>`,
  done: svg`<circle cx="12" cy="12" r="9"/><path d="m7.75 12.25 3 3 5.75-6.25"/>`,
  date: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.25l3.5 2"/>`,
  about: svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5v.1"/>`,
  care: svg`<path d="M12 3.5 22 20.5H2ZM12 10v4.75M12 17.4v.1"/>`,
  stop: svg`<path d="M8.2 2.8h7.6l5.4 5.4v7.6l-5.4 5.4H8.2l-5.4-5.4V8.2ZM12 7v6.25M12 16.5v.1"/>`,
  file: svg`<path d="M6 3h8l4.5 4.5V21H6ZM14 3v4.5h4.5"/>`,
  next: svg`<circle cx="12" cy="12" r="9"/>`,
  half: svg`<circle cx="12" cy="12" r="9"/><path d="M12 3v18a9 9 0 0 1 0-18Z" fill="currentColor"/>`,
  aside: svg`<circle cx="12" cy="12" r="9"/><path d="M8 12h8"/>`,
};

/** @typedef {keyof typeof DRAWINGS} IconName */
/** @typedef {unknown} Words text, or a template made of text; lit-html escapes it */

/** @param {IconName} name */
export const icon = (name) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${DRAWINGS[name]}</svg>`;
