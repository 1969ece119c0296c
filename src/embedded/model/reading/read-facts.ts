import { attribute } from '../../wwu/tree.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { factsOfEra } from '../legacy/legacy-facts.ts';
import type { TypeFacts } from '../model.ts';
import { slotFacts } from '../structure/slots.ts';
import { switchChildContextFacts, switchChildContextType } from '../structure/switch-child-context.ts';
import { customStateFacts } from '../types/custom-state-facts.ts';
import { factsOfClassId, factsOfType, mergeFacts, renamedFacts } from '../types/type-table.ts';

/** Facts of an object's type; those of its plug-in as well when it is one. */
export function readFacts(node: ObjectNode): TypeFacts | undefined {
  if (node.type === 'PluginInnerObject') return slotFacts(attribute(node.element, 'PluginName') ?? '');
  if (node.type === switchChildContextType) return switchChildContextFacts;
  const base = baseFacts(node.type);
  if (node.type === 'CustomState' && base !== undefined) {
    const owner = node.owner === null ? undefined : readFacts(node.owner);
    return owner === undefined ? base : customStateFacts(base, owner);
  }
  const pluginClass = pluginClassId(node);
  if (pluginClass === undefined) return base === undefined ? undefined : factsOfEra(base, node.file.schema);
  const key = `${node.type}:${pluginClass}`;
  if (!merged.has(key)) {
    const plugin = factsOfClassId(pluginClass);
    merged.set(key, plugin === undefined || base === undefined ? (plugin ?? base) : mergeFacts(base, plugin));
  }
  return merged.get(key);
}

export function readClassId(node: ObjectNode): number {
  return pluginClassId(node) ?? readFacts(node)?.classId ?? 0;
}

/** (pluginId << 16) | (companyId << 4) | pluginType; plug-in types: 2 source, 3 effect, 7 audio device, 9 metadata. */
function pluginClassId(node: ObjectNode): number | undefined {
  const pluginId = attribute(node.element, 'PluginID');
  if (pluginId === undefined || !pluginTypes.has(node.type)) return undefined;
  const companyId = Number(attribute(node.element, 'CompanyID') ?? 0);
  const pluginType = Number(attribute(node.element, 'PluginType') ?? pluginTypes.get(node.type));
  return ((Number(pluginId) << 16) | (companyId << 4) | pluginType) >>> 0;
}

const pluginTypes = new Map([
  ['Effect', 3],
  ['SourcePlugin', 2],
  ['AudioDevice', 7],
  ['Metadata', 9],
]);

const merged = new Map<string, TypeFacts | undefined>();
const renamed = new Map<string, TypeFacts | undefined>();

function baseFacts(type: string): TypeFacts | undefined {
  if (!renamed.has(type)) {
    const facts = factsOfType(type);
    renamed.set(type, facts === undefined || facts.name === type ? facts : renamedFacts(facts, type));
  }
  return renamed.get(type);
}
