// Prints, as JSON, what each script under a folder imports: {"pages/landing.js": ["../parts/shell.js"]}.
// Usage: node imports.mjs <folder>. A dynamic import of anything but a literal is reported as "?".
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

const root = process.argv[2];
const found = {};

function importsOf(path) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, false, ts.ScriptKind.JS);
  const names = [];
  const note = node => names.push(node && ts.isStringLiteralLike(node) ? node.text : '?');
  const walk = node => {
    if (ts.isImportDeclaration(node)) note(node.moduleSpecifier);
    if (ts.isExportDeclaration(node) && node.moduleSpecifier) note(node.moduleSpecifier);
    if (ts.isCallExpression(node)) {
      const called = node.expression;
      if (called.kind === ts.SyntaxKind.ImportKeyword) note(node.arguments[0]);
      if (ts.isIdentifier(called) && called.text === 'importScripts') node.arguments.forEach(note);
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return names;
}

for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.m?js$/.test(entry.name)) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  found[relative(root, path).split(sep).join('/')] = importsOf(path);
}
process.stdout.write(JSON.stringify(found));
