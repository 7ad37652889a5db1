// The log's lines as the worker holds them: the root at every size, and where each tag stands, however the lines came in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { H, concat, hex, ready, utf8 } from '../../../static/js/crypto/bytes.js';
import { leaf, leafHash, root } from '../../../static/js/crypto/log.js';
import { extend } from '../../../static/js/crypto/tree.js';
import { beginningOf, doubled, find, grow, isBefore, plant, rootAt, treeOf } from '../../../static/js/worker/leaves.js';

await ready();

const lines = Array.from({ length: 40 }, (_, i) => ({ tag: H(utf8(`tag ${i}`)), commit: H(utf8(`commit ${i}`)) }));
const hashes = lines.map(({ tag, commit }) => leafHash(leaf(tag, commit)));
const bytes = (from, to) => concat(...lines.slice(from, to).map(({ tag, commit }) => concat(tag, commit)));

function treeFrom(start, ...ends) {
  const tree = plant(1, start, extend([], 0, hashes.slice(0, start))[0]);
  for (const end of ends) grow(tree, bytes(tree.size, end));
  return tree;
}

test('the root is right at every size, from nothing and from the middle, in pages of any length', () => {
  for (const tree of [treeFrom(0, 40), treeFrom(0, 1, 2, 17, 40), treeFrom(13, 14, 14, 31, 40)]) {
    for (let size = tree.start; size <= tree.size; size += 1) assert.equal(hex(rootAt(tree, size)), hex(root(hashes.slice(0, size))));
  }
});

test('a size that is not held has no root', () => {
  assert.throws(() => rootAt(treeFrom(13, 20), 12), RangeError);
  assert.throws(() => rootAt(treeFrom(13, 20), 21), RangeError);
});

test('each tag is found where it stands, with its commitment, and one that is twice in both places', () => {
  const tree = treeFrom(5, 9, 30);
  for (let index = 5; index < 30; index += 1) {
    const [place, ...more] = find(tree, lines[index].tag);
    assert.deepEqual([place.index, hex(place.commit), more], [index, hex(lines[index].commit), []]);
  }
  assert.deepEqual(find(tree, lines[4].tag), []);
  grow(tree, bytes(7, 8));
  assert.deepEqual(find(tree, lines[7].tag).map(({ index }) => index), [7, 30]);
});

test('a tag that stands there twice is found, and tags that only begin alike are not', () => {
  const tree = treeFrom(0, 20);
  assert.equal(doubled(tree), null);
  const twin = Uint8Array.from(lines[3].tag);
  twin[31] ^= 1;
  grow(tree, concat(twin, lines[1].commit));
  assert.equal(doubled(tree), null);
  grow(tree, concat(lines[3].tag, lines[2].commit));
  assert.equal(doubled(tree), 3);
  const next = plant(2, 0, [], treeFrom(0, 20));
  grow(next, concat(lines[7].tag, lines[2].commit));
  assert.equal(doubled(next), 0);
});

test('tags that begin alike are told apart', () => {
  const twin = Uint8Array.from(lines[0].tag);
  twin[31] ^= 1;
  const tree = plant(1, 0, []);
  grow(tree, concat(lines[0].tag, lines[0].commit, twin, lines[1].commit));
  assert.deepEqual(find(tree, twin).map(({ index }) => index), [1]);
});

test('a log that follows another holds the lines of both, each in its own place', () => {
  const old = treeFrom(13, 20);
  const next = plant(2, 0, [], old);
  grow(next, concat(bytes(30, 34), bytes(15, 16)));
  assert.deepEqual(find(next, lines[31].tag).map(({ log, index }) => [log, index]), [[2, 1]]);
  assert.deepEqual(find(next, lines[15].tag).map(({ log, index }) => [log, index]), [[1, 15], [2, 4]]);
  assert.deepEqual(beginningOf(next), { log: 1, size: 13 });
  assert.equal(treeOf(next, 1), old);
  assert.equal(treeOf(next, 3), null);
  assert.equal(hex(rootAt(next, 2)), hex(root(hashes.slice(30, 32))));
});

test('of two places the one in the earlier log comes first, whatever its line', () => {
  assert.ok(isBefore({ log: 1, size: 900 }, { log: 2, size: 0 }));
  assert.ok(isBefore({ log: 2, size: 0 }, { log: 2, size: 1 }));
  assert.ok(!isBefore({ log: 2, size: 1 }, { log: 2, size: 1 }));
  assert.ok(!isBefore({ log: 2, size: 0 }, { log: 1, size: 900 }));
});
