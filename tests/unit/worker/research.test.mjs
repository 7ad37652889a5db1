// What a peer's notebook holds of research, and what its length tells: node --test <this file>
import assert from 'node:assert/strict';
import test, { beforeEach } from 'node:test';
import { newIdentity, sealNotebook } from '../../../static/js/crypto/keys.js';
import { ready, sodium } from '../../../static/js/crypto/bytes.js';
import { forgetMe, setMe } from '../../../static/js/worker/me.js';
import { blankNotebook, forgetNotebook, nextNotebook, notebook, takeNotebook, wasSaved } from '../../../static/js/worker/notebook.js';
import { pauseMs } from '../../../static/js/worker/clock.js';
import { ahead, forgetRow, isGivenUp, isKept, markGone, markSent, putOffUntilLater, researchOf, standing, tryRow } from '../../../static/js/worker/research_notes.js';

globalThis.postMessage = () => {}; // a worker's way to its page
await ready();

const INTAKE = { instrument: 'intake.v1', wave: 'intake' };
const LATER = { instrument: 'followup.v1', wave: 'followup-3' };
let who;
let box;
let last;

beforeEach(() => {
  const [site, account_key] = [sodium.randombytes_buf(32), sodium.randombytes_buf(32)];
  const identity = newIdentity();
  who = { site, role: 'peer', fp: identity.fp, identity, account_key, method: null, submitted: true };
  setMe(structuredClone(who));
  forgetNotebook();
  box = sealNotebook(account_key, site, identity.fp, 1, blankNotebook());
  takeNotebook(1, box);
});

/** The page is loaded again, with the notes of the last save. */
function reopen() {
  forgetMe();
  forgetNotebook();
  setMe(structuredClone(who));
  takeNotebook(...last);
}

/** A save that happens anyway. @returns {number} the length of what the server gets */
function save() {
  const next = nextNotebook(() => {});
  wasSaved(next);
  last = [next.version, next.box];
  return next.box.length;
}

test('a row is noted with the save that happens anyway, and not before', async () => {
  const { letter, kept } = tryRow(INTAKE);
  assert.deepEqual(standing(ahead().rows, INTAKE)?.letter, letter);
  assert.equal(isKept(letter), false);
  save();
  await kept;
  assert.equal(isKept(letter), true);
  assert.equal(notebook().research.rows[0].secret.length, 43);
});

test('a save that another tab was faster with is made again, and notes the row once', () => {
  tryRow(INTAKE);
  nextNotebook(() => {}); // refused as older
  save();
  save();
  assert.equal(ahead().rows.length, 1);
});

test('two tabs that give the same row note one, and the other knows that its own is not kept', () => {
  const other = nextNotebook((book) => { researchOf(book).rows.push({ ...INTAKE, month: '', letter: 'AAAA', secret: 'AAAA', tries: 1, sent: false, gone: false }); });
  const { letter } = tryRow(INTAKE);
  takeNotebook(2, other.box);
  save();
  assert.deepEqual([isKept('AAAA'), isKept(letter), ahead().rows.length], [true, false, 1]);
});

test('a row that is not known to have arrived is tried thrice in all, and each time is noted before', async () => {
  for (const tries of [1, 2, 3]) {
    const { kept, letter } = tryRow(INTAKE);
    assert.equal(tryRow(INTAKE).letter, letter, 'once in the life of a page');
    save();
    await kept;
    assert.deepEqual(notebook().research.rows.map((row) => row.tries), [tries]);
    assert.equal(isGivenUp(ahead().rows[0]), false, 'it may still go');
    reopen();
    assert.equal(isGivenUp(ahead().rows[0]), tries === 3, 'she is not told that it goes later');
  }
  assert.equal(tryRow(INTAKE), null);
});

test('a row that has arrived is not tried again', () => {
  const { letter } = tryRow(INTAKE);
  markSent(letter, '2026-11');
  save();
  reopen();
  assert.equal(tryRow(INTAKE), null);
});

test('each row has a secret of its own, and all have one thread', () => {
  tryRow(INTAKE);
  tryRow(LATER);
  save();
  const { rows, thread } = ahead();
  assert.notEqual(rows[0].secret, rows[1].secret);
  assert.equal(thread.length, 22);
});

test('who takes everything back and says yes again is somebody new', () => {
  const { letter } = tryRow(INTAKE);
  save();
  const { thread } = ahead();
  markSent(letter, '2026-11');
  markGone(letter);
  assert.equal(standing(ahead().rows, INTAKE), undefined);
  assert.equal(ahead().rows.length, 1, 'its secret is kept until the server has answered');
  tryRow(INTAKE);
  save();
  forgetRow(letter);
  save();
  assert.equal(ahead().rows.length, 1);
  assert.notEqual(ahead().rows[0].letter, letter);
  assert.notEqual(ahead().thread, thread);
});

test('the length of what is saved tells nothing: no row, one, seven, sent, taken back, asked later', () => {
  const lengths = new Set();
  const look = () => { save(); lengths.add(JSON.stringify({ ...notebook(), past: [] }).length); };
  look();
  tryRow(INTAKE);
  look();
  markSent(ahead().rows[0].letter, '2026-11');
  look();
  for (const months of [3, 6, 12, 24, 36]) tryRow({ instrument: 'followup.v1', wave: `followup-${months}` });
  tryRow({ instrument: 'comment', wave: 'outtake' });
  look();
  putOffUntilLater(20_000);
  markGone(ahead().rows[0].letter);
  look();
  assert.equal(lengths.size, 1);
});

test('seven saves with rows are as long as seven without', () => {
  const plain = [1, 2, 3, 4, 5, 6, 7].map(() => save());
  const identity = newIdentity();
  who = { ...who, fp: identity.fp, identity };
  setMe(structuredClone(who));
  forgetNotebook();
  takeNotebook(1, sealNotebook(who.account_key, who.site, who.fp, 1, blankNotebook()));
  const given = [1, 2, 3, 4, 5, 6, 7].map((n) => (tryRow({ instrument: 'followup.v1', wave: `followup-${n}` }), save()));
  assert.deepEqual(given, plain);
});

test('whoever is staff has no such room', () => {
  setMe({ ...who, role: 'staff' });
  const next = nextNotebook(() => {});
  assert.equal('room' in next.book, false);
});

test('a lock forgets what was not saved', () => {
  tryRow(INTAKE);
  forgetNotebook();
  takeNotebook(1, box);
  assert.deepEqual(ahead().rows, []);
});

test('what nobody is named on waits from five seconds to a minute, another time each', () => {
  const pauses = Array.from({ length: 2000 }, pauseMs);
  assert.ok(Math.min(...pauses) >= 5000 && Math.max(...pauses) <= 60_000);
  assert.ok(Math.min(...pauses) < 8000 && Math.max(...pauses) > 57_000 && new Set(pauses).size > 1500);
});
