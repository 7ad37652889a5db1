/** Files of a release as the worker reads them: small CSV, and the list that a steward signs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ready } from '../../../static/js/crypto/bytes.js';
import { parseCsv } from '../../../static/js/worker/research_releases.js';
import { sums } from '../../../static/js/worker/research_releases_proven.js';

await ready();

test('a cell keeps its commas, quotes and line ends', () => {
  assert.deepEqual(parseCsv('code,label\r\na,"one, ""two""\nthree"\r\nb,\r\n'), [{ code: 'a', label: 'one, "two"\nthree' }, { code: 'b', label: '' }]);
});

test('the last line needs no end, and nothing is no row', () => {
  assert.deepEqual(parseCsv('rows\n12\n26'), [{ rows: '12' }, { rows: '26' }]);
  assert.deepEqual(parseCsv(''), []);
});

test('the list of files is what sha256sum writes, by name', () => {
  const files = new Map([['tables.json', { hash: new Uint8Array(32) }], ['data.csv', { hash: new Uint8Array(32).fill(255) }]]);
  assert.equal(new TextDecoder().decode(sums(files)), `${'ff'.repeat(32)}  data.csv\n${'00'.repeat(32)}  tables.json\n`);
});
