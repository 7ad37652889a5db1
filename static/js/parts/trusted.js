/** The one module worker that holds keys, and the Trusted Types policy that lets its address through and no other. */

const WORKER = '/static/js/worker/main.js';

/** @type {Worker | null} */
let worker = null;

/** @type {import('trusted-types').TrustedTypePolicyFactory | undefined} */
const types = /** @type {any} */ (globalThis).trustedTypes;
const policy = types?.createPolicy('alongside', {
  createScriptURL(/** @type {string} */ url) {
    const asked = new URL(url, location.origin);
    if (asked.origin !== location.origin || asked.pathname !== WORKER || asked.search) {
      throw new TypeError('only the page’s own worker may be started');
    }
    return asked.href;
  },
});

/** The worker of this page, started at the first call. @returns {Worker} */
export function startWorker() {
  const url = policy ? policy.createScriptURL(WORKER) : WORKER;
  worker ??= new Worker(/** @type {any} */ (url), {type: 'module'});
  return worker;
}

/** End the worker and with it every key in this tab. Safe when none was started. */
export function endWorker() {
  worker?.terminate();
  worker = null;
}
