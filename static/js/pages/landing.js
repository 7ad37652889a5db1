/** Pages that only inform: everything on them works without this, but the way out is faster with it. */
import { ready, watchLeaving } from '../parts/shell.js';

watchLeaving();
ready();
