// A look at the log that the site breaks off: what was read of it is in no tree that somebody holds a case against.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { H, b64u, concat, ready, utf8 } from '../../../static/js/crypto/bytes.js';
import { after, find, grow, join, plant, rootAt } from '../../../static/js/worker/leaves.js';
import { fetchOn } from '../../../static/js/worker/log.js';

await ready();

const tag = (i) => H(utf8(`tag ${i}`));
const lines = (from, to) => concat(...Array.from({ length: to - from }, (_, i) => concat(tag(from + i), H(utf8(`commit ${from + i}`)))));
const network = globalThis.fetch;
afterEach(() => { globalThis.fetch = network; });

/** The site's answers, one after the other: lines, with more to come; or a refusal. @param {(Uint8Array | null)[]} answers */
function site(...answers) {
  globalThis.fetch = async () => {
    const leaves = answers.shift();
    return leaves ? Response.json({ log: 1, newest: 1, more: true, leaves: b64u(leaves), checkpoint: '' }) : Response.json({ error: 'busy', words: '' }, { status: 503 });
  };
}

test('lines that came before a refusal are not in the tree that was held', async () => {
  const tree = plant(1, 0, []);
  grow(tree, lines(0, 5));
  const root = rootAt(tree, 5);
  site(lines(5, 9), lines(9, 12), null);
  let read = 0;
  await assert.rejects(fetchOn(tree, (one) => { read = one.size; }), { kind: 'Refused' });
  assert.equal(read, 12); // they did come
  assert.equal(tree.size, 5);
  assert.deepEqual(find(tree, tag(7)), []);
  assert.deepEqual(rootAt(tree, tree.size), root);
});

test('lines that were read apart and joined are as if they had come to the tree itself', () => {
  for (const first of [0, 5]) {
    const [tree, whole] = [plant(1, 0, []), plant(1, 0, [])];
    if (first) grow(tree, lines(0, first));
    const read = after(tree);
    for (const [from, to] of [[first, 6], [6, 13], [13, 30]]) grow(read, lines(from, to));
    grow(read, lines(3, 4)); // one that stands there already
    join(tree, read);
    grow(tree, lines(30, 31));
    for (const part of [lines(0, 30), lines(3, 4), lines(30, 31)]) grow(whole, part);
    for (let size = 0; size <= whole.size; size += 1) assert.deepEqual(rootAt(tree, size), rootAt(whole, size));
    for (let i = 0; i < 31; i += 1) assert.deepEqual(find(tree, tag(i)), find(whole, tag(i)));
  }
});
