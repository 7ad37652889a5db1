/** How long something that nobody is named on waits, so that it does not follow on what somebody did. */
import { sodium } from '../crypto/bytes.js';

const LEAST_MS = 5000;
const MOST_MS = 60_000;
const SLACK_MS = 6000; // for the answer

/** @returns {number} milliseconds, another each time */
export const pauseMs = () => LEAST_MS + sodium.randombytes_uniform(MOST_MS - LEAST_MS + 1);

/** When all that waited has gone. */
export const AFTER_MS = MOST_MS + SLACK_MS;
