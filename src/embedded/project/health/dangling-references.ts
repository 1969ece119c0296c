import type { HealthFinding } from '../../../core/backend/project-files.ts';
import { nullGuid } from '../../../core/null-guid.ts';
import { elementKind } from '../../model/index/element-kind.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import { builtInInput } from '../../model/types/built-in-inputs.ts';
import { attribute, type WwuElement } from '../../wwu/tree.ts';
import { finding, type HealthSubject } from './finding.ts';

/**
 * References of every kind to what is not in the project: also in lists, RTPCs, States, inclusions, and the GUIDs that data of
 * plug-ins names. Those into files whose content is not known are let be. Yields after each type of object.
 */
export function* danglingReferences({
  model,
  index,
  unseenFiles,
}: HealthSubject): Generator<void, readonly HealthFinding[]> {
  const found: HealthFinding[] = [];
  const roots = new Set<WwuElement>();
  for (const nodes of index.byType.values()) for (const { file } of nodes) roots.add(file.document.root);
  for (const root of roots) {
    const pending: { readonly element: WwuElement; readonly holder: ObjectNode | undefined }[] = [
      { element: root, holder: undefined },
    ];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const { element } = at;
      const holder = index.nodeOf(element) ?? at.holder;
      for (const { id, name, what } of pointersOf(element)) {
        if (holder === undefined || id === nullGuid || index.byId.has(id)) continue;
        if (builtInInput(index, id) !== undefined || mayBeUnseen(element)) continue;
        const message = `Its ${what} leads to "${name}" ${id}, which is not in the project.`;
        found.push(finding('dangling', model, holder, message));
      }
      for (const child of element.children) pending.push({ element: child, holder });
    }
    yield;
  }
  return found;

  /** What a file holds that is not in memory may be what the reference leads to. */
  function mayBeUnseen(element: WwuElement): boolean {
    if (unseenFiles.length === 0) return false;
    const workUnit = attribute(element, 'WorkUnitID')?.toUpperCase();
    return workUnit === undefined || index.byId.get(workUnit)?.file.isLoaded !== true;
  }
}

interface Pointer {
  readonly id: string;
  readonly name: string;
  readonly what: string;
}

function* pointersOf(element: WwuElement): Generator<Pointer> {
  if (element.form === 'raw') {
    for (const [, type = '', name = '', id = ''] of (element.text ?? '').matchAll(gameParameters))
      yield { id: id.toUpperCase(), name, what: `plug-in data (${type})` };
    return;
  }
  // A nested Work Unit that is not there is reported as a file that is missing.
  // New projects of 2025.1 name curves that are part of Wwise, as long as no Attenuation is chosen.
  if (elementKind(element) !== 'reference' || element.name === 'EnvironmentalCurves') return;
  const id = (attribute(element, 'ID') ?? '').toUpperCase();
  yield { id, name: attribute(element, 'Name') ?? '', what: labelOf(element) };
}

/** `<GameParameter Name="Speed" ID="{...}"` in the data of a plug-in (measured). */
const gameParameters = /<(GameParameter)\s+Name="([^"]*)"\s+ID="(\{[0-9A-Fa-f-]{36}\})"/g;

/** The reference or list that an element stands in. */
function labelOf(element: WwuElement): string {
  for (let at = element.parent; at !== null; at = at.parent) {
    const name = attribute(at, 'Name');
    if ((at.name === 'Reference' || at.name === 'ObjectList') && name !== undefined)
      return `reference ${name}`;
    if (at.name.endsWith('List') && at.name !== 'ReferenceList') return at.name;
    if (attribute(at, 'ID') !== undefined) break;
  }
  return element.name;
}
