import { brokenReferences } from './broken-references.ts';
import { duplicateIds } from './duplicate-ids.ts';
import { emptyEvents } from './empty-events.ts';
import { loudness } from './loudness.ts';
import { missingAudio } from './missing-audio.ts';
import { naming } from './naming.ts';
import { noEffect } from './no-effect.ts';
import { healthRule } from './project-health.ts';
import type { Check, RuleName } from './rules.ts';
import { sampleRates } from './sample-rates.ts';
import { unused } from './unused.ts';

/** Every lint rule, the gravest first. */
export const checks: Readonly<Record<RuleName, Check>> = {
  duplicateIds,
  misplaced: healthRule('misplaced'),
  twins: healthRule('twinName', 'twinWorkUnit'),
  danglingReferences: healthRule('dangling'),
  brokenReferences,
  missingAudio,
  audioFiles: healthRule('audio', 'audioCase'),
  newerSchema: healthRule('newerSchema'),
  emptyEvents,
  noEffect,
  naming,
  unused,
  sampleRates,
  loudness,
};

export const ruleNames = [
  'duplicateIds',
  'misplaced',
  'twins',
  'danglingReferences',
  'brokenReferences',
  'missingAudio',
  'audioFiles',
  'newerSchema',
  'emptyEvents',
  'noEffect',
  'naming',
  'unused',
  'sampleRates',
  'loudness',
] as const;
