/**
 * That one line is in the log, for somebody who does not want to take all of it: the leaf, the hashes on its way to the root,
 * the signed head. As a file it is what others' programs read (C2SP tlog-proof); the leaf is its extra data.
 */
import { SealError, b64u, hex, unb64u } from '../crypto/bytes.js';
import { base64 } from '../crypto/checkpoint.js';
import { leaf, leafHash, verifyInclusion } from '../crypto/log.js';
import { leafAt, treeOf } from './leaves.js';
import { checkSeen, openCheckpoint } from './log.js';
import { labelOf } from './log_labels.js';
import { logTrouble } from './log_trouble.js';
import { newestHead, placeOf, readFrom } from './log_whole.js';
import { postApart } from './net.js';
import { shownLeaf } from './promise.js';
import { ended } from './receipts.js';
import { linesBefore, restores } from './restores.js';
import { wrongInput } from './trouble.js';

const BLOCK = 64; // lines that are asked about together, so that the site does not learn whose line it is

/**
 * @param {{line: string}} args as typed, from 1, counted over all logs
 * @returns {Promise<{line: number, of: number, number: string, what: any, leaf: string, hash: string, path: string[], root: string, note: string, file: {name: string, text: string}}>}
 * @throws {import('./trouble.js').Trouble} Input; Inconsistent 'not-in-log'
 */
export async function prove({ line: typed }) {
  const { log: newest, size } = await newestHead();
  await restores(newest);
  const line = Number(typed.replace(/[\s,.’']/g, '')) - 1;
  if (!Number.isSafeInteger(line) || line < 0 || line >= linesBefore(newest) + size) throw wrongInput('line', 'There is no line with this number. Type one from 1 to the number of lines above.');
  const { log, index } = placeOf(line, newest);
  const first = index - (index % BLOCK);
  const { tree } = await readFrom(log, first);
  const own = treeOf(tree, log);
  if (!own || index >= own.size) throw logTrouble('not-in-log', { line: index });
  const leaves = Array.from({ length: Math.min(BLOCK, own.size - first) }, (_one, i) => wholeLeaf(own, first + i));
  const { head, proof } = await place(leaves, first, { log, index });
  const whole = leaves[index - first];
  return {
    line: line + 1, of: head.size, number: shownLeaf(leafHash(whole)), what: await labelOf(own, index), leaf: hex(whole), hash: hex(leafHash(whole)),
    path: proof.map(hex), root: hex(head.root), note: head.note, file: { name: `line-${line + 1}.tlog-proof`, text: proofText(index, proof, head.note, whole) },
  };
}

/** @param {import('./leaves.js').Tree} tree @param {number} index */
function wholeLeaf(tree, index) {
  const data = leafAt(tree, index);
  return leaf(data.slice(0, 32), data.slice(32));
}

/**
 * The way from a leaf to the root of the newest head of its log, which is the log that this page reads.
 * @param {Uint8Array[]} leaves frames, from line `first` on @param {number} first @param {{log: number, index: number}} at
 */
async function place(leaves, first, { log, index }) {
  const hashes = leaves.map(leafHash);
  const { log: newest, checkpoint, cosigned, proofs } = await postApart('/log/proofs', { leaves: hashes });
  const told = proofs[index - first];
  try {
    const head = newest === log ? await openCheckpoint(checkpoint, log) : await ended(log, newest);
    if (!told || told.index !== index || told.log !== log) throw logTrouble('not-in-log', { line: index });
    const proof = told.proof.map(unb64u);
    verifyInclusion(hashes[index - first], index, head.size, proof, head.root);
    checkSeen((await readFrom(log, first)).tree, { log, size: head.size, root: b64u(head.root) });
    // The same head with what witnesses signed under it, if they have signed this one.
    const note = newest === log && cosigned?.startsWith(head.note.trimEnd()) ? (await openCheckpoint(cosigned, log)).note : head.note;
    return { proof, head: { ...head, note } };
  } catch (error) {
    throw error instanceof SealError ? logTrouble('not-in-log', { line: index }) : error;
  }
}

/** C2SP tlog-proof. @param {number} index @param {Uint8Array[]} proof @param {string} note @param {Uint8Array} extra */
function proofText(index, proof, note, extra) {
  return `c2sp.org/tlog-proof@v1\nextra ${base64(extra)}\nindex ${index}\n${proof.map((hash) => `${base64(hash)}\n`).join('')}\n${note}`;
}
