import { attribute } from '../wwu/tree.ts';
import { createStructureReader } from './create-structure-reader.ts';
import { listForm } from './list-forms.ts';
import type { ProjectModel, WwiseObject } from './model.ts';
import type { ObjectIndex } from './object-index.ts';
import type { ObjectNode } from './object-node.ts';
import { own } from './own.ts';
import { segmentOf } from './path-segments.ts';
import { nodeAtPath, pathOf } from './paths.ts';
import { isFileDirty } from './project-file.ts';
import type { ProjectHead } from './project-head.ts';
import { readLinked } from './reading/linked.ts';
import { readClassId, readFacts } from './reading/read-facts.ts';
import {
  readActiveSource,
  readAudioFile,
  readMediaId,
  readPoints,
  readSourceLanguage,
} from './reading/read-media.ts';
import {
  propertyElement,
  randomizerElement,
  readEffectiveProperty,
  readProperty,
} from './reading/read-properties.ts';
import { readEffectiveReference, readList, readReference } from './reading/read-references.ts';
import { readShortId } from './short-ids.ts';
import { createSwitchChildContexts, switchChildContextFacts } from './switch-child-context.ts';
import { allTypeFacts, factsOfClassId, factsOfType, someTypeHas } from './type-table.ts';

/** The read side of an open project over its index. */
export function createModel(
  index: ObjectIndex,
  head: ProjectHead,
  projectNode: ObjectNode,
  originalsDir: string,
  locateOriginal: (path: string) => string = (path) => path,
): ProjectModel {
  const names = nameLookup(index);
  const contexts = createSwitchChildContexts(index);
  const currentPlatform = head.platforms[0]?.name ?? '';

  function platformName(platform: string | undefined): string {
    if (platform === undefined) return currentPlatform;
    return (
      head.platforms.find(({ id, name }) => id === platform.toUpperCase() || name === platform)?.name ??
      platform
    );
  }

  const model: ProjectModel = {
    version: head.version,
    project: projectNode,
    platforms: head.platforms,
    languages: head.languages,
    defaultLanguage: head.defaultLanguage,
    get roots() {
      return projectNode.children;
    },
    byId: (id) => index.byId.get(id.toUpperCase()) ?? contexts.byId(id.toUpperCase()),
    byPath: (path) => nodeAtPath(projectNode, path, contexts),
    byName: (type, name) => names(model.typeName(type) ?? type, name),
    byShortId: (type, shortId) => {
      for (const node of model.ofType(type)) if (model.shortId(node) === shortId) return node;
      return undefined;
    },
    all: () => everything(index, projectNode),
    ofType: (type) => index.byType.get(model.typeName(type) ?? type) ?? [],
    typeName: (name) => typeNameIn(name, head.version.year, index),
    facts: (object) => readFacts(own(object)),
    factsOf: (type) => factsOfType(type),
    factsOfClass: (classId) => factsOfClassId(classId),
    allFacts: () => allTypeFacts(),
    property: (object, name, platform) => readProperty(own(object), name, platformName(platform)),
    effectiveProperty: (object, name, platform) =>
      readEffectiveProperty(own(object), name, platformName(platform)),
    reference: (object, name) => readReference(index, own(object), name),
    effectiveReference: (object, name) => readEffectiveReference(index, own(object), name),
    list: (object, name) => readList(index, own(object), name),
    listForm: (object, name) => listForm(name, own(object).file.schema),
    randomizer: (object, property) => {
      const modifier = randomizerElement(own(object), property);
      return modifier === undefined ? undefined : index.nodeOf(modifier);
    },
    knowsMember: (name) =>
      someTypeHas(name) || switchChildContextFacts.property(name) !== undefined || someObjectHas(index, name),
    activeSource: (object, language, platform) =>
      readActiveSource(
        index,
        own(object),
        language ?? head.defaultLanguage.name,
        platform === undefined ? undefined : platformName(platform),
      ),
    referencesTo: (object) => {
      const holders = new Set<WwiseObject>();
      for (const element of index.referencesTo(object.id)) {
        const holder = index.holderOf(element);
        if (holder !== undefined && holder !== object && element.name !== 'WorkUnit') holders.add(holder);
      }
      return [...holders];
    },
    path: (object) => pathOf(own(object)),
    pathSegment: (object) => segmentOf(own(object)),
    workUnit: (object) => {
      for (let at: ObjectNode | null = own(object); at !== null; at = at.parent ?? at.owner) {
        if (at.type === 'WorkUnit') return at;
      }
      return null;
    },
    filePath: (object) => own(object).file.filePath,
    shortId: (object) => readShortId(own(object)),
    classId: (object) => readClassId(own(object)),
    pluginName: (object) => attribute(own(object).element, 'PluginName'),
    audioFile: (source) => {
      const file = readAudioFile(own(source), originalsDir);
      return file && { ...file, absolutePath: locateOriginal(file.absolutePath) };
    },
    mediaId: (source) => readMediaId(own(source)),
    sourceLanguage: (object) => readSourceLanguage(own(object)),
    isDirty: (workUnit) => isFileDirty(own(workUnit).file),
    isLoaded: (workUnit) => own(workUnit).file.isLoaded,
    isLinked: (object, name, platform) =>
      readLinked(own(object), readFacts(own(object))?.property(name)?.name ?? name, platformName(platform)),
    points: (curve) => readPoints(own(curve)),
    switchChildContext: (child) => contexts.of(own(child)),
    ...createStructureReader(index, head.version.schema, platformName),
  };
  return model;
}

function* everything(index: ObjectIndex, project: ObjectNode): Generator<ObjectNode> {
  const pending = [project];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child !== undefined) pending.push(child);
    }
  }
  for (const node of index.byId.values()) if (node.parent === null && node !== project) yield node;
}

/** Canonical type name in this version: `ActorMixer` up to 2024.1, `PropertyContainer` since; both names are understood. */
function typeNameIn(name: string, year: number, index: ObjectIndex): string | undefined {
  const facts = factsOfType(name);
  if (facts === undefined) {
    for (const type of index.byType.keys()) if (type.toLowerCase() === name.toLowerCase()) return type;
    return undefined;
  }
  if (facts.kind !== 'object') return undefined;
  return facts.name === 'PropertyContainer' && year < 2025 ? 'ActorMixer' : facts.name;
}

/** Objects by type and name, without case; built on first use and again after changes. */
function nameLookup(index: ObjectIndex): (type: string, name: string) => ObjectNode | undefined {
  const tables = new Map<string, Map<string, ObjectNode>>();
  let revision = -1;
  return (type, name) => {
    if (revision !== index.revision) {
      tables.clear();
      revision = index.revision;
    }
    let table = tables.get(type);
    if (table === undefined) {
      table = new Map();
      for (const node of index.byType.get(type) ?? []) {
        const key = node.name.toLowerCase();
        if (!table.has(key)) table.set(key, node);
      }
      tables.set(type, table);
    }
    return table.get(name.toLowerCase());
  };
}

/** Custom properties and plug-in parameters are not in the type table but may stand in the files. */
function someObjectHas(index: ObjectIndex, member: string): boolean {
  for (const node of index.byId.values()) if (propertyElement(node, member) !== undefined) return true;
  return false;
}
