// Makes the vectors that are `by: javascript`, anew: node tests/vectors/make.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { ready } from '../../static/js/crypto/bytes.js';
import { setWords } from '../../static/js/crypto/words.js';
import { call, errorName, toWire } from './run.mjs';

const here = new URL('./', import.meta.url);
const SOURCE = 'static/js/crypto, by tests/vectors/make.mjs';

await ready();
setWords(readFileSync(new URL('../../static/words.txt', here), 'utf8'));

const files = new Map();

function keep(module, vector) {
  if (!files.has(module)) files.set(module, []);
  files.get(module).push(vector);
}

/** A vector whose answer is what this side says; `out` where it is known from elsewhere. */
function holds(module, name, fn, given, out) {
  const vector = { name, by: 'javascript', fn, in: toWire(given) };
  const answer = call(vector);
  if (out !== undefined && JSON.stringify(answer) !== JSON.stringify(toWire(out))) throw new Error(`${module}: ${name}`);
  keep(module, { ...vector, out: answer });
}

/** A vector that must be refused, and as what. */
function refused(module, name, fn, given, expect) {
  const vector = { name, by: 'javascript', fn, in: toWire(given) };
  let said = 'nothing';
  try {
    call(vector);
  } catch (error) {
    said = errorName(error);
  }
  if (said !== expect) throw new Error(`${module}: ${name}: ${said} instead of ${expect}`);
  keep(module, { ...vector, expect });
}

for (const part of ['public', 'people', 'keys', 'case', 'letter', 'row', 'export']) {
  const { make } = await import(`./make_${part}.mjs`);
  make({ holds, refused });
}
for (const [module, vectors] of files) {
  const lines = vectors.map((vector) => `  ${JSON.stringify(vector)}`).join(',\n');
  const text = `{"module": "${module}", "source": "${SOURCE}", "vectors": [\n${lines}\n]}\n`;
  writeFileSync(new URL(`${module}.javascript.json`, here), text);
}
