// Which roots may have begun a log: those of then, or later ones. A sheet that was stolen after it was replaced begins none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areTheirs } from '../../../static/js/worker/log_lanes.js';

const REFUSED = { code: 'log-renumbered' };
/** @param {number[]} by the newest version of the roots that signed each */
const signed = (...by) => new Map(by.map((version, i) => [2 + i, { size: 9, root: new Uint8Array(32), time: 0, hash: new Uint8Array(32), by: version }]));
/** @param {number[]} logs */
const at = (...logs) => logs.map((log) => (log ? { log } : null));

test('the roots in force sign, and later ones may', () => {
  assert.equal(areTheirs(signed(1), at(2), at(1)), true);
  assert.equal(areTheirs(signed(2), at(2), at(1, 1)), true);
  assert.equal(areTheirs(signed(2), at(2), at(1, 2)), true);
});

test('a copy from before the change of roots is put back by the roots of then', () => assert.equal(areTheirs(signed(1), at(2), at(1, 2)), true));

test('roots that were replaced before begin no log', () => {
  assert.throws(() => areTheirs(signed(1), at(2), at(1, 1)), REFUSED);
  assert.throws(() => areTheirs(signed(1, 1), at(2, 3), at(1, 2)), REFUSED);
  assert.throws(() => areTheirs(signed(1), at(0), at(1, 1)), REFUSED);
});

test('a restore stands in the log that it began, and in no other', () => assert.throws(() => areTheirs(signed(1, 1), at(3, 3), at(1)), REFUSED));

test('what is in no log yet is waited for', () => {
  assert.equal(areTheirs(signed(1), at(0), at(1)), false);
  assert.equal(areTheirs(signed(1), at(2), at(1, 0)), false);
});
