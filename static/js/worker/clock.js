/**
 * Time: the device's clock, and how far the server's is from it; how long a promise is waited for; how long something waits that
 * nobody is named on. Days in signed headers are the author's own claim.
 */
import { sodium } from '../crypto/bytes.js';
import { whenForgotten } from './me.js';
import { Trouble } from './trouble.js';

const DAY_S = 86_400;
let offByS = 0;
/** How far off the person said that this device is; what the server says later is not followed. @type {number | null} */
let confirmed = null;

/** Unix seconds, by this device, or corrected by what the person has said. */
export function nowS() {
  return Math.floor(Date.now() / 1000) + (confirmed ?? 0);
}

/** Unix milliseconds, as `nowS`. */
export function nowMs() {
  return Date.now() + (confirmed ?? 0) * 1000;
}

/** Days since 1970-01-01, UTC, as headers count them. */
export function today() {
  return Math.floor(nowS() / DAY_S);
}

const LAST_DAY = 2_932_896; // 9999-12-31: a day that no calendar has would close the page that shows it

/** The date of a day, for a page. @param {number} day since 1970 @returns {string} YYYY-MM-DD */
export function dateOf(day) {
  return new Date(Math.min(day, LAST_DAY) * DAY_S * 1000).toISOString().slice(0, 10);
}

/** Take note of the server's time. @param {number} serverS Unix seconds */
export function compareClock(serverS) {
  offByS = serverS - Math.floor(Date.now() / 1000);
}

/** Whether the server's date and the one in use here differ by more than a day: then a person is asked which is right. */
export function clockIsOff() {
  return Math.abs(offByS - (confirmed ?? 0)) > DAY_S;
}

/** For whatever a person writes or signs: days in it are our own claim, so a clock that is days off is asked about first. @throws {Trouble} Input 'date' */
export function mustKnowTheDate() {
  if (clockIsOff()) {
    throw new Trouble('Input', 'date', 'Nothing was sent, and nothing is lost. Your device and this site do not agree on the date. Look at the date of your device.', { date: serverDate() });
  }
}

/** The server's date, for the question "is today ...?". @returns {string} YYYY-MM-DD */
export function serverDate() {
  return dateOf(Math.floor((Date.now() / 1000 + offByS) / DAY_S));
}

/**
 * The person says that the server's date, as it was shown, is right.
 * @param {number} [offset] what they confirmed on a page before @returns {number} how far off the device is, in seconds, to be kept
 */
export function trustServerDate(offset = offByS) {
  confirmed = offset;
  return offset;
}

const KEPT_WITHIN_MS = 10_000; // what was promised is in the log within two seconds, and ten are a broken promise

/** @type {Map<string, number>} by what is waited for, since when */
const waited = new Map();

whenForgotten(() => waited.clear());

/** Whether any of these has been waited for too long. What came meanwhile is forgotten. @param {string} whose @param {string[]} names @returns {boolean} */
export function overdue(whose, names) {
  const now = performance.now();
  const mine = new Set(names.map((name) => `${whose} ${name}`));
  for (const known of waited.keys()) if (known.startsWith(`${whose} `) && !mine.has(known)) waited.delete(known);
  for (const name of mine) if (!waited.has(name)) waited.set(name, now);
  return [...mine].some((name) => now - /** @type {number} */ (waited.get(name)) > KEPT_WITHIN_MS);
}

const LEAST_MS = 5000;
const MOST_MS = 60_000;
const SLACK_MS = 6000; // for the answer

/** So long it waits, so that it does not follow on what somebody did. @returns {number} milliseconds, another each time */
export const pauseMs = () => LEAST_MS + sodium.randombytes_uniform(MOST_MS - LEAST_MS + 1);

/** When all that waited has gone. */
export const AFTER_MS = MOST_MS + SLACK_MS;
