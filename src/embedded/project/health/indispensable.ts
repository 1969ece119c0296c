import { mainBusId } from '../../model/creating/new-object.ts';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import { pathOf } from '../../model/naming/paths.ts';
import { isBuiltInInput } from '../../model/types/built-in-inputs.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { attribute, childNamed } from '../../wwu/tree.ts';

/** Throws when an object is, or holds, what every project must have: its main bus or its default conversion settings. */
export function refuseIndispensable(index: ObjectIndex, project: ObjectNode, doomed: ObjectNode): void {
  const conversion = childNamed(project.element, 'DefaultConversion');
  const conversionId = conversion === undefined ? undefined : attribute(conversion, 'ID')?.toUpperCase();
  for (const id of [mainBusId, conversionId]) {
    const needed = id === undefined ? undefined : index.byId.get(id);
    for (let at = needed ?? null; at !== null; at = at.parent) {
      if (at !== doomed || needed === undefined) continue;
      const reason = needed === doomed ? '' : `: it holds ${pathOf(needed)}, which every project must have`;
      throw waapiErrors.invalidArguments(`${pathOf(doomed)} cannot be deleted${reason}.`, {
        object: doomed.id,
      });
    }
  }
}

/**
 * Throws for an input that is part of Wwise, such as the velocity of MIDI notes, and for a platform or a language: values of platforms, sources and folders of Originals name theirs by its name, in every
 * file. Wwise changes them in its Platform and Language Managers, together with all of that.
 */
export function refuseManaged(object: ObjectNode, whatCannotBeDone: string): void {
  if (isBuiltInInput(object.element))
    throw waapiErrors.invalidArguments(
      `"${object.name}" is part of Wwise: it cannot be ${whatCannotBeDone}.`,
      {
        object: object.id,
      },
    );
  const manager = managers[object.type];
  if (manager === undefined) return;
  throw waapiErrors.invalidArguments(
    `${object.type} "${object.name}" cannot be ${whatCannotBeDone}: the ${manager} of Wwise does that.`,
    { object: object.id },
  );
}

const managers: Readonly<Record<string, string>> = {
  Platform: 'Platform Manager',
  Language: 'Language Manager',
};
