import type { ProjectFacts } from '../../project-facts.ts';

/** How this Wwise names the original file of a source: the short name came with 2022.1. */
export function originalPathExpression(facts: Pick<ProjectFacts, 'year'>): string {
  return facts.year >= 2022 ? 'originalFilePath' : 'sound:originalWavFilePath';
}
