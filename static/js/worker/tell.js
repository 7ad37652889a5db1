/**
 * Tell the page something it did not ask for. The page hears it with `on(event, fn)` of parts/ask.js.
 * Events: 'tab' and 'notebook' (what to keep in sessionStorage, or null), 'locked', 'progress'.
 * @param {string} event @param {any} [value] plain data, never a key
 */
export function tell(event, value = null) {
  postMessage({ event, value });
}
