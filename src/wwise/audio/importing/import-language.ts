import { WwiseFlowError } from '../../../core/errors.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import type { ProjectFacts } from '../../project-facts.ts';

/**
 * Throws INVALID_INPUT for a language the project does not have, with those it has. `SFX` always is one; where the
 * languages of the project are not known, Wwise decides.
 */
export function checkLanguage(language: string, { languages }: Pick<ProjectFacts, 'languages'>): void {
  if (language === 'SFX' || languages.length === 0 || languages.includes(language)) return;
  const known = ['SFX', ...languages];
  throw notThatLanguage(
    `The project has no language "${language}".${didYouMean(language, known)}`,
    language,
    known,
  );
}

/** The refusal of a language, naming those that will do. */
export function notThatLanguage(
  problem: string,
  language: string,
  languages: readonly string[],
): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', problem, {
    hint: 'Set language to one of details.languages, spelled exactly so.',
    details: { language, languages },
  });
}
