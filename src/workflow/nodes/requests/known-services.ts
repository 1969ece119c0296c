import type { Presets } from '../../remote/presets/read-presets.ts';
import type { PromptTemplates } from '../../remote/prompts/prompt-template.ts';

/** What workflows may ask of others, as far as it is known before they run. */
export interface KnownServices {
  readonly presets: Presets;
  readonly prompts: Pick<PromptTemplates, 'find'>;
  /** The secrets that are set up; undefined: others execute the runs, and theirs are not known here. */
  readonly secretNames: readonly string[] | undefined;
}
