import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readRegularFile } from './core/files/regular-file.ts';
import { asJsonObject, asString, isJsonObject, type JsonObject } from './core/json.ts';
import type { Log } from './core/log.ts';
import type { ExampleWorkflow } from './workflow/service.ts';

/** A folder of workflows to start from, a JSON file each. */
export interface ExampleFolder {
  readonly dir: string;
  /** The user's own: a file there that cannot be read is left out, and the log says so. */
  readonly isOwn: boolean;
}

/** Where workflows to start from lie, the strongest last. */
export function exampleFolders(
  { stateDir, templateDirs }: { readonly stateDir: string; readonly templateDirs: readonly string[] },
  packageDir: string,
): ExampleFolder[] {
  const shipped = ['examples', 'templates'].map((folder) => ({
    dir: join(packageDir, folder),
    isOwn: false,
  }));
  const own = [join(stateDir, 'templates'), ...templateDirs].map((dir) => ({ dir, isOwn: true }));
  return [...shipped, ...own];
}

/**
 * The example workflows and templates of folders, by their ids; none of a folder that does not exist. Of two with one id that of
 * the later folder holds.
 */
export function readExamples(folders: readonly ExampleFolder[], log: Log): ExampleWorkflow[] {
  const found = new Map<string, ExampleWorkflow>();
  for (const { dir, isOwn } of folders) {
    for (const file of filesOf(dir)) {
      try {
        const example = exampleOf(basename(file, '.json'), objectIn(join(dir, file)), isOwn);
        found.set(example.workflowId, example);
      } catch (thrown) {
        if (!isOwn) throw thrown;
        log.warn({ err: thrown, path: join(dir, file) }, 'a template cannot be read, and is left out');
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.workflowId < b.workflowId ? -1 : 1));
}

const LARGEST_EXAMPLE = 5_000_000;

function filesOf(dir: string): string[] {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .sort();
}

function objectIn(path: string): JsonObject {
  const value: unknown = JSON.parse(readRegularFile(path, LARGEST_EXAMPLE).toString('utf8'));
  if (!isJsonObject(value)) throw new Error(`"${path}" holds no object.`);
  return value;
}

function exampleOf(fileName: string, document: JsonObject, isOwn: boolean): ExampleWorkflow {
  return {
    workflowId: asString(document.workflowId) ?? fileName,
    name: asString(document.name) ?? null,
    description: asString(document.description) ?? describe(document.inputs),
    isOwn,
    document,
  };
}

/** One without a description says what it takes; what it does is its name. */
function describe(inputs: unknown): string | null {
  const takes = Object.entries(asJsonObject(inputs)).map(
    ([name, declaration]) => `${name}: ${asString(asJsonObject(declaration).description) ?? ''}`,
  );
  return takes.length === 0 ? null : `Inputs: ${takes.join('; ')}`;
}
