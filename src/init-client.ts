import { type App, createApp } from './app.ts';
import type { InitSubcommand } from './config/argv/subcommand.ts';
import { type Config, readConfig, type Surroundings } from './config/config.ts';
import { toWwiseFlowError } from './core/errors.ts';
import type { Log } from './core/log.ts';
import { doctor } from './doctor.ts';
import type { RunningWwise } from './facades/cli/init/choose-target.ts';
import type { Print } from './facades/cli/print.ts';

/** Who called `init`, and from where. */
export interface InitCaller {
  readonly surroundings: Surroundings;
  readonly scriptPath: string;
  readonly packageDir: string;
  /** Shows a question and waits for a line; null: nobody is there to be asked. */
  readonly ask: ((question: string) => Promise<string>) | null;
}

/** Gives a client the entry that starts this program, or takes it away. */
export async function initClient(
  order: InitSubcommand,
  config: Config,
  { surroundings, scriptPath, ask, packageDir }: InitCaller,
  print: Print,
  log: Log,
): Promise<number> {
  const { runInit } = await import('./facades/cli/init/init.ts');
  const { version } = surroundings;
  const program = { version, packageDir };
  return runInit(
    order,
    {
      ...surroundings,
      nodePath: process.execPath,
      scriptPath,
      ask,
      lookForWwise: async () => {
        const app = createApp(config, program, log);
        try {
          return await wwiseBehind(app, config);
        } finally {
          await app.close();
        }
      },
      examine: async (options, cwd) => {
        const found = readConfig({ ...surroundings, argv: [...options, 'doctor'], env: {}, cwd });
        const app = createApp(found, program, log);
        try {
          await doctor(app, found, version, 'findings', print);
        } finally {
          await app.close();
        }
      },
    },
    print,
  );
}

/** The Wwise that answers at the configured address, null when none does. */
async function wwiseBehind({ openBus }: App, { target }: Config): Promise<RunningWwise | null> {
  if (target.kind !== 'wwise') return null;
  const looking = openBus().then(async ({ project }) => (await project?.facts())?.name ?? null);
  const gaveUp = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('No answer.')), 3_000).unref();
  });
  try {
    return { address: target.address, projectName: await Promise.race([looking, gaveUp]) };
  } catch (thrown) {
    looking.catch(() => undefined);
    const { code } = toWwiseFlowError(thrown);
    return code === 'WAAPI_ERROR' ? { address: target.address, projectName: null } : null;
  }
}
