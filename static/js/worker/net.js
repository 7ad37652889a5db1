/**
 * The worker's only way to the server.
 *
 *   const { hash } = await post('/letters', { mail });             // bytes in the body become base64url by themselves
 *   const { cases } = await post('/cases/mine');                   // an empty body is {}
 *   await post('/intake/draft', bytes);                            // a Uint8Array goes as application/octet-stream
 *   await post('/cases/rekey', { rekey, identities }, { act: true });   // signed act: fresh nonce, act = H(body)
 *
 * Answers are plain JSON; read their values with `unb64u` of ../crypto/frame.js, and trust none before it is verified.
 * A refusal is a Trouble of kind 'Refused' with the server's code, our words for it (trouble.js), and everything else in `facts`
 * (e.g. 409 'stale' has facts.seq). No connection: kind 'Offline'. The session is over: kind 'Locked', keys are gone.
 */
import { H, b64u, unb64u, utf8 } from '../crypto/bytes.js';
import { compareClock } from './clock.js';
import { Trouble, refusalWords } from './trouble.js';

/** @typedef {(nonce: Uint8Array, act: Uint8Array) => string} SignAct the Authorization header of an act */
/** @type {SignAct | null} */
let signer = null;
/** @type {() => void} */
let onLocked = () => {};

/** account.js says how acts are signed and what happens when the session is over. @param {SignAct} sign @param {() => void} locked */
export function connect(sign, locked) {
  signer = sign;
  onLocked = locked;
}

/** A fresh nonce of the server, 32 bytes, good once within two minutes. @returns {Promise<Uint8Array>} */
export async function freshNonce() {
  const { nonce, now } = await post('/sign-in/nonce');
  compareClock(now);
  return unb64u(nonce);
}

const AHEAD_MS = 60_000;
/** @type {{nonce: Promise<Uint8Array>, at: number} | null} */
let ahead = null;

/** An act is about to follow: its nonce travels while there is still something to check. */
export function expectAct() {
  ahead ??= { nonce: freshNonce(), at: Date.now() };
  ahead.nonce.catch(() => {}); // whoever takes it hears of it
}

/** The one that was asked ahead, if it is not too old, or another. @returns {Promise<Uint8Array>} */
export function nonceForAct() {
  const taken = ahead;
  ahead = null;
  return taken && Date.now() - taken.at < AHEAD_MS ? taken.nonce : freshNonce();
}

/**
 * @param {string} path
 * @param {Record<string, any> | Uint8Array} [body]
 * @param {{act?: boolean, authorization?: string}} [options] act signs the body with the sign-in key
 * @returns {Promise<any>} the answer's JSON
 * @throws {Trouble}
 */
export async function post(path, body = {}, { act = false, authorization } = {}) {
  const octets = body instanceof Uint8Array;
  const data = octets ? body : utf8(JSON.stringify(body, inBase64));
  /** @type {Record<string, string>} */
  const headers = { 'Content-Type': octets ? 'application/octet-stream' : 'application/json' };
  if (act) {
    if (!signer) throw locked();
    headers.Authorization = signer(await nonceForAct(), H(data));
  } else if (authorization) headers.Authorization = authorization;
  return answer(await send(path, { method: 'POST', headers, body: /** @type {BodyInit} */ (data) }));
}

/**
 * Ask for a file. @param {string} path @param {Record<string, any>} body
 * @returns {Promise<{bytes: Uint8Array, receipt: string}>} receipt: of the event that it was taken; nothing in it is proven
 */
export async function postForFile(path, body) {
  const headers = { 'Content-Type': 'application/json' };
  const response = await send(path, { method: 'POST', headers, body: JSON.stringify(body, inBase64) });
  if (!response.ok) return answer(response);
  try {
    return { bytes: new Uint8Array(await response.arrayBuffer()), receipt: response.headers.get('Alongside-Receipt') ?? '' };
  } catch {
    throw offline();
  }
}

/** Post without a cookie: who asks, or hands in, is not said. @param {string} path @param {Record<string, any> | Uint8Array} body @returns {Promise<any>} */
export async function postApart(path, body) {
  const octets = body instanceof Uint8Array;
  const headers = { 'Content-Type': octets ? 'application/octet-stream' : 'application/json' };
  const data = /** @type {BodyInit} */ (octets ? body : JSON.stringify(body, inBase64));
  return answer(await send(path, { method: 'POST', headers, credentials: 'omit', body: data }));
}

/** A file of the site as JSON. @param {string} path @returns {Promise<any>} */
export async function get(path) {
  return answer(await send(path, { method: 'GET' }));
}

/** @param {string} _name @param {any} value */
function inBase64(_name, value) {
  return value instanceof Uint8Array ? b64u(value) : value;
}

/** @param {string} path @param {RequestInit} init */
async function send(path, init) {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init, cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer' });
  } catch {
    throw offline();
  }
}

function offline() {
  return new Trouble('Offline', 'offline', 'Nothing is lost. The connection dropped before this was done. Try again when you are connected.');
}

/** @param {Response} response */
async function answer(response) {
  let value = null;
  try {
    value = await response.json();
  } catch {
    value = null;
  }
  if (response.ok && value !== null) return value;
  if (response.status === 401 && value?.error === 'locked') throw locked();
  const { error, words: _theirs, ...facts } = value ?? {};
  const { code, words } = refusalWords(error);
  throw new Trouble('Refused', code, words, { ...facts, status: response.status });
}

/** The session is over, here and there. */
function locked() {
  onLocked();
  return new Trouble('Locked', 'locked', 'Locked, and nothing is lost. Open it again with your words.');
}
