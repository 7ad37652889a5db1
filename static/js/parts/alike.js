/**
 * How many people of a release look like somebody, found on her own device from her own answers. Reads levels.json and classes.csv of a
 * release folder (docs/release.md); nobody is asked which of the classes it was.
 */

/** @typedef {{field: string, label: string, many: boolean, beside: string, unstated: string, several: string, codes: Record<string, string>, labels: Record<string, string>}} Column */
/** @typedef {{instrument: string, columns: Column[]}} Levels */

const MOST = 10_000_000; // people in one class

/**
 * @param {Levels} levels @param {string} classes CSV: the columns of `levels`, and `rows` @param {Record<string, string>} row coded
 * @returns {{people: number, lines: {label: string, text: string}[]} | null} lines: what they have in common; null: nobody in it looks so
 */
export function alike({ columns }, classes, row) {
  const mine = columns.map((one) => codeOf(one, row));
  const [head, ...lines] = classes.trim().split(/\r?\n/).map(cells);
  if (head.join() !== [...columns.map((one) => one.field), 'rows'].join()) return null;
  const found = lines.find((line) => mine.every((code, place) => line[place] === code));
  const people = Number(found?.[columns.length]);
  if (!Number.isSafeInteger(people) || people < 1 || people > MOST) return null;
  return { people, lines: columns.map((one, place) => ({ label: one.label, text: one.labels[mine[place]] ?? mine[place] })) };
}

/**
 * Whether somebody can be in a release. Of its own month it is not known which came first, so nobody is told that they are in it.
 * @param {{wave: string, state: string, month: string}[]} rows of theirs @param {string} month YYYY-MM
 */
export const mayBeIn = (rows, month) => rows.some((row) => row.wave === 'intake' && row.state === 'sent' && row.month < month);

/** @param {Column} column @param {Record<string, string>} row */
function codeOf({ field, many, beside, unstated, several, codes }, row) {
  const known = (/** @type {string} */ code) => (Object.hasOwn(codes, code) ? codes[code] : unstated);
  if (!many) return known(row[field] ?? '');
  const boxes = Object.keys(codes).filter((code) => row[`${field}___${code.toLowerCase().replaceAll('-', '_')}`] === '1');
  const ticked = boxes.length > 1 ? boxes.filter((code) => code !== beside) : boxes;
  return ticked.length > 1 ? several : ticked.length ? codes[ticked[0]] : unstated;
}

/** One line of CSV. @param {string} line @returns {string[]} */
function cells(line) {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, line.endsWith(',') ? undefined : -1)
    .map(([, cell]) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}
