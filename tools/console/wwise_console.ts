import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { createPathMap } from '../../src/wwise/files/path-map.ts';
import { runWwiseConsole } from '../../src/wwise/files/wwise-console.ts';
import { checkPlatform } from '../../src/wwise/objects/types/platform-name.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

/** By operation: what the command line calls it. */
const operations = {
  verify: 'verify',
  generateSoundbanks: 'generate-soundbank',
  convertExternalSources: 'convert-external-source',
} as const;

const names = z.array(z.string().trim().min(1).max(260)).max(1_000).default([]);

export const wwiseConsole = defineCommand({
  name: 'wwise_console',
  title: 'Wwise console',
  description:
    'Run WwiseConsole on the saved project, when Wwise is not open: verify it, generate SoundBanks, convert External Sources. First project_save. Takes minutes.',
  toolset: 'console',
  effect: 'barrier',
  profile: 'builder',
  examples: [{ title: 'Load the project and list its problems', input: { operation: 'verify' } }],
  checkedOn: 'stand-in program',
  hints: { idempotent: false },
  waapiCalls: 2,
  input: z.strictObject({
    operation: z.enum(['verify', 'generateSoundbanks', 'convertExternalSources']).describe('What to do.'),
    platforms: names.describe('Default: all.'),
    languages: names.describe('For SoundBanks. Default: all.'),
    soundbanks: names.describe('Default: all.'),
  }),
  output: z.object({
    operation: z.string(),
    warnings: z.boolean(),
    problems: z.array(z.string()).describe('Lines with errors and warnings, at most 60.'),
    tail: z.array(z.string()).describe('The last lines.'),
    omitted: z.int(),
  }),
  async run({ operation, platforms, languages, soundbanks }, context) {
    const { filePath } = await context.project();
    for (const platform of platforms) await checkPlatform(platform, context);
    if (operation !== 'generateSoundbanks' && soundbanks.length + languages.length > 0)
      throw notTaken(operation);
    const args = [
      operations[operation],
      asConsoleSees(filePath, context.consolePath),
      ...option('platform', operation === 'verify' ? [] : platforms),
      ...option('language', languages),
      ...option('bank', soundbanks),
      '--verbose',
    ];
    const { exitCode, ...lines } = await runWwiseConsole(context.consolePath, args, context.signal);
    if (exitCode === 0 || exitCode === 2) return { operation, warnings: exitCode === 2, ...lines };
    const words = [...lines.problems, ...lines.tail.slice(-3)].slice(0, 3).join(' ');
    throw new WwiseFlowError('WAAPI_ERROR', `WwiseConsole ${operations[operation]} failed: ${words}`, {
      hint: 'Correct what details.problems names, save, then run it again.',
      details: { exitCode, problems: [...lines.problems], tail: [...lines.tail], omitted: lines.omitted },
    });
  },
});

/** From WSL, the program is one of Windows and wants a path of Windows. */
function asConsoleSees(projectPath: string, consolePath: string | null): string {
  const isOfWindows = /\.exe$/i.test(consolePath ?? '') && projectPath.startsWith('/');
  if (!isOfWindows) return projectPath;
  return createPathMap({ host: 'wsl', homeDir: '' }).toWwise(projectPath, 'C:\\');
}

/** Several values follow one option. */
function option(name: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`--${name}`, ...values];
}

function notTaken(operation: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `${operation} takes no soundbanks or languages.`, {
    hint: 'Leave them out, or use generateSoundbanks.',
  });
}
