// A module worker, where the product keeps its keys: is told the names of the files, answers with what run.mjs found.
import { run } from './run.mjs';

const read = async (url) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer;
};

addEventListener('message', async ({ data: names }) => {
  try {
    const files = await Promise.all(names.map(async (name) => (await read(name)).json()));
    postMessage(await run(files, await (await read('/static/words.txt')).text()));
  } catch (error) {
    postMessage({ passed: 0, faults: [String(error)] });
  }
});
