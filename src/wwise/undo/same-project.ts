import { checkExpectedProject, wrongProject } from '../../core/dispatch/checks/expected-project.ts';
import type { Waapi } from '../connection/waapi.ts';
import type { ProjectFacts, ProjectFactsCache } from '../project-facts.ts';

export interface ProjectWatch {
  /** The open project. The first one seen is the one that matters from then on. */
  project(): Promise<ProjectFacts>;
  /**
   * The link over which that project is known to be open; undefined while none was seen. Rejects with WRONG_PROJECT when
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
      if (expected !== null) checkExpectedProject(now, expected);
      return waapi.linkCount;
    },
  };
}
