/**
 * The part of the log's tree that this worker holds: every line from `start` on, where each tag stands, and the root at any size.
 * Plain bookkeeping: who signed what is asked in log.js.
 */
import { equal } from '../crypto/bytes.js';
import { TAG_AND_COMMIT, extend, frontierRoot, leafHashes } from '../crypto/tree.js';

/** @typedef {{log: number, index: number, commit: Uint8Array}} Place where a tag stands, from 0, and what was committed to there */
/**
 * @typedef {object} Tree
 * @property {number} log @property {number} start @property {number} size
 * @property {Tree | null} before the log that this one follows after a restore, as far as its lines count; null: it is not held
 * @property {{size: number, frontier: Uint8Array[]}[]} marks at `start`, and after each page: where a root can be counted from
 * @property {{at: number, leaves: Uint8Array}[]} pages tags and commitments, 64 bytes a line, from line `at` on
 * @property {Map<number, number[]>} index lines by the first six bytes of their tag
 */

/** A tree from a place that is known already. @param {number} log @param {number} start @param {Uint8Array[]} frontier @param {Tree | null} [before] @returns {Tree} */
export function plant(log, start, frontier, before = null) {
  return { log, start, size: start, before, marks: [{ size: start, frontier }], pages: [], index: new Map() };
}

/** This log, or an earlier one that is held with it; null: none of them. @param {Tree} tree @param {number} log @returns {Tree | null} */
export function treeOf(tree, log) {
  for (let one = /** @type {Tree | null} */ (tree); one; one = one.before) if (one.log === log) return one;
  return null;
}

/** Where the lines begin that are held here. @param {Tree} tree @returns {{log: number, size: number}} */
export function beginningOf(tree) {
  return tree.before ? beginningOf(tree.before) : { log: tree.log, size: tree.start };
}

/** Whether a place in the logs comes before another. @param {{log: number, size: number}} a @param {{log: number, size: number}} b */
export const isBefore = (a, b) => a.log < b.log || (a.log === b.log && a.size < b.size);

/** Append lines. @param {Tree} tree @param {Uint8Array} leaves 64 bytes each */
export function grow(tree, leaves) {
  if (!leaves.length) return;
  const at = tree.size;
  const [frontier, size] = extend(tree.marks[tree.marks.length - 1].frontier, at, leafHashes(leaves));
  tree.pages.push({ at, leaves });
  tree.marks.push({ size, frontier });
  tree.size = size;
  for (let line = 0; line < size - at; line += 1) {
    const short = shortOf(leaves, line * TAG_AND_COMMIT);
    const known = tree.index.get(short);
    if (known) known.push(at + line);
    else tree.index.set(short, [at + line]);
  }
}

/** Room for what comes after a tree, apart from it: whoever holds the tree sees nothing of it before it is joined. @param {Tree} tree @returns {Tree} */
export const after = (tree) => plant(tree.log, tree.size, tree.marks[tree.marks.length - 1].frontier);

/** Lines that were read apart, once their head was checked. @param {Tree} tree @param {Tree} more of `after` */
export function join(tree, more) {
  tree.pages.push(...more.pages);
  tree.marks.push(...more.marks.slice(1));
  tree.size = more.size;
  if (!tree.index.size) tree.index = more.index; // of a whole log that would be a million lines once more
  else for (const [short, lines] of more.index) {
    const known = tree.index.get(short);
    if (known) known.push(...lines);
    else tree.index.set(short, lines);
  }
}

/** @param {Uint8Array} data @param {number} at */
function shortOf(data, at) {
  return ((data[at] * 256 + data[at + 1]) * 65536 + data[at + 2] * 256 + data[at + 3]) * 65536 + data[at + 4] * 256 + data[at + 5];
}

/** Every place that is held at which this tag stands, the oldest first. @param {Tree} tree @param {Uint8Array} tag @returns {Place[]} */
export function find(tree, tag) {
  const found = tree.before ? find(tree.before, tag) : [];
  for (const index of tree.index.get(shortOf(tag, 0)) ?? []) {
    const leaf = leafAt(tree, index);
    if (equal(leaf.subarray(0, 32), tag)) found.push({ log: tree.log, index, commit: leaf.subarray(32) });
  }
  return found;
}

/** A line whose tag stands in the logs that are held once more. @param {Tree} tree @returns {number | null} from 0 */
export function doubled(tree) {
  const all = chain(tree);
  for (const one of all) {
    for (const [short, lines] of one.index) {
      if (lines.length < 2 && !all.some((other) => other !== one && other.index.has(short))) continue;
      const again = lines.find((line) => find(tree, leafAt(one, line).subarray(0, 32)).length > 1);
      if (again !== undefined) return again;
    }
  }
  return null;
}

/** How many lines are held, in this log and in those that it follows. @param {Tree} tree */
export const linesHeld = (tree) => chain(tree).reduce((sum, one) => sum + one.size - one.start, 0);

/** @param {Tree} tree @returns {Tree[]} */
const chain = (tree) => (tree.before ? [tree, ...chain(tree.before)] : [tree]);

/** Tag and commitment of a line. @param {Tree} tree @param {number} index from 0 @returns {Uint8Array} 64 bytes */
export function leafAt({ pages }, index) {
  let [low, high] = [0, pages.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (pages[middle].at <= index) low = middle;
    else high = middle - 1;
  }
  const from = (index - pages[low].at) * TAG_AND_COMMIT;
  return pages[low].leaves.subarray(from, from + TAG_AND_COMMIT);
}

/** The root when the log had `size` lines. @param {Tree} tree @param {number} size from `start` to the tree's own @returns {Uint8Array} */
export function rootAt(tree, size) {
  if (size < tree.start || size > tree.size) throw new RangeError('a size that is not held here');
  const from = /** @type {{size: number, frontier: Uint8Array[]}} */ (tree.marks.filter((mark) => mark.size <= size).at(-1));
  const page = tree.pages.find(({ at }) => at === from.size);
  const rest = page ? page.leaves.subarray(0, (size - from.size) * TAG_AND_COMMIT) : new Uint8Array();
  const [frontier] = extend(from.frontier, from.size, leafHashes(rest));
  return frontierRoot(frontier, size);
}
