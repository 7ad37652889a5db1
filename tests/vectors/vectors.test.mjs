// node --test tests/vectors/vectors.test.mjs — the shared vectors, and what only this side can be asked.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { FRAMES } from '../../static/js/crypto/frame.js';
import { run } from './run.mjs';

const here = new URL('./', import.meta.url);
const read = (path) => readFileSync(new URL(path, here), 'utf8');
const files = readdirSync(here).filter((name) => name.endsWith('.json')).sort().map((name) => JSON.parse(read(name)));
const wordList = read('../../static/words.txt');

test('every shared vector holds in Node', async (t) => {
  const { passed, faults } = await run(files, wordList);
  assert.deepEqual(faults, []);
  t.diagnostic(`vectors: ${passed}`);
});

test('a vector with another result would be seen', async () => {
  const { module, vectors } = files.find((file) => file.module === 'frame');
  const good = vectors.find((vector) => 'out' in vector);
  const bad = vectors.find((vector) => vector.expect);
  const lies = [{ ...good, out: 'something else' }, { ...good, expect: 'Malformed' }, { ...bad, expect: 'CannotOpen' }];
  const { passed, faults } = await run([{ module, vectors: lies }], wordList);
  assert.deepEqual([passed, faults.length], [0, 3]);
});

test('both sides made some of every function', () => {
  const kinds = new Map();
  for (const { module, vectors } of files) {
    for (const { fn, by } of vectors) kinds.set(`${module} ${fn}`, (kinds.get(`${module} ${fn}`) ?? new Set()).add(by));
  }
  assert.ok(kinds.size > 60);
  for (const [kind, makers] of kinds) assert.deepEqual([...makers].sort(), ['javascript', 'python'], kind);
});

test('the frame table is the one that Python reads', () => {
  assert.deepEqual(Object.fromEntries(FRAMES), JSON.parse(read('../../crypto/frames.json')));
});

test('the word list is the one that Python reads', () => {
  assert.equal(wordList, read('../../crypto/words.txt'));
});
