// The thread that JSONata is evaluated in: plain JavaScript, since a thread is started from a file as it is. It answers each
// request with the JSON text of the value, or with what was wrong. Whoever started it ends it when it takes too long.
import { parentPort } from 'node:worker_threads';
import jsonata from 'jsonata';

/** What gives another value each time has no place in a node that is taken to give the same again. */
const refused = ['now', 'millis', 'random', 'shuffle'];

parentPort?.on('message', async ({ id, expression, input, mostCharacters }) => {
  parentPort?.postMessage({ id, ...(await answerTo(expression, input, mostCharacters)) });
});
parentPort?.postMessage({ ready: true });

async function answerTo(expression, input, mostCharacters) {
  try {
    const compiled = jsonata(expression);
    for (const name of refused) compiled.registerFunction(name, () => refuse(name));
    const value = await compiled.evaluate(input);
    const text = value === undefined ? 'null' : JSON.stringify(value, withoutFunctions);
    if (text.length > mostCharacters) return { tooLarge: text.length };
    return { text, isNothing: value === undefined };
  } catch (thrown) {
    return { wrong: String(thrown?.message ?? thrown), position: thrown?.position };
  }
}

function refuse(name) {
  throw new Error(
    `$${name} gives another value each time, and a transform gives the same for the same input`,
  );
}

function withoutFunctions(_name, value) {
  if (typeof value === 'function' || value?._jsonata_lambda === true || value?._jsonata_function === true)
    throw new Error('its value is or holds a function, which is no data');
  return value;
}
