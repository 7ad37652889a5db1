/** The head of the log as somebody saved it on another day: what is there now must begin with what was there then. */
import { SealError, b64u, hex } from '../crypto/bytes.js';
import { noteKey, openNote, readCheckpoint, readVkey } from '../crypto/checkpoint.js';
import { directory } from './directory.js';
import { sawCheckpoint } from './evidence.js';
import { checkSeen } from './log.js';
import { logTrouble } from './log_trouble.js';
import { newestHead, readFrom } from './log_whole.js';
import { linesBefore } from './restores.js';
import { wrongInput } from './trouble.js';

/**
 * @param {{note: string}} args the file's text
 * @returns {Promise<{then: number, now: number}>} how many lines there were, and are
 * @throws {import('./trouble.js').Trouble} Input; Inconsistent 'log-rewritten', 'log-shrunk', 'log-renumbered', and 'put-back' where roots declared it
 */
export async function goesOn({ note }) {
  const saved = await openSaved(note);
  sawCheckpoint('pinned', note);
  const newest = await newestHead();
  if (saved.log > newest.log) throw logTrouble('log-shrunk', { size: saved.size });
  // With lines from there on alone, the root of the newest head comes out only if it begins with those that were saved.
  const { tree } = await readFrom(saved.log, saved.size);
  checkSeen(tree, { ...saved, root: b64u(saved.root) });
  return { then: linesBefore(saved.log) + saved.size, now: linesBefore(tree.log) + tree.size };
}

/** Number, size and root of a head that a key of this site's log signed, one that it has now or had before. @param {string} note */
async function openSaved(note) {
  const { site, everyRoot } = await directory();
  try {
    const [first] = note.split('\n');
    const [, log] = new RegExp(`^alongside/${hex(site)}/log/([1-9][0-9]{0,8})$`).exec(first) ?? [];
    if (!log) throw notOurs();
    const { size, root } = readCheckpoint(openNote(note, new Map(everyRoot.map((root) => noteKey(first, readVkey(root.log_vkey).ed_pk)))));
    return { log: Number(log), size, root };
  } catch (error) {
    throw error instanceof SealError ? notOurs() : error;
  }
}

const notOurs = () => wrongInput('note', 'This file is no signature of this site’s log, or it was changed since. Nothing can be told from it. Choose the file that you saved here.');
