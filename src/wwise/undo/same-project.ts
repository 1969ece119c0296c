import { WwiseFlowError } from '../../core/errors.ts';
import type { Waapi } from '../../wwise/connection/waapi.ts';
import type { ProjectFacts, ProjectFactsCache } from '../project-facts.ts';

export interface ProjectWatch {
  /** The open project. The first one told is the one that matters from then on. */
  project(): Promise<ProjectFacts>;
  /**
   * The link over which that project is known to be open; undefined while none was told. Rejects with WRONG_PROJECT when
   * another one is, as after Wwise was restarted.
   */
  sameProject(): Promise<number | undefined>;
}

/** Watches that one dispatch, or one run, does not begin in one project and go on in another. */
export function watchProject(
  facts: Pick<ProjectFactsCache, 'get'>,
  waapi: Pick<Waapi, 'linkCount'>,
  expected: string | null,
): ProjectWatch {
  let first: ProjectFacts | undefined;
  return {
    project: async () => {
      const now = await facts.get();
      first ??= now;
      return now;
    },
    sameProject: async () => {
      if (first === undefined) return undefined;
      const now = await facts.get();
      if (now.id !== first.id) throw wrongProject(now, `"${first.name}", with which this began`);
      if (expected !== null) checkProject(now, expected);
      return waapi.linkCount;
    },
  };
}

/** Throws WRONG_PROJECT when the project has neither this name nor this GUID. */
export function checkProject(facts: ProjectFacts, expected: string): void {
  const same = [facts.name, facts.id, facts.id.slice(1, -1)].some(
    (known) => known.toLowerCase() === expected.toLowerCase(),
  );
  if (!same) throw wrongProject(facts, `"${expected}"`, expected);
}

function wrongProject(facts: ProjectFacts, wanted: string, expected?: string): WwiseFlowError {
  return new WwiseFlowError(
    'WRONG_PROJECT',
    `The open project is "${facts.name}", not ${wanted}: nothing was changed in it.`,
    {
      hint: 'Open the expected project in Wwise, or start the server with another --expect-project.',
      details: {
        ...(expected === undefined ? {} : { expected }),
        name: facts.name,
        id: facts.id,
        filePath: facts.filePath,
      },
    },
  );
}
