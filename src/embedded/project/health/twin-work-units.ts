import { basename } from 'node:path';
import type { HealthFinding } from '../../../core/backend/project-files.ts';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import { pathOf } from '../../model/naming/paths.ts';

/** Work Units of which another file holds one with the same GUID: copies made by hand, and what merge tools leave behind. */
export function twinWorkUnits(index: ObjectIndex): readonly HealthFinding[] {
  const found: HealthFinding[] = [];
  for (const node of index.byType.get('WorkUnit') ?? []) {
    const first = index.byId.get(node.id);
    if (first === undefined || first === node) continue;
    const { id, name, type, file } = node;
    const [, numbered, plain] = mergeLeftover.exec(basename(file.filePath)) ?? [];
    const left = numbered ?? plain;
    const what = left === undefined ? 'a copy' : `what a merge tool left (${left})`;
    found.push({
      kind: 'twinWorkUnit',
      filePath: file.filePath,
      object: { id, name, type, path: pathOf(first) },
      message: `${file.filePath} is ${what} of ${first.file.filePath}: it has the GUIDs of that, so Wwise loads one of them.`,
    });
  }
  return found;
}

/** `Amb_BASE_1234.wwu`, `Amb_LOCAL_77.wwu`, `Amb.orig.wwu` and the like. */
const mergeLeftover = /(?:[._](BASE|LOCAL|REMOTE|BACKUP)[._]\d+|\.(orig|mine|theirs|base))\.wwu$/i;
