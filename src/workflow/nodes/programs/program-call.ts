import { z } from 'zod';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import { fillTemplate } from '../../remote/presets/fill-template.ts';
import type { Presets } from '../../remote/presets/read-presets.ts';
import { declaredParams } from '../requests/declared-params.ts';
import { settingsOf } from '../requests/settings-of.ts';

export const programArgument = z.union([
  z.string().max(100_000),
  z.number(),
  z.strictObject({ read: z.string().max(4_000).describe('A file it reads.') }),
  z.strictObject({
    write: z.string().max(4_000).describe('A file it writes; a missing folder is made.'),
  }),
]);

export type ProgramArgument = z.output<typeof programArgument>;

export const programParses = ['text', 'json', 'lines', 'lastJson'] as const;

export type ProgramParse = (typeof programParses)[number];

/** What a program is run with: as the node says, and its preset. */
export interface ProgramToCall {
  readonly program: string;
  readonly args: readonly ProgramArgument[];
  readonly resumeArgs: readonly ProgramArgument[] | undefined;
  readonly progress: string | undefined;
  readonly parse: ProgramParse;
  readonly timeoutMs: number | undefined;
}

/** What names a program and its arguments. */
export interface ProgramInput {
  readonly program?: string | undefined;
  readonly preset?: string | undefined;
  readonly operation?: string | undefined;
  readonly mapping?: JsonObject | undefined;
  readonly settings?: JsonObject | undefined;
  readonly args?: readonly ProgramArgument[] | undefined;
  readonly resumeArgs?: readonly ProgramArgument[] | undefined;
  readonly progress?: string | undefined;
  readonly parse?: ProgramParse | undefined;
}

/**
 * The program and what it is started with. Throws PRESET_NOT_FOUND, and INVALID_INPUT for parameters that are missing or unknown
 * and for arguments beside those of a preset.
 */
export function programCall(input: ProgramInput, presets: Presets): ProgramToCall {
  const { program, args, resumeArgs, progress, parse, mapping = {} } = input;
  if (input.preset === undefined) {
    if (program === undefined)
      throw invalid('There is neither a "program" nor a "preset".', 'Write one of the two.', 'program');
    for (const member of ['operation', 'mapping', 'settings'] as const)
      if (input[member] !== undefined)
        throw invalid(`"${member}" needs a preset.`, 'Write "args", or name the "preset".', member);
    return { program, args: args ?? [], resumeArgs, progress, parse: parse ?? 'text', timeoutMs: undefined };
  }
  for (const [member, given] of Object.entries({ args, resumeArgs }))
    if (given !== undefined)
      throw invalid(
        `"${member}" are those of the preset.`,
        'Leave them out, or leave the preset out.',
        member,
      );
  const preset = presets.find(input.preset);
  const names = Object.keys(preset.program?.commands ?? {});
  const wanted = input.operation ?? preset.program?.default ?? '';
  const command = preset.program?.commands[wanted];
  if (preset.program === undefined || command === undefined)
    throw new WwiseFlowError(
      'PRESET_NOT_FOUND',
      preset.program === undefined
        ? `The preset "${preset.name}" is that of no program.`
        : `The preset "${preset.name}" has no command "${wanted}".${didYouMean(wanted, names)}`,
      {
        hint: names.length === 0 ? 'Choose a preset with "program".' : `It has: ${names.join(', ')}.`,
        details: { preset: preset.name, operation: wanted, candidates: nearest(wanted, names) },
      },
    );
  const where = `${preset.name} ${wanted}`;
  const settings = settingsOf(input.settings, preset, mapping);
  const scope = { params: declaredParams(mapping, command.params, where), settings };
  const filled = (given: readonly Json[]) =>
    z.array(programArgument).parse(fillTemplate([...given], scope, where));
  return {
    program: program ?? preset.program.name,
    args: filled(command.args),
    resumeArgs: command.resumeArgs === undefined ? undefined : filled(command.resumeArgs),
    progress: progress ?? command.progress,
    parse: parse ?? command.parse ?? 'text',
    timeoutMs: command.timeoutMs,
  };
}

function invalid(message: string, hint: string, field: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', message, { hint, details: { field } });
}
