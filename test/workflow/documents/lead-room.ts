import { join } from 'node:path';
import { silentLog } from '../../../src/core/log.ts';
import type { RunStore } from '../../../src/core/stores/run-store.ts';
import type { Stores } from '../../../src/core/stores/stores.ts';
import { readPresets } from '../../../src/workflow/remote/presets/read-presets.ts';
import { readPromptTemplates } from '../../../src/workflow/remote/prompts/prompt-template.ts';
import { createRemote } from '../../../src/workflow/remote/remote.ts';
import { createRuns } from '../../../src/workflow/runtime/runs.ts';
import { outsideOf } from '../../harness/outside.ts';
import { compile, emptyShelf, shelfBus } from '../harness.ts';

/** The secrets of the services of the leads. */
export const leadSecrets: readonly string[] = [
  'APIFY_TOKEN',
  'OPENROUTER_API_KEY',
  'APOLLO_API_KEY',
  'HUNTER_API_KEY',
  'MIXEDBREAD_API_KEY',
];

/** Runs of the leads: with the presets in `room`/presets, the rows in a PostgreSQL, the journal in these stores. */
export function openLeadRuns({
  room,
  address,
  shipped,
  stores,
  store = stores.runs,
}: {
  readonly room: string;
  readonly address: string;
  /** The folder of the presets that come with the program. */
  readonly shipped: string;
  readonly stores: Stores;
  readonly store?: RunStore;
}) {
  const presets = readPresets([
    { dir: shipped, isOwn: false },
    { dir: join(room, 'presets'), isOwn: true },
  ]);
  const remote = createRemote({
    presets,
    secret: (name) => `${name}-value`,
    prompts: readPromptTemplates([join(shipped, 'prompts')]),
  });
  const outside = outsideOf(room, [
    { name: 'default', kind: 'postgres', isWritable: true, address: () => address },
  ]);
  const runs = createRuns({
    ...{ bus: shelfBus(emptyShelf()), log: silentLog, store, artifacts: stores.artifacts, outside, remote },
  });
  return { runs, compiled: (document: unknown) => compile(document) };
}
