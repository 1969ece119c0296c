// Runs the first example of every command as a workflow on the embedded engine and prints how many calls of WAAPI it took where
// the command declares others; with --write it puts them into the files of the commands. Names of commands: only these.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callsInRun, isCountable } from '../test/harness/calls-in-runs.ts';
import { makeExampleProject } from '../test/harness/command-examples.ts';
import { newTempDir } from '../test/harness/temp-dir.ts';
import { commands } from '../tools/catalog.ts';

const isWriting = process.argv.includes('--write');
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const seed = newTempDir('count-calls');
mkdirSync(seed, { recursive: true });
try {
  await makeExampleProject(seed);
  for (const command of commands) {
    if (!isCountable(command) || (only.length > 0 && !only.includes(command.name))) continue;
    const [example] = command.examples ?? [];
    const done = await countOrSay(command.name, () =>
      callsInRun(command, seed, example?.input.preview === true ? { preview: false } : {}),
    );
    if (done === undefined) continue;
    const hasPreview = example?.input.preview === true;
    const shown = hasPreview ? (await callsInRun(command, seed)).taken : undefined;
    const taken = done.taken - done.ofGroup;
    const declared =
      shown === undefined || shown === taken
        ? String(taken)
        : `({ preview }) => (preview === true ? ${shown} : ${taken})`;
    const file = join(import.meta.dirname, '..', 'tools', command.toolset, `${command.name}.ts`);
    const text = readFileSync(file, 'utf8');
    const present = /^ {2}waapiCalls: (.*),$/m.exec(text)?.[1] ?? '1';
    if (present === declared) continue;
    print(`${command.name}: declares ${present}, takes ${declared}`);
    if (isWriting) writeFileSync(file, withCalls(text, declared));
  }
} finally {
  rmSync(seed, { recursive: true, force: true });
}

async function countOrSay<T>(name: string, count: () => Promise<T>): Promise<T | undefined> {
  try {
    return await count();
  } catch (thrown) {
    print(`${name}: not counted: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return undefined;
  }
}

function withCalls(text: string, declared: string): string {
  const line = `  waapiCalls: ${declared},\n`;
  return /^ {2}waapiCalls: .*,\n/m.test(text)
    ? text.replace(/^ {2}waapiCalls: .*,\n/m, line)
    : text.replace(/^ {2}input(?=[:,])/m, `${line}  input`);
}
