import { attribute } from '../wwu/tree.ts';
import { createStructureReader } from './create-structure-reader.ts';
import { mainBusId } from './creating/new-object.ts';
import { readShortId } from './ids/short-ids.ts';
import type { ObjectIndex } from './index/object-index.ts';
import type { ObjectNode } from './index/object-node.ts';
import { own } from './index/own.ts';
import { isFileDirty } from './index/project-file.ts';
import type { ProjectHead } from './index/project-head.ts';
import type { ProjectModel, WwiseObject } from './model.ts';
import { segmentOf } from './naming/path-segments.ts';
import { nodeAtPath, pathOf } from './naming/paths.ts';
import { isMainBusName } from './naming/root-names.ts';
import { nameScope, namesakesIn } from './naming/unique-names.ts';
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
import { storedMember } from './reading/stored-member.ts';
import { listForm } from './structure/list-forms.ts';
import { createSwitchChildContexts, switchChildContextFacts } from './structure/switch-child-context.ts';
import { builtInInput, builtInInputs, builtInInputType } from './types/built-in-inputs.ts';
import { allTypeFacts, factsOfClassId, factsOfType, someTypeHas } from './types/type-table.ts';

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

  /** They stand nowhere in the project: their path is their name. */
  function builtIns(name: string): ObjectNode | undefined {
    const wanted = name.toLowerCase();
    return builtInInputs(index).find((input) => input.name.toLowerCase() === wanted);
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
    byId: (id) => {
      const wanted = id.toUpperCase();
      return index.byId.get(wanted) ?? contexts.byId(wanted) ?? builtInInput(index, wanted);
    },
    byPath: (path) => {
      const found = nodeAtPath(projectNode, path, contexts, index.byId.get(mainBusId));
      return found ?? (path.indexOf('\\', 1) < 0 ? builtIns(path.slice(1)) : undefined);
    },
    byName: (type, name) => {
      const known = model.typeName(type) ?? type;
      if (known === builtInInputType) return builtIns(name);
      const mainBus = known === 'Bus' && isMainBusName(name) ? index.byId.get(mainBusId) : undefined;
      return names(known, name) ?? mainBus;
    },
    byShortId: (type, shortId) => {
      for (const node of model.ofType(type)) if (model.shortId(node) === shortId) return node;
      return undefined;
    },
    namesakes: (type, parent, name) => {
      const scope = nameScope(type, parent);
      return scope === undefined ? [] : namesakesIn(index, scope, name);
    },
    all: () => everything(index, projectNode),
    ofType: (type) => {
      const known = model.typeName(type) ?? type;
      return known === builtInInputType ? builtInInputs(index) : (index.byType.get(known) ?? []);
    },
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
    stored: (name, platform) => {
      const read = storedMember(index, name, platformName(platform));
      return (object, facts) => read(own(object), facts);
    },
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
    *referencesTo(object) {
      const holders = new Set<WwiseObject>([object]);
      for (const element of index.referencesTo(object.id)) {
        const holder = index.holderOf(element);
        if (holder === undefined || holders.has(holder) || repeatsOnly.has(element.name)) continue;
        holders.add(holder);
        yield holder;
      }
      for (const data of index.mentionsOf(object.id)) {
        const holder = index.holderOf(data);
        if (holder === undefined || holders.has(holder)) continue;
        holders.add(holder);
        yield holder;
      }
    },
    childCount: (object) => own(object).childCount,
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

/**
 * Elements that name an object and are no reference to Wwise: the position of a nested Work Unit, and which of its own sources a
 * Sound plays.
 */
const repeatsOnly: ReadonlySet<string> = new Set(['WorkUnit', 'ActiveSource']);
