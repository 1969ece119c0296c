import type { HealthFinding, HealthKind } from '../../../core/backend/project-files.ts';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';

/** A finding about an object. */
export function finding(
  kind: HealthKind,
  model: Pick<ProjectModel, 'filePath' | 'path'>,
  object: WwiseObject,
  message: string,
): HealthFinding {
  const { id, name, type } = object;
  return {
    kind,
    filePath: model.filePath(object),
    object: { id, name, type, path: model.path(object) },
    message,
  };
}

/** The parts of an open project that its health is read from. */
export interface HealthSubject {
  readonly model: ProjectModel;
  readonly index: ObjectIndex;
  readonly originalsDir: string;
  /** Work Units whose content is not in memory: what leads into them may be sound. */
  readonly unseenFiles: readonly string[];
}
