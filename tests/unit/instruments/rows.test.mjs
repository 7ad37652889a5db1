// What goes to research, in words, and who looks alike in a release: node --test <this file>
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { alike, mayBeIn } from '../../../static/js/parts/alike.js';
import { intakeRow, rowInWords } from '../../../static/js/parts/rows.js';

const VECTORS = new URL('../../vectors/instruments/answers.json', import.meta.url);
const { sheet, cases, refused } = JSON.parse(readFileSync(VECTORS, 'utf8'));
const { answers: ANSWERS } = cases.find(({ name }) => name === 'everything was answered');
const YES = { consent_research: 'yes' };

test('without a yes to research there is no row', () => {
  for (const consents of [{}, { consent_research: 'no' }, { consent_research: 'later' }]) assert.equal(intakeRow(sheet, ANSWERS, consents), null);
});

test('answers that no release could read make no row', () => {
  const { answers } = refused.find(({ name }) => name === 'a code that is no choice');
  assert.equal(intakeRow(sheet, { ...ANSWERS, ...answers }, YES), null);
});

test('a row holds codes, and nothing that names anybody', () => {
  const { instrument, wave, answers } = intakeRow(sheet, ANSWERS, YES);
  assert.deepEqual([instrument, wave, answers.basis, answers.kinds___har, answers.safe], [sheet.id, 'intake', 'age', '1', 'skip']);
  for (const said of ['sara@example.org', '212 555', 'It began']) assert.ok(!JSON.stringify(answers).includes(said));
});

test('every line of a row can be read in words, and what was never asked makes none', () => {
  const { answers } = intakeRow(sheet, ANSWERS, YES);
  const lines = rowInWords(sheet, answers).flatMap((part) => part.lines);
  const told = Object.fromEntries(lines.map(({ label, text }) => [label, text]));
  assert.equal(told['What happened?'], 'Discrimination (treated worse). Harassment.');
  assert.equal(told['Because of what?'], 'Age');
  assert.ok(lines.some(({ text }) => text === 'Asked, and left open'));
  assert.ok(lines.some(({ text }) => text === 'Yes (1)'), 'what was worked out is told too');
  assert.ok(lines.every(({ label, text }) => label && text));
  assert.deepEqual(rowInWords(sheet, intakeRow(sheet, {}, YES).answers), []);
});

test('nothing ticked is told as such', () => {
  const row = { ...intakeRow(sheet, ANSWERS, YES).answers, kinds___har: '0', kinds___disc: '0' };
  assert.ok(rowInWords(sheet, row).some(({ lines }) => lines.some(({ text }) => text === 'None of them ticked')));
});

const LEVELS = {
  instrument: 'intake.v1',
  columns: [
    { field: 'career_stage', label: 'Career stage', many: false, beside: '', unstated: 'ns', several: '', codes: { early: 'practice', res: 'training' }, labels: { practice: 'In practice', training: 'In training', ns: 'Not said' } },
    { field: 'race_eth', label: 'Race', many: true, beside: 'hisp', unstated: 'ns', several: 'more', codes: { white: 'white', 'am-ind': 'other', hisp: 'hisp' }, labels: { white: 'White, or “other”' } },
  ],
};
const CLASSES = 'career_stage,race_eth,rows\r\npractice,white,17\r\npractice,hisp,12\npractice,more,13\npractice,ns,11\n"practice","other",14\nns,ns,15\n';

for (const [row, people] of [
  [{ career_stage: 'early', race_eth___white: '1', race_eth___hisp: '1' }, 17], [{ career_stage: 'early', race_eth___hisp: '1' }, 12],
  [{ career_stage: 'early', race_eth___white: '1', race_eth___am_ind: '1' }, 13], [{ career_stage: 'early', race_eth___white: 'skip' }, 11],
  [{ career_stage: 'early', race_eth___am_ind: '1' }, 14], [{}, 15], [{ career_stage: 'constructor' }, 15],
]) {
  test(`${JSON.stringify(row)} is among ${people}`, () => assert.equal(alike(LEVELS, CLASSES, row)?.people, people));
}

test('what a class has in common is told in words', () => {
  assert.deepEqual(alike(LEVELS, CLASSES, { career_stage: 'early', race_eth___white: '1' }).lines, [{ label: 'Career stage', text: 'In practice' }, { label: 'Race', text: 'White, or “other”' }]);
});

test('nobody who looks alike, other columns, or a crooked count are nobody', () => {
  assert.equal(alike(LEVELS, CLASSES, { career_stage: 'res' }), null);
  assert.equal(alike(LEVELS, 'state,race_eth,rows\npractice,white,17\n', { career_stage: 'early', race_eth___white: '1' }), null);
  assert.equal(alike(LEVELS, 'career_stage,race_eth,rows\npractice,white,many\n', { career_stage: 'early', race_eth___white: '1' }), null);
});

for (const [row, can] of [
  [{ wave: 'intake', state: 'sent', month: '2026-10' }, true], [{ wave: 'intake', state: 'sent', month: '2026-11' }, false],
  [{ wave: 'intake', state: 'unsent', month: '' }, false], [{ wave: 'outtake', state: 'sent', month: '2026-10' }, false],
]) {
  test(`${JSON.stringify(row)} is ${can ? '' : 'not '}told that it may be in a release of 2026-11`, () => assert.equal(mayBeIn([row], '2026-11'), can));
}
