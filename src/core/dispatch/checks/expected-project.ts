import type { ProjectIdentity } from '../../backend/project-identity.ts';
import { WwiseFlowError } from '../../errors.ts';

/** Throws WRONG_PROJECT when the project has neither this name nor this GUID. */
export function checkExpectedProject(project: ProjectIdentity, expected: string): void {
  const same = [project.name, project.id, project.id.slice(1, -1)].some(
    (known) => known.toLowerCase() === expected.toLowerCase(),
  );
  if (!same) throw wrongProject(project, `"${expected}"`, expected);
}

export function wrongProject(project: ProjectIdentity, wanted: string, expected?: string): WwiseFlowError {
  return new WwiseFlowError(
    'WRONG_PROJECT',
    `The open project is "${project.name}", not ${wanted}: nothing was changed in it.`,
    {
      hint: 'Open the expected project, or start the server with another --expect-project.',
      details: {
        ...(expected === undefined ? {} : { expected }),
        name: project.name,
        id: project.id,
        filePath: project.filePath,
      },
    },
  );
}
