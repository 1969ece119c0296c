import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { HookStore } from '../core/stores/hook-store.ts';
import type { Stores } from '../core/stores/stores.ts';
import type { ProgramInfo } from '../program-info.ts';
import type { KnownServices } from '../workflow/nodes/requests/known-services.ts';
import type { Remote } from '../workflow/remote/remote.ts';
import { secretNames, secretOf } from './secret-of.ts';

/** Whose workflows ask, and with what. */
interface RemoteOwner {
  readonly name: string;
  readonly config: Config;
  readonly instance: ProgramInfo;
  openHooks(): Promise<HookStore>;
}

/** What the workflows of a workspace may ask of programs and machines other than the back-end. */
export async function remoteOf(
  { name: workspace, config, instance: { packageDir }, openHooks }: RemoteOwner,
  { memo }: Stores,
): Promise<Remote> {
  const { stateDir, secrets } = config;
  const { presetDirs, redirectHosts, programs } = config.remote;
  const { makeHook } = await import('../core/access/make-hook.ts');
  const { createRemote } = await import('../workflow/remote/remote.ts');
  const { readPresets } = await import('../workflow/remote/presets/read-presets.ts');
  const { cacheOver } = await import('../workflow/remote/answer-cache.ts');
  const { readPromptTemplates } = await import('../workflow/remote/prompts/prompt-template.ts');
  const shipped = { dir: join(packageDir, 'presets'), isOwn: false };
  const own = [join(stateDir, 'presets'), ...presetDirs].map((dir) => ({ dir, isOwn: true }));
  const secret = secretOf({ secrets }, workspace);
  return createRemote({
    presets: readPresets([shipped, ...own]),
    cache: cacheOver(memo),
    secret,
    callback: async ({ signed, ...wanted }) => {
      const signing =
        signed === undefined
          ? { signature: null }
          : { signature: signed.signature, secret: secret(signed.secret) };
      const hook = { ...wanted, ...signing, workspace, name: `calls back ${wanted.node}` };
      const hooks = await openHooks();
      try {
        return (await makeHook(hooks, hook)).token;
      } finally {
        await hooks.close();
      }
    },
    redirectHosts,
    programs,
    prompts: readPromptTemplates([shipped, ...own].map(({ dir }) => join(dir, 'prompts'))),
  });
}

/** What is known of it when a workflow is compiled. `isElsewhere`: others execute the runs, with secrets of their own. */
export function servicesOf(
  config: Config,
  workspace: string,
  { presets, prompts }: Remote,
  isElsewhere: boolean,
): KnownServices {
  return { presets, prompts, secretNames: isElsewhere ? undefined : secretNames(config, workspace) };
}
