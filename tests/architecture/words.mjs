// Prints, as JSON, the words for people in each script under a folder: {"pages/case.js": {marked: [...], bare: [...]}}.
// marked: literals that are given to `_` and the like. bare: literals that a person would meet in English whatever the page's
// language: sentences anywhere, any word in markup, in an attribute that is read out, in a property or call that shows it.
// Usage: node words.mjs <folder>
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

const root = process.argv[2];
/** Which arguments are words, by the function: as babel.cfg has it. */
const MARKS = new Map(Object.entries({ _: [0], N_: [0], ngettext: [0, 1], Trouble: [2], wrongInput: [1] }));
const SHOWING = /^(announce|button|empty|kept|readers|sayWrong|say)$/;
const SHOWN = /^(label|title|words|lead|hint|note|advice|body|legend|caption|head|go|name)$/;
const FAULTS = /^(\w*Error|Malformed|WrongPlace|NotAllowed|BadSignature|CannotOpen|Expired|RegExp)$/;
const READ_OUT = /\s(aria-label|title|alt|placeholder|label)=/;
const WORD = /[\p{L}]{2}/u;
/** A sentence, or the beginning or the end of one. */
const PROSE = /^[A-Z“][^\n]*[a-z’]+[,;:]? +\S|[a-z’]+ [^\n]*[a-z]{2}[.?!]$/;

const called = (node) => (ts.isCallExpression(node) || ts.isNewExpression(node) ? node.expression.getText() : '');
const isMarkup = (node) => ts.isTaggedTemplateExpression(node) && ['html', 'svg'].includes(node.tag.getText());
const isText = (node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
const textOf = (node) => (ts.isStringLiteralLike(node) ? node.text
  : node.head.text + node.templateSpans.map((span) => `\ufffc${span.literal.text}`).join(''));

/** The literals that an expression may come to. */
function results(node) {
  if (ts.isParenthesizedExpression(node)) return results(node.expression);
  if (ts.isConditionalExpression(node)) return [...results(node.whenTrue), ...results(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...results(node.left), ...results(node.right)];
  return isText(node) ? [textOf(node)] : [];
}

/** What of some markup a person reads or hears, without what its expressions come to. */
function ownWords(markup) {
  const heard = [...markup.matchAll(new RegExp(`${READ_OUT.source}"([^"]*)"`, 'g'))].map(([, , words]) => words);
  return [...heard, ...markup.replace(/<[^>]*>/g, '\n').split('\n')].filter((words) => WORD.test(words));
}

/** What the expressions of some markup come to where it is read or heard. */
function filledIn(template) {
  let before = template.head.text;
  return template.templateSpans.flatMap((span) => {
    const seen = before.lastIndexOf('>') >= before.lastIndexOf('<') || new RegExp(`${READ_OUT.source}"?$`).test(before);
    before += `\ufffc${span.literal.text}`;
    return seen ? results(span.expression).filter((words) => WORD.test(words)) : [];
  });
}

function wordsOf(path) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const marked = [];
  const bare = new Set();
  const note = (all) => all.forEach((words) => bare.add(words.trim()));
  const walk = (node) => {
    if (ts.isImportDeclaration(node) || FAULTS.test(called(node))) return;
    const places = MARKS.get(called(node));
    if (places) {
      (node.arguments ?? []).forEach((given, i) => (places.includes(i) && isText(given) ? marked.push(textOf(given)) : walk(given)));
      return;
    }
    if (SHOWING.test(called(node)) && node.arguments.length) note(results(node.arguments[0]).filter((words) => WORD.test(words)));
    if (ts.isPropertyAssignment(node) && SHOWN.test(node.name.getText())) note(results(node.initializer).filter((words) => /[A-Z]\p{L}| /u.test(words)));
    if (isMarkup(node)) {
      note(ownWords(textOf(node.template)));
      if (ts.isTemplateExpression(node.template)) {
        note(filledIn(node.template));
        node.template.templateSpans.forEach((span) => walk(span.expression));
      }
      return;
    }
    if (isText(node) && PROSE.test(textOf(node))) note([textOf(node)]);
    ts.forEachChild(node, walk);
  };
  walk(source);
  return { marked, bare: [...bare] };
}

const found = {};
for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.m?js$/.test(entry.name)) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  found[relative(root, path).split(sep).join('/')] = wordsOf(path);
}
process.stdout.write(JSON.stringify(found));
