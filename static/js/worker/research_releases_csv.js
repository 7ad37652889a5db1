/** Small CSV files of a release: commas, quotes doubled inside quotes, lines that end as they like (RFC 4180). */

/** @param {string} text @returns {Record<string, string>[]} a row by the names of the first line */
export function parseCsv(text) {
  const [names = [], ...rows] = lines(text);
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

/** @param {string} text @returns {string[][]} */
function lines(text) {
  /** @type {string[][]} */
  const found = [];
  let row = /** @type {string[]} */ ([]);
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain ?? '' : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') found.push(row);
    row = [];
  }
  return found;
}
