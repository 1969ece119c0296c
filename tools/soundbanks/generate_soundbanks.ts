import { z } from 'zod';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asString } from '../../src/core/json.ts';
import { severities } from '../../src/wwise/log/log-channel.ts';
import { isError, wwiseLog, wwiseLogOf } from '../../src/wwise/log/wwise-log.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { checkPlatform } from '../../src/wwise/objects/types/platform-name.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

const name = z.string().trim().min(1).max(260);

/** Enough to see what is wrong; the log toolset gives the rest. */
const mostEntries = 100;

export const generateSoundbanks = defineCommand({
  name: 'generate_soundbanks',
  title: 'Generate SoundBanks',
  description:
    'Generate SoundBanks to disk and return the log; can take minutes. Needs a running Wwise. Then check_delivery.',
  toolset: 'soundbanks',
  effect: 'barrier',
  profile: 'builder',
  reliesOnWholeProject: 'reports',
  hints: { idempotent: false },
  examples: [
    { title: 'Generate one bank for Windows', input: { soundbanks: ['Main'], platforms: ['Windows'] } },
  ],
  checkedOn: 'scripted peer',
  waapiCalls: 1,
  input: z.strictObject({
    soundbanks: z
      .array(name.describe('Name of a SoundBank.'))
      .max(1_000)
      .default([])
      .describe('Default: all.'),
    platforms: z.array(name.describe('Platform.')).max(50).optional().describe('Default: all.'),
    languages: z.array(name.describe('Language.')).max(50).optional().describe('Default: all.'),
    skipLanguages: z.boolean().default(false).describe('Not the localised.'),
    rebuild: z.boolean().default(false).describe('Also what did not change.'),
    clearAudioFileCache: z.boolean().default(false).describe('Convert every file again.'),
  }),
  output: z.object({
    soundbanks: z.array(z.string()).describe('What was asked for; empty: all.'),
    warnings: z.int(),
    log: wwiseLog.describe('Warnings first; at most 100 entries.'),
    omitted: z.int().describe('Entries of the log left out here; read them with get_log.'),
    ...unreadableOutput,
  }),
  async run({ soundbanks, platforms, languages, skipLanguages, rebuild, clearAudioFileCache }, context) {
    for (const platform of platforms ?? []) await checkPlatform(platform, context);
    const answer = await explaining('generate SoundBanks', () =>
      context.waapi.call('ak.wwise.core.soundbank.generate', {
        soundbanks: soundbanks.map((bank) => ({ name: bank, ...(rebuild ? { rebuild } : {}) })),
        ...(platforms === undefined ? {} : { platforms }),
        ...(languages === undefined ? {} : { languages }),
        skipLanguages,
        rebuildSoundBanks: rebuild,
        clearAudioFileCache,
        writeToDisk: true,
      }),
    );
    const all = wwiseLogOf(answer.logs);
    const order: readonly string[] = severities;
    const log = [...all]
      .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
      .slice(0, mostEntries);
    const failed = asString(answer.error) ?? '';
    if (failed !== '' || all.some(isError)) {
      const reasons = log.filter(isError).map(({ message }) => message);
      const words = [failed, ...reasons.slice(0, 3)].filter((text) => text !== '').join(' ');
      throw new WwiseFlowError('WAAPI_ERROR', `Wwise did not generate the SoundBanks: ${words}`, {
        hint: 'Correct what details.log names, then generate again; some banks may have been written.',
        details: { log: log.map((entry) => ({ ...entry })) },
      });
    }
    const warnings = all.filter(({ severity }) => severity === 'Warning').length;
    return { soundbanks, warnings, log, omitted: all.length - log.length };
  },
});
