import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { compareMembers } from '../answers/compare-objects.ts';
import { defineFunction } from '../define-function.ts';

/** Names of the properties, references and lists in which two objects differ. References count as properties. */
export const objectDiff = defineFunction({
  uri: 'ak.wwise.core.object.diff',
  run(args, _options, { project }) {
    const source = resolveObject(project.model, asString(args.source) ?? '');
    const target = resolveObject(project.model, asString(args.target) ?? '');
    const { properties, references, lists } = compareMembers(project.model, source, target);
    return { properties: [...properties, ...references], lists };
  },
});
