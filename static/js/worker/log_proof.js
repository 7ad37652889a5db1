/**
 * That one line is in the log, for somebody who does not want to take all of it: the leaf, the hashes on its way to the root,
 * the signed head. As a file it is what others' programs read (C2SP tlog-proof); the leaf is its extra data.
 */
import { base64 } from '../crypto/checkpoint.js';
import { SealError } from '../crypto/errors.js';
import { hex, unb64u } from '../crypto/frame.js';
import { leaf, leafHash, verifyInclusion } from '../crypto/log.js';
import { leafAt } from './leaves.js';
import { openCheckpoint } from './log.js';
import { labelOf } from './log_labels.js';
import { logTrouble } from './log_trouble.js';
import { newestHead, readFrom } from './log_whole.js';
import { postApart } from './net.js';
import { shownLeaf } from './promise.js';
import { wrongInput } from './trouble.js';

/**
 * @param {{line: string}} args as typed, from 1
 * @returns {Promise<{line: number, of: number, number: string, what: any, leaf: string, hash: string, path: string[], root: string, note: string, file: {name: string, text: string}}>}
 * @throws {import('./trouble.js').Trouble} Input; Inconsistent 'not-in-log'
 */
export async function prove({ line }) {
  const { log, size } = await newestHead();
  const index = Number(line.replace(/[\s,.’']/g, '')) - 1;
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw wrongInput('line', 'There is no line with this number. Type one from 1 to the number of lines above.');
  const { tree } = await readFrom(log, index);
  const data = leafAt(tree, index);
  const whole = leaf(data.slice(0, 32), data.slice(32));
  const found = await place(whole, index, log);
  const { head, proof } = found;
  return {
    line: index + 1, of: head.size, number: shownLeaf(leafHash(whole)), what: await labelOf(tree, index), leaf: hex(whole), hash: hex(leafHash(whole)),
    path: proof.map(hex), root: hex(head.root), note: head.note, file: { name: `line-${index + 1}.tlog-proof`, text: proofText(index, proof, head.note, whole) },
  };
}

/** The way from a leaf to the root of the newest head. @param {Uint8Array} whole frame `leaf` @param {number} index @param {number} log */
async function place(whole, index, log) {
  const hash = leafHash(whole);
  const { checkpoint, cosigned, proofs: [told] } = await postApart('/log/proofs', { leaves: [hash] });
  try {
    const head = await openCheckpoint(checkpoint, log);
    if (!told || told.index !== index) throw logTrouble('not-in-log', { line: index });
    const proof = told.proof.map(unb64u);
    verifyInclusion(hash, index, head.size, proof, head.root);
    // The same head with what witnesses signed under it, if they have signed this one.
    const note = cosigned?.startsWith(head.note.trimEnd()) ? (await openCheckpoint(cosigned, log)).note : head.note;
    return { proof, head: { ...head, note } };
  } catch (error) {
    throw error instanceof SealError ? logTrouble('not-in-log', { line: index }) : error;
  }
}

/** C2SP tlog-proof. @param {number} index @param {Uint8Array[]} proof @param {string} note @param {Uint8Array} extra */
function proofText(index, proof, note, extra) {
  return `c2sp.org/tlog-proof@v1\nextra ${base64(extra)}\nindex ${index}\n${proof.map((hash) => `${base64(hash)}\n`).join('')}\n${note}`;
}
