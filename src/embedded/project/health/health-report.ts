import { basename } from 'node:path';
import type { HealthFinding } from '../../../core/backend/project-files.ts';
import { misplacedIn } from '../../model/types/hierarchy-rules.ts';
import { newerThanKnown } from '../reading/newer-schema.ts';
import { danglingReferences } from './dangling-references.ts';
import { finding, type HealthSubject } from './finding.ts';
import { twinNames } from './twin-names.ts';
import { twinWorkUnits } from './twin-work-units.ts';

/**
 * Everything that is wrong with a project beyond files that cannot be read and GUIDs that stand twice: what lies where Wwise
 * would not let it, names and Work Units that stand twice, references to what is not there. Gravest first; of the original
 * files see audio-files.ts. Yields between its parts: see core/turns/turns.ts.
 */
export function* healthOf(subject: HealthSubject): Generator<void, readonly HealthFinding[]> {
  const { model, index } = subject;
  const found: HealthFinding[] = [];
  for (const root of model.roots) {
    for (const { object, below } of misplacedIn(root))
      found.push(
        finding(
          'misplaced',
          model,
          object,
          `${object.type} below ${below.type}: this hierarchy has none there.`,
        ),
      );
    yield;
  }
  found.push(...twinNames(index, model));
  yield;
  found.push(...twinWorkUnits(index));
  yield;
  found.push(...(yield* danglingReferences(subject)));
  const notice = newerThanKnown(basename(model.filePath(model.project)), model.version);
  if (notice !== undefined) found.push(finding('newerSchema', model, model.project, notice));
  return found;
}
