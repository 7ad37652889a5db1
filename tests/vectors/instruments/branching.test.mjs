// The browser's walk over branching trees against the shared vectors: node --test <this file>
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { calculate, evaluate } from '../../../static/js/parts/branching.js';

const vectors = JSON.parse(readFileSync(new URL('branching.json', import.meta.url), 'utf8'));

test('there are vectors to check', () => assert.ok(vectors.holds.length > 30 && vectors.results.length > 30));

for (const { name, tree, answers, expect } of vectors.holds) {
  test(`logic: ${name}`, () => assert.equal(evaluate(tree, answers), expect));
}
for (const { name, tree, answers, expect } of vectors.results) {
  test(`result: ${name}`, () => assert.equal(calculate(tree, answers), expect));
}
