import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { Result } from '../../../src/core/result.ts';
import { noteSecret } from '../../../src/core/secrets/known-secrets.ts';
import { readPresets } from '../../../src/workflow/remote/presets/read-presets.ts';
import { readPromptTemplates } from '../../../src/workflow/remote/prompts/prompt-template.ts';
import { createRemote, type Remote, type RemoteParts } from '../../../src/workflow/remote/remote.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { packageDir } from '../../harness/app-in.ts';
import { outsideOf } from '../../harness/outside.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { compile, emptyShelf, shelfBus } from '../harness.ts';

/** What may be asked remote, with these secrets. */
export function remoteWith(secrets: Readonly<Record<string, string>> = {}, parts: RemoteParts = {}): Remote {
  return createRemote({
    secret: (name) => {
      const value = secrets[name] ?? '';
      noteSecret(name, value);
      return value;
    },
    ...parts,
  });
}

/** Presets of a folder of their own, by name. */
export function presetsOf(files: Readonly<Record<string, JsonObject>>) {
  const dir = tempDir('presets');
  mkdirSync(dir, { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(dir, `${name}.json`), JSON.stringify(content));
  return readPresets([{ dir, isOwn: true }]);
}

/** Runs nodes by themselves. */
export function runNodes(
  nodes: readonly Json[],
  remote: Remote = remoteWith(),
  edges: readonly Json[] = [],
  { isPreview = false, dir }: { readonly isPreview?: boolean; readonly dir?: string } = {},
): Promise<Result> {
  const runner = createRunner({
    bus: shelfBus(emptyShelf()),
    log: silentLog,
    remote,
    ...(dir === undefined ? {} : { outside: outsideOf(dir) }),
    isPreview,
  });
  return runner.run(compile({ nodes, edges }));
}

/** What the first node gave, or how it failed. */
export async function firstOf(result: Promise<Result>): Promise<JsonObject> {
  const { ok, data, details, code, error, hint } = { details: undefined, hint: '', ...(await result) };
  const [row] = asJsonArray(asJsonObject(ok ? data : details).results).map(asJsonObject);
  if (row === undefined) return { code, error, hint };
  return row.ok === true ? asJsonObject(row.data) : row;
}

/** What comes with the program. */
export const shippedPresets = readPresets([{ dir: join(packageDir, 'presets'), isOwn: false }]);
export const shippedPrompts = readPromptTemplates([join(packageDir, 'presets/prompts')]);
