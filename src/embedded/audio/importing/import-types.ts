import { didYouMean } from '../../../core/text/nearest.ts';
import type { ProjectModel, PropertyValue } from '../../model/model.ts';
import { documentedNodeType } from '../../model/types/type-table.ts';
import { typeTable } from '../../model/types/types.gen.ts';
import { ImportProblem } from './import-problem.ts';

/** A type as an import names it: a type name (`Sound`) or a node type (`Sound Voice`) with what it implies. */
export interface ImportType {
  readonly type: string;
  readonly implies: Readonly<Record<string, boolean>>;
}

/** Finds a type or node type, without case, in the spelling of the project's version. Throws ImportProblem. */
export function importType(name: string, model: ProjectModel): ImportType {
  const known = documentedNodeType(name) ?? { type: name, implies: {} };
  const type = model.typeName(known.type);
  if (type !== undefined) return { type, implies: known.implies };
  const candidates = typeTable.flatMap((entry) => [entry.name, ...Object.keys(entry.nodeTypes ?? {})]);
  throw new ImportProblem(
    `"${name}" is not an object type.${didYouMean(name, ['Virtual Folder', ...candidates])}`,
  );
}

/** The properties a new object of the node type starts with. */
export function nodeTypeValues(
  implies: ImportType['implies'],
  isVoice: boolean,
): readonly (readonly [string, PropertyValue])[] {
  const values: (readonly [string, PropertyValue])[] = [];
  if (isVoice) values.push(['IsVoice', true]);
  // The file knows a Sequence Container by RandomOrSequence: 0 sequence, 1 random.
  if (implies.IsSequential !== undefined) values.push(['RandomOrSequence', implies.IsSequential ? 0 : 1]);
  return values;
}
