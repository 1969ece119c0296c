import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readMessages } from '../../../../src/facades/mcp/message-lines.ts';
import { turnsOfOthers } from '../../../harness/long-turns.ts';

const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}';

/** What comes through and what is answered when these chunks arrive. */
async function through(chunks: readonly (string | Buffer)[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  const passed: string[] = [];
  const ended = new Promise<void>((resolve) => {
    readMessages(input, output, {
      onMessage: (message) => passed.push(JSON.stringify(message)),
      onEnd: () => resolve(),
    });
  });
  for (const chunk of chunks) input.write(chunk);
  input.end();
  await ended;
  const answers = String(output.read() ?? '')
    .split('\n')
    .filter((line) => line !== '');
  return { passed, answers: answers.map((line) => JSON.parse(line)) };
}

describe('a line from the client', () => {
  it('comes through whole, however it is cut, with letters cut in two', async () => {
    const message = Buffer.from('{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"äöü€"}}\r\n\n');
    const bytes = Array.from(message, (byte) => Buffer.from([byte]));
    const { passed, answers } = await through(bytes);
    expect(passed.map((line) => JSON.parse(line).params.a)).toEqual(['äöü€']);
    expect(answers).toEqual([]);
  });

  it.each([
    ['nonsense', -32700, null],
    ['{"jsonrpc":"2.0","id":1,', -32700, null],
    ['\u0000\u0001', -32700, null],
    ['[]', -32600, null],
    [`[${ping},${ping}]`, -32600, null],
    ['7', -32600, null],
    ['null', -32600, null],
    ['{"id":5,"method":"ping"}', -32600, 5],
    ['{"jsonrpc":"2.0","id":"a","method":7}', -32600, 'a'],
    ['{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600, null],
    [
      `{"jsonrpc":"2.0","id":6,"method":"x","params":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`,
      -32600,
      6,
    ],
  ])('that is no message is answered, and the next one comes through: %.60s', async (line, code, id) => {
    const { passed, answers } = await through([`${line}\n${ping}\n`]);
    expect(answers).toEqual([{ jsonrpc: '2.0', id, error: { code, message: expect.any(String) } }]);
    expect(passed).toEqual([ping]);
  });

  it('of many megabytes in small chunks is copied once and comes through; a longer one is refused', async () => {
    const chunk = Buffer.alloc(8_192, 'a');
    const long = (megabytes: number) => Array.from({ length: megabytes * 128 }, () => chunk);
    const head = '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"';
    const { passed } = await through([head, ...long(20), '"}}\n']);
    expect(passed.map((line) => line.length)).toEqual([head.length + 20 * 1024 * 1024 + 3]);
    const tooLong = await through([head, ...long(65), `"}}\n${ping}\n`]);
    expect(tooLong.answers).toMatchObject([{ id: null, error: { code: -32600 } }]);
    expect(tooLong.passed).toEqual([ping]);
  });

  const values = Array.from({ length: 120_000 }, (_, at) => `"k${at}":1`).join(',');
  it.each([
    ['before', `{"jsonrpc":"2.0","id":7,"method":"x","params":{${values}}}`, 7],
    [
      'behind',
      `{"method":"x","params":{"id":1,"a":[{${values}}]},"jsonrpc":"2.0","id":"an \\"id\\""}`,
      'an "id"',
    ],
    ['nowhere near', `{"method":"x","params":{${values}}}`, null],
  ])(
    'of more than 100,000 values is refused unparsed, with the id that stands %s them',
    async (_, line, id) => {
      const { passed, answers } = await through([`${line}\n${ping}\n`]);
      const message = 'The message holds more than 100000 values: send less at once.';
      expect(answers).toEqual([{ jsonrpc: '2.0', id, error: { code: -32600, message } }]);
      expect(passed).toEqual([ping]);
    },
  );

  it('gives others their turn, as one of a hundred thousand and as one of many megabytes', async () => {
    const long = `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"${'a'.repeat(40_000_000)}"}}`;
    for (const lines of ['nonsense\n'.repeat(100_000), `${long}\n`]) {
      expect(await turnsOfOthers(() => through([lines]))).toBeGreaterThan(3);
    }
  });
});
