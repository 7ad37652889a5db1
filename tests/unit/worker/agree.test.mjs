// What somebody else saw of the log: whoever names the log is held against that one alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { H, concat, ready, utf8 } from '../../../static/js/crypto/bytes.js';
import { grow, plant, rootAt } from '../../../static/js/worker/leaves.js';
import { agree } from '../../../static/js/worker/witnesses.js';

await ready();

/** @param {string} name @param {number} count */
const lines = (name, count) => concat(...Array.from({ length: count }, (_, i) => concat(H(utf8(`${name} tag ${i}`)), H(utf8(`${name} commit ${i}`)))));

const first = plant(1, 0, []);
grow(first, lines('first', 20));
const second = plant(2, 0, [], first);
grow(second, lines('second', 8));

test('a head of log 2 that has the root of log 1 is of another log 2', async () => {
  await assert.rejects(agree(second, { size: 7, root: rootAt(first, 7) }, { named: true }), { code: 'split-view' });
  await assert.rejects(agree(second, { size: 20, root: rootAt(first, 20) }, { named: true }), { code: 'split-view' });
});

test('a head of this very log 2 agrees', () => agree(second, { size: 7, root: rootAt(second, 7) }, { named: true }));
