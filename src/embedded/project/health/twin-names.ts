import type { HealthFinding } from '../../../core/backend/project-files.ts';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import type { ProjectModel } from '../../model/model.ts';
import { nameScope } from '../../model/naming/unique-names.ts';
import { finding } from './finding.ts';

/**
 * Objects that have the name of another where a project may have one of it, which is what games know by its name, and
 * ShareSets; and those that have the name of another child of their parent.
 */
export function twinNames(index: ObjectIndex, model: ProjectModel): readonly HealthFinding[] {
  const first = new Map<string, ObjectNode>();
  const found: HealthFinding[] = [];
  for (const node of index.byId.values()) {
    const { parent, owner, name, type } = node;
    if (owner !== null || parent === null || name === '') continue;
    const scope = nameScope(type, parent);
    const inProject = scope === undefined ? undefined : firstOf(`${scope}:${name}`, node, first);
    const beside = sharesNames(node, parent) ? undefined : firstOf(`${parent.id}\\${name}`, node, first);
    const message =
      inProject !== undefined
        ? `${model.path(inProject)} has its name too: a project has one ${scope} of a name.`
        : beside !== undefined
          ? `A ${beside.type} beside it has its name too: Wwise keeps names of siblings apart.`
          : undefined;
    if (message !== undefined) found.push(finding('twinName', model, node, message));
  }
  return found;
}

/** The one that had the key before; the node has it where none did. */
function firstOf(key: string, node: ObjectNode, first: Map<string, ObjectNode>): ObjectNode | undefined {
  const known = first.get(key.toLowerCase());
  if (known === undefined) first.set(key.toLowerCase(), node);
  return known;
}

/** Sources of a Sound in each language, rules of transitions and criteria have one name among siblings (measured). */
function sharesNames({ type }: ObjectNode, parent: ObjectNode): boolean {
  return sources.has(type) || parent.type === 'MusicTransition' || parent.type === 'Query';
}

const sources: ReadonlySet<string> = new Set([
  'AudioFileSource',
  'MidiFileSource',
  'SourcePlugin',
  'PluginMediaSource',
]);
