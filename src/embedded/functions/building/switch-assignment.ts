import { asString, type JsonObject } from '../../../core/json.ts';
import { nearest } from '../../../core/text/nearest.ts';
import type { ProjectModel, SwitchAssignment, WwiseObject } from '../../model/model.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

export interface AskedAssignment extends SwitchAssignment {
  readonly container: WwiseObject;
  /** True when the container has it already. */
  readonly isPresent: boolean;
}

/** The child, its Switch Container and the State or Switch of a call. Throws when one of them cannot be assigned. */
export function askedAssignment(model: ProjectModel, args: JsonObject): AskedAssignment {
  const child = resolveObject(model, asString(args.child) ?? '');
  const stateOrSwitch = resolveObject(model, asString(args.stateOrSwitch) ?? '');
  const container = child.parent;
  if (container?.type !== 'SwitchContainer') {
    throw waapiErrors.invalidArguments(`${model.path(child)} is not a child of a Switch Container.`, {
      argumentName: 'child',
      object: child.id,
    });
  }
  if (stateOrSwitch.type !== 'State' && stateOrSwitch.type !== 'Switch') {
    throw waapiErrors.invalidArguments(
      `${model.path(stateOrSwitch)} is ${aOrAn(stateOrSwitch.type)}, neither a State nor a Switch.`,
      { argumentName: 'stateOrSwitch', object: stateOrSwitch.id },
    );
  }
  refuseForeignGroup(model, container, stateOrSwitch);
  const isPresent = model
    .switchAssignments(container)
    .some((present) => present.child === child && present.stateOrSwitch === stateOrSwitch);
  return { container, child, stateOrSwitch, isPresent };
}

function refuseForeignGroup(model: ProjectModel, container: WwiseObject, stateOrSwitch: WwiseObject): void {
  const group = model.reference(container, 'SwitchGroupOrStateGroup');
  if (!group) {
    throw waapiErrors.invalidArguments(
      `${model.path(container)} has no Switch Group or State Group: set its SwitchGroupOrStateGroup first.`,
      { argumentName: 'child', object: container.id, reference: 'SwitchGroupOrStateGroup' },
    );
  }
  if (stateOrSwitch.parent === group) return;
  const names = group.children.map(({ name }) => name);
  throw waapiErrors.invalidArguments(
    `${model.path(stateOrSwitch)} does not belong to ${model.path(group)}, the group of ${model.path(container)}.`,
    {
      argumentName: 'stateOrSwitch',
      object: stateOrSwitch.id,
      group: group.id,
      candidates: nearest(stateOrSwitch.name, names),
      known: names,
    },
  );
}
