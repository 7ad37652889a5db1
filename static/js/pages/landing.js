/** Pages that only inform: everything on them works without this, but the way out is faster with it. */
import {ready} from '../parts/dom.js';
import {watchLeaving} from '../parts/leave.js';

watchLeaving();
ready();
