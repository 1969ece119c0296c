import { didYouMean } from '../../../core/text/nearest.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { childByName } from '../../model/naming/sibling-names.ts';
import { ImportProblem } from './import-problem.ts';
import type { ImportTarget } from './import-target.ts';

/** The Switch or State an import assigns its object to. */
export interface SwitchPlan {
  readonly group: WwiseObject;
  readonly stateOrSwitch: WwiseObject;
}

/**
 * Reads `<Switch Group:\Switches\Default Work Unit\Surface>Dirt`, `<State Group:Weather>Rain`, or only `Dirt` where the
 * Switch Container has its group. The object, or the container around it, must be made in a Switch Container.
 * Throws ImportProblem; changes nothing.
 */
export function planSwitch(text: string, planned: ImportTarget, model: ProjectModel): SwitchPlan {
  const container = switchContainerAround(planned);
  const bound = container.existing && model.reference(container.existing, 'SwitchGroupOrStateGroup');
  const match = /^\s*<\s*(Switch Group|State Group|SwitchGroup|StateGroup)\s*:([^<>]+)>(.+)$/i.exec(text);
  const group =
    match === null
      ? bound
      : findGroup(match[1] ?? '', (match[2] ?? '').trim(), `switch assignation "${text}"`, model);
  if (!group) {
    throw new ImportProblem(
      `The switch assignation "${text}" names no group, and the Switch Container has none yet: write "<Switch Group:Name>${text}".`,
    );
  }
  if (bound && bound !== group) {
    throw new ImportProblem(
      `The Switch Container switches by ${model.path(bound)}: "${text}" of ${model.path(group)} cannot be assigned in it.`,
    );
  }
  const name = (match === null ? text : (match[3] ?? '')).trim();
  const stateOrSwitch = childByName(group, name);
  if (stateOrSwitch !== undefined) return { group, stateOrSwitch };
  const names = group.children.map((child) => child.name);
  throw new ImportProblem(
    `${model.path(group)} has no "${name}"; it has ${names.join(', ') || 'nothing'}.${didYouMean(name, names)}`,
  );
}

/** Assigns the child of the Switch Container that holds `target`; a container without a group gets it. */
export function assignToSwitch(
  { group, stateOrSwitch }: SwitchPlan,
  target: WwiseObject,
  model: ProjectModel,
  editor: ModelEditor,
): void {
  let child = target;
  while (child.parent !== null && child.parent.type !== 'SwitchContainer') child = child.parent;
  const container = child.parent;
  if (container === null) return;
  if (model.reference(container, 'SwitchGroupOrStateGroup') !== group)
    editor.setReference(container, 'SwitchGroupOrStateGroup', group);
  const isPresent = model
    .switchAssignments(container)
    .some((present) => present.child === child && present.stateOrSwitch === stateOrSwitch);
  if (!isPresent) editor.addSwitchAssignment(container, child, stateOrSwitch);
}

/** The Switch Container may be one the import creates. */
function switchContainerAround(planned: ImportTarget): { readonly existing: WwiseObject | undefined } {
  if (planned.missing.some(({ type }) => type === 'SwitchContainer')) return { existing: undefined };
  for (let at: WwiseObject | null = planned.parent; at !== null; at = at.parent) {
    if (at.type === 'SwitchContainer') return { existing: at };
  }
  throw new ImportProblem(
    'A switch assignation needs a Switch Container: the objectPath leads through none.',
  );
}

/** The group of that name, path (also below the Default Work Unit) or GUID. `what` names the text it stands in, for the error. */
export function findGroup(kind: string, name: string, what: string, model: ProjectModel): WwiseObject {
  const type = /switch/i.test(kind) ? 'SwitchGroup' : 'StateGroup';
  const group = name.startsWith('\\')
    ? model.byPath(name)
    : name.startsWith('{')
      ? model.byId(name)
      : (model.byName(type, name) ??
        model.byPath(`\\${type === 'SwitchGroup' ? 'Switches' : 'States'}\\Default Work Unit\\${name}`));
  if (group?.type === type) return group;
  const names = [...model.ofType(type)].map((one) => one.name);
  throw new ImportProblem(
    `The ${what} names no ${type} of the project.${didYouMean(name.split('\\').at(-1) ?? name, names)}`,
  );
}
