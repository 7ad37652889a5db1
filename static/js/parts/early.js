/**
 * The worker starts while the page still fetches its modules, and meanwhile fetches the rooms that this page asks first: its script
 * names them, `<script data-rooms="account case">` (templates/base.html).
 */
import { startWorker } from './shell.js';

const own = /** @type {HTMLElement} */ (document.querySelector('script[data-rooms]'));
startWorker().postMessage({ rooms: own.dataset.rooms?.split(' ') });
