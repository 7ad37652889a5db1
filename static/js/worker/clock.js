/** The device's clock, and how far the server's is from it. Days in signed headers are the author's own claim. */

const DAY_S = 86_400;
let offByS = 0;
let confirmed = false;

/** Unix seconds, by this device, or by the server once the person has said that the server's date is right. */
export function nowS() {
  return Math.floor(Date.now() / 1000) + (confirmed ? offByS : 0);
}

/** Unix milliseconds, as `nowS`. */
export function nowMs() {
  return Date.now() + (confirmed ? offByS * 1000 : 0);
}

/** Days since 1970-01-01, UTC, as headers count them. */
export function today() {
  return Math.floor(nowS() / DAY_S);
}

/** The date of a day, for a page. @param {number} day since 1970 @returns {string} YYYY-MM-DD */
export function dateOf(day) {
  return new Date(day * DAY_S * 1000).toISOString().slice(0, 10);
}

/** Take note of the server's time. @param {number} serverS Unix seconds */
export function compareClock(serverS) {
  offByS = serverS - Math.floor(Date.now() / 1000);
}

/** The same from a day alone, as a page's first question gets it. @param {number} serverDay since 1970 */
export function compareDay(serverDay) {
  offByS = (serverDay - Math.floor(Date.now() / 1000 / DAY_S)) * DAY_S;
}

/** Whether the two differ by more than a day and nobody has said which is right. */
export function clockIsOff() {
  return !confirmed && Math.abs(offByS) > DAY_S;
}

/** The server's date, for the question "is today ...?". @returns {string} YYYY-MM-DD */
export function serverDate() {
  return dateOf(Math.floor((Date.now() / 1000 + offByS) / DAY_S));
}

/** The person says that the server's date is right. */
export function trustServerDate() {
  confirmed = true;
}
