// The browser's reading of a questionnaire against the shared vectors: node --test <this file>
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { cardLines, check, cleaned, fields, parts, toggled, visible } from '../../../static/js/parts/instrument.js';
import { researchRow } from '../../../static/js/parts/rows.js';

const { sheet, cases, refused, checks } = JSON.parse(readFileSync(new URL('answers.json', import.meta.url), 'utf8'));
const shown = (answers, path) => visible(sheet, answers, path).filter((one) => one.type !== 'descriptive').map((one) => one.id);

for (const { name, answers, consents, asked, cleaned: kept, card, row } of cases) {
  test(`answers: ${name}`, () => {
    assert.deepEqual(shown(answers), asked);
    assert.deepEqual(cleaned(sheet, answers), kept);
    assert.deepEqual(cardLines(sheet, answers), card);
    assert.deepEqual(Object.entries(researchRow(sheet, answers, consents)), Object.entries(row));
    assert.throws(() => researchRow(sheet, answers, { ...consents, consent_research: 'later' }), /no yes to research/);
  });
}
for (const { name, answers } of refused) {
  test(`refused: ${name}`, () => assert.throws(() => cleaned(sheet, answers), RangeError));
}
for (const { field, answer, today, words } of checks) {
  test(`words about ${field}: ${JSON.stringify(answer)}`, () => {
    assert.equal(check(fields(sheet).get(field), answer, today), words);
  });
}
test('a refused answer is never in the words about it', () => {
  assert.throws(() => cleaned(sheet, { told: 'canary' }), (wrong) => wrong.field === 'told' && !wrong.message.includes('canary'));
});
test('a part is empty, then some, then written; skipping everything leaves it empty', () => {
  const state = (answers) => parts(sheet, answers).find((part) => part.id === 'reach-you').state;
  assert.equal(state({}), 'empty');
  assert.equal(state({ ways: { skip: true } }), 'empty');
  assert.equal(state({ ways: ['email'] }), 'some');
  assert.equal(state({ ways: ['email'], mail: { skip: true } }), 'written');
});
test('the short path shows its own questions and minutes only', () => {
  assert.deepEqual(shown({ ways: ['email'] }, { short: true }), ['agree', 'ways', 'mail', 'kinds']);
  assert.deepEqual(parts(sheet, {}, { short: true }).map((part) => part.id), ['before', 'reach-you', 'what-happened']);
});
test('clicking “none of these” unticks the rest, and clicking another unticks it', () => {
  const ways = fields(sheet).get('ways');
  assert.deepEqual(toggled(ways, ['email', 'text'], 'inapp'), ['inapp']);
  assert.deepEqual(toggled(ways, ['inapp'], 'text'), ['text']);
  assert.deepEqual(toggled(ways, ['text'], 'email'), ['email', 'text']);
  assert.deepEqual(toggled(ways, ['text'], 'text'), []);
});
test('a row without the restricted fields has none of their columns', () => {
  assert.ok(!('pay' in researchRow(sheet, { pay: '5' }, { consent_research: 'yes' }, { restricted: false })));
});
