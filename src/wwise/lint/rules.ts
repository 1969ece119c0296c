import { z } from 'zod';
import { countedNames } from '../names/name-rules.gen.ts';
import type { ObjectRef } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';

const severity = z.enum(['off', 'info', 'warning', 'error']);

const identifier = '^[A-Za-z_][A-Za-z0-9_]*$';

/** What Wwise wants to be an identifier, game code names most of it; everything else is the team's own taste. */
const identifiers = Object.fromEntries(
  Object.entries(countedNames).flatMap(([type, { isIdentifier }]) =>
    isIdentifier ? [[type, identifier] as const] : [],
  ),
);

/** The rules file: every member may be left out, then the default holds. */
export const lintRules = z.strictObject({
  naming: z
    .strictObject({
      severity: severity.default('warning'),
      patterns: z.record(z.string(), z.string()).default(identifiers),
    })
    .prefault({}),
  missingAudio: z.strictObject({ severity: severity.default('error') }).prefault({}),
  unused: z
    .strictObject({
      severity: severity.default('info'),
      kinds: z.array(z.enum(['audio', 'busses', 'gameSyncs', 'shareSets'])).default(['audio']),
    })
    .prefault({}),
  duplicateIds: z.strictObject({ severity: severity.default('error') }).prefault({}),
  /** What lies where Wwise would not let it. */
  misplaced: z.strictObject({ severity: severity.default('error') }).prefault({}),
  /** Names and Work Units of which a project may have one, and has two. */
  twins: z.strictObject({ severity: severity.default('error') }).prefault({}),
  /** References to what is not in the project. */
  danglingReferences: z.strictObject({ severity: severity.default('warning') }).prefault({}),
  /** Original files that are no audio, or found by ignoring case only. */
  audioFiles: z.strictObject({ severity: severity.default('warning') }).prefault({}),
  /** A project that a newer Wwise saved, whose layout is not known. */
  newerSchema: z.strictObject({ severity: severity.default('warning') }).prefault({}),
  brokenReferences: z.strictObject({ severity: severity.default('error') }).prefault({}),
  emptyEvents: z.strictObject({ severity: severity.default('warning') }).prefault({}),
  /** Values that something above decides about, because an override is off. */
  noEffect: z.strictObject({ severity: severity.default('info') }).prefault({}),
  sampleRates: z
    .strictObject({
      severity: severity.default('info'),
      /** In Hz. Empty: the rate most files have. */
      allowed: z.array(z.int().positive()).default([]),
    })
    .prefault({}),
  loudness: z
    .strictObject({
      /** Off unless asked for: it reads every original whole. */
      severity: severity.default('off'),
      /** Integrated loudness the originals should have. Left out: the median of all. */
      targetLufs: z.number().min(-70).max(0).optional(),
      toleranceLu: z.number().min(0).max(60).default(6),
    })
    .prefault({}),
});

export type LintRules = z.output<typeof lintRules>;

export type RuleName = keyof LintRules;

/** Something a rule found; the severity comes from the rules. */
export interface Finding {
  readonly object: ObjectRef;
  readonly message: string;
}

/** One rule. Findings come in path order. */
export type Check = (rules: LintRules, context: CommandContext) => Promise<readonly Finding[]>;
