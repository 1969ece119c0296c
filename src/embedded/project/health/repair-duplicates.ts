import { basename, dirname, resolve, sep } from 'node:path';
import type { DuplicateRepair, RepairAction } from '../../../core/backend/project-files.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { atOnce } from '../../../core/turns/turns.ts';
import { freshGuid } from '../../model/creating/new-object.ts';
import { shortIdOfGuid } from '../../model/ids/short-id.ts';
import { elementKind } from '../../model/index/element-kind.ts';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import { freeNameIn, nameScope, namesakesIn } from '../../model/naming/unique-names.ts';
import { wholeElement } from '../../model/structure/owned-object.ts';
import { attribute, type WwuElement, walk } from '../../wwu/tree.ts';
import { indexFiles } from '../reading/index-files.ts';
import { readProjectFiles } from '../reading/read-files.ts';
import { saveFiles } from '../saving/save-files.ts';
import { refuseReadOnlyFiles } from '../saving/writable.ts';
import type { WriteBounds } from '../saving/write-bounds.ts';
import { type SecondDefinition, secondDefinitions } from './duplicate-ids.ts';

/**
 * Puts right on disk what has the GUID of another object: `newIds` gives it GUIDs of its own (a Work Unit then is called as its
 * file), `remove` takes it away, a Work Unit with its file. References inside a copy follow it, others stay with the first.
 * `files`: only what stands in these; null: in any. With `look` nothing is written. The project must not be in memory with
 * unsaved edits, and is to be read again afterwards. All files are written, or none, as by a save. Throws ak.wwise.file_error for
 * files that may not be written, INVALID_INPUT for files in which nothing stands twice.
 */
export function repairDuplicates(
  projectPath: string,
  bounds: WriteBounds,
  action: RepairAction,
  files: readonly string[] | null,
): readonly DuplicateRepair[] {
  const read = atOnce(readProjectFiles(projectPath));
  const { index } = atOnce(indexFiles(read, read.files));
  const wanted = chosen(secondDefinitions(index), projectPath, files);
  const touched = [...new Set(wanted.map(({ node }) => node.file))];
  if (action !== 'look') refuseReadOnlyFiles(touched);
  const gone = new Set<string>();
  // What is only looked at is changed too, in memory: so the names are those it would get.
  const repairs = wanted.map((second): DuplicateRepair => {
    const { node, first, below } = second;
    const { id, type, name, file } = node;
    const found = { id, type, name, below, filePath: file.filePath, firstFilePath: first.file.filePath };
    if (action !== 'remove') renew(index, second);
    else if (type === 'WorkUnit') gone.add(file.filePath);
    else takeOut(wholeElement(node));
    return { ...found, newName: action === 'remove' ? null : (attribute(node.element, 'Name') ?? '') };
  });
  if (action === 'look') return repairs;
  const removed = touched.filter(({ filePath }) => gone.has(filePath));
  for (const file of touched) if (!removed.includes(file)) file.state += 1;
  saveFiles({ projectPath, files: read.files, removed, bounds });
  return repairs;
}

/** Those in the files; throws INVALID_INPUT for a file in which nothing stands twice. */
function chosen(
  all: readonly SecondDefinition[],
  projectPath: string,
  files: readonly string[] | null,
): readonly SecondDefinition[] {
  if (files === null) return all;
  const folder = dirname(projectPath);
  const holding = [...new Set(all.map(({ node }) => node.file.filePath))];
  const paths = files.map((file) => resolve(folder, sep === '/' ? file.replaceAll('\\', '/') : file));
  const unknown = files.filter((file, at) => !holding.includes(file) && !holding.includes(paths[at] ?? ''));
  if (unknown.length > 0) {
    throw new WwiseFlowError('INVALID_INPUT', `Nothing stands twice in "${unknown.join('", "')}".`, {
      hint:
        holding.length === 0
          ? 'No object of the project has the GUID of another.'
          : 'Give files as project_repair with action look lists them: details.candidates. Nothing was written.',
      details: { files: unknown, candidates: holding.slice(0, mostCandidates) },
    });
  }
  return all.filter(({ node }) => files.includes(node.file.filePath) || paths.includes(node.file.filePath));
}

const mostCandidates = 20;

/** Fresh GUIDs for all in the copy that stands twice, and a name of its own where the project has one of it. */
function renew(index: ObjectIndex, { node, twins }: SecondDefinition): void {
  const isFile = node.type === 'WorkUnit';
  const renewed = new Map(
    [...twins].map((twin) => {
      const name = isFile && twin === node ? basename(node.file.filePath, '.wwu') : freeName(index, twin);
      return [twin.id, { id: freshGuid(index), name }] as const;
    }),
  );
  for (const element of walk(isFile ? node.file.document.root : node.element)) {
    const own = renewed.get((attribute(element, 'ID') ?? '').toUpperCase());
    if (own !== undefined && attribute(element, 'Name') !== undefined) set(element, 'Name', own.name);
    if (
      own !== undefined &&
      elementKind(element) === 'definition' &&
      attribute(element, 'ShortID') !== undefined
    )
      set(element, 'ShortID', String(shortIdOfGuid(own.id)));
    for (const name of ['ID', 'WorkUnitID', 'OwnerID']) {
      const id = renewed.get((attribute(element, name) ?? '').toUpperCase())?.id;
      if (id !== undefined) set(element, name, id);
    }
  }
}

function freeName(index: ObjectIndex, twin: ObjectNode): string {
  const scope = twin.owner === null ? nameScope(twin.type, twin.parent) : undefined;
  if (scope === undefined) return twin.name;
  const others = namesakesIn(index, scope, twin.name).filter((one) => one !== twin);
  return others.length === 0 ? twin.name : freeNameIn(index, scope, twin.name, () => false);
}

function set(element: WwuElement, name: string, value: string): void {
  if (attribute(element, name) === value) return;
  element.layout = null;
  for (const entry of element.attributes) if (entry.name === name) entry.value = value;
}

/** Lists that hold nothing any more go with what they held. */
function takeOut(element: WwuElement): void {
  const { parent } = element;
  if (parent === null) return;
  parent.children = parent.children.filter((child) => child !== element);
  parent.layout = null;
  if (parent.children.length === 0 && parent.name.endsWith('List')) takeOut(parent);
}
