import * as fc from 'fast-check';
import type { Json, JsonObject } from '../../src/core/json.ts';
import type { ProjectModel, PropertyFacts, WwiseObject } from '../../src/embedded/model/model.ts';
import { creatableBelow, rootOf } from '../../src/embedded/model/types/hierarchy-rules.ts';

/** A call as a client makes it: the name of the function below `ak.wwise.core.`, and its arguments. */
export type Call = readonly [uri: string, args: JsonObject];

/** The numbers pick kinds, objects and members of whatever the project then holds. */
export interface RandomCall {
  readonly kind: number;
  readonly object: number;
  readonly other: number;
  readonly member: number;
  readonly value: number;
  readonly name: string;
}

/** Names and notes with what needs escaping. */
const text = fc.string({
  unit: fc.constantFrom('a', 'B', '7', ' ', '&', '<', '>', "'", 'é', '_', '音'),
  minLength: 1,
  maxLength: 6,
});

const randomCall: fc.Arbitrary<RandomCall> = fc.record({
  kind: fc.nat(10_000),
  object: fc.nat(100_000),
  other: fc.nat(100_000),
  member: fc.nat(100_000),
  value: fc.integer({ min: -120, max: 120 }),
  // Events and what else games name take identifiers only; of few, so that many are taken.
  name: fc.oneof(text, fc.constantFrom('Play', 'play', 'Stop_1', 'Wind', 'wind_01', '_x')),
});

export const randomCalls: fc.Arbitrary<RandomCall[]> = fc.array(randomCall, { minLength: 1, maxLength: 12 });

/** The call a draw stands for, in the project as it is now; undefined where it finds nothing to do. */
export function callOf(model: ProjectModel, draw: RandomCall): Call | undefined {
  const all = [...model.all()];
  const make = makers[draw.kind % makers.length];
  const object = pick(all, draw.object);
  return object === undefined ? undefined : make?.({ ...draw, model, all, target: object });
}

/** The same, with Work Units and physical folders among what is created, moved, copied, renamed and deleted. */
export function callOnFilesOf(model: ProjectModel, draw: RandomCall): Call | undefined {
  if (draw.kind % 3 === 0) return callOf(model, { ...draw, kind: (draw.kind / 3) | 0 });
  const all = [...model.all()];
  const make = fileMakers[draw.kind % fileMakers.length];
  const object = pick(all, draw.object);
  return object === undefined ? undefined : make?.({ ...draw, model, all, target: object });
}

interface Draw extends RandomCall {
  readonly model: ProjectModel;
  readonly all: readonly WwiseObject[];
  readonly target: WwiseObject;
}

type Maker = (draw: Draw) => Call | undefined;

const create: Maker = ({ all, target, other, member, value, name, model }) => {
  const home = pick(
    all.filter((one) => creatableBelow(one).length > 0 && !holdsFiles(one)),
    other,
  );
  if (home === undefined) return undefined;
  const types = creatableBelow(home).filter(
    (type) => !['WorkUnit', 'SourcePlugin', 'Effect', 'Metadata', 'AudioFileSource'].includes(type),
  );
  const type = pick(types, member);
  if (type === undefined) return undefined;
  const onNameConflict = pick(['rename', 'fail', 'merge', 'replace'], Math.abs(value));
  const facts = model.factsOf(type);
  const property = pick(facts?.properties() ?? [], member);
  const more = property === undefined ? {} : { [`@${property.name}`]: valueFor(property, value) };
  const children = value % 4 === 0 && target.type === 'Sound' ? { children: [{ type: 'Sound', name }] } : {};
  return [
    'object.create',
    { parent: home.id, type, name, onNameConflict: onNameConflict ?? 'fail', ...more, ...children },
  ];
};

const setProperty: Maker = ({ model, target, member, value, other }) => {
  const property = pick(model.facts(target)?.properties() ?? [], member);
  if (property === undefined) return undefined;
  const platform = property.unlink && value % 3 === 0 ? pick(model.platforms, other) : undefined;
  const on = platform === undefined ? {} : { platform: platform.name };
  return [
    'object.setProperty',
    { object: target.id, property: property.name, value: valueFor(property, value), ...on },
  ];
};

const setReference: Maker = ({ model, all, target, member, value, other }) => {
  const reference = pick(model.facts(target)?.references() ?? [], member);
  if (reference === undefined) return undefined;
  const fitting = all.filter(({ type }) => reference.types === undefined || reference.types.includes(type));
  const to = value < -80 ? undefined : (pick(value > 100 ? all : fitting, other) ?? pick(all, other));
  const none = '{00000000-0000-0000-0000-000000000000}';
  return ['object.setReference', { object: target.id, reference: reference.name, value: to?.id ?? none }];
};

const setList: Maker = ({ model, all, target, member, other, value, name }) => {
  const list = pick(model.facts(target)?.lists() ?? [], member);
  if (list === undefined) return undefined;
  const type = pick(list.types ?? [], other) ?? 'RTPC';
  const item: Record<string, Json> = { type, name: value % 2 === 0 ? '' : name };
  const property = pick(model.factsOf(type)?.properties() ?? [], other);
  if (property !== undefined && value % 3 !== 0) item[`@${property.name}`] = valueFor(property, value);
  if (type === 'RTPC') {
    item['@PropertyName'] = pick(['Volume', 'Pitch', 'Lowpass', 'OutputBusVolume'], other) ?? 'Volume';
    const parameter = pick(
      all.filter((one) => one.type === 'GameParameter'),
      member,
    );
    if (parameter !== undefined) item['@ControlInput'] = parameter.id;
    item['@Curve'] = {
      type: 'Curve',
      points: [
        { x: 0, y: 0, shape: 'Linear' },
        { x: 100, y: value, shape: 'Linear' },
      ],
    };
  }
  for (const reference of model.factsOf(type)?.references() ?? []) {
    const to = pick(
      all.filter((one) => reference.types?.includes(one.type) ?? false),
      other,
    );
    if (to !== undefined && value % 2 === 0 && item[`@${reference.name}`] === undefined)
      item[`@${reference.name}`] = to.id;
  }
  const listMode = value % 5 === 0 ? 'replaceAll' : 'append';
  return [
    'object.set',
    { objects: [{ object: target.id, [`@${list.name}`]: value > 110 ? [] : [item] }], listMode },
  ];
};

const clearList: Maker = ({ model, target, member }) => {
  const lists = (model.facts(target)?.lists() ?? []).filter(
    ({ name }) => (model.list(target, name)?.length ?? 0) > 0,
  );
  const list = pick(lists, member);
  if (list === undefined) return undefined;
  return ['object.set', { objects: [{ object: target.id, [`@${list.name}`]: [] }], listMode: 'replaceAll' }];
};

const rename: Maker = ({ target, name, value }) => [
  'object.setName',
  { object: target.id, value: value % 7 === 0 ? target.name.toUpperCase() : name },
];

const setNotes: Maker = ({ target, name, value }) => [
  'object.setNotes',
  { object: target.id, value: value < -60 ? '' : `${name}\r\n${name}` },
];

/** Moving, copying and deleting Work Units is written at once and cannot be undone: not drawn here. */
const transfer =
  (uri: string): Maker =>
  ({ all, other, object, value }) => {
    const movable = pick(
      all.filter((one) => !holdsFiles(one)),
      object,
    );
    const home = pick(
      all.filter(
        (one) =>
          movable !== undefined &&
          (value > 90 || one.type === movable.parent?.type || creatableBelow(one).includes(movable.type)),
      ),
      other,
    );
    if (movable === undefined || home === undefined) return undefined;
    const onNameConflict = pick(['rename', 'fail', 'replace'], Math.abs(value)) ?? 'fail';
    return [uri, { object: movable.id, parent: home.id, onNameConflict }];
  };

const remove: Maker = ({ target, value }) =>
  holdsFiles(target) || value > 40 ? undefined : ['object.delete', { object: target.id }];

const setLinked: Maker = ({ model, target, member, other, value }) => {
  const property = pick(
    (model.facts(target)?.properties() ?? []).filter(({ unlink }) => unlink),
    member,
  );
  const platform = pick(model.platforms, other);
  if (property === undefined || platform === undefined) return undefined;
  const { name } = property;
  return [
    'object.setLinked',
    { object: target.id, property: name, platform: platform.name, linked: value > 0 },
  ];
};

const setRandomizer: Maker = ({ all, object, value, model, other }) => {
  const target = pick(all.filter(isAudible), object);
  if (target === undefined) return undefined;
  const property = pick(['Volume', 'Pitch', 'Lowpass', 'Highpass'], Math.abs(value)) ?? 'Volume';
  const platform = value % 4 === 0 ? pick(model.platforms, other) : undefined;
  return [
    'object.setRandomizer',
    {
      object: target.id,
      property,
      enabled: value % 2 === 0,
      min: -Math.abs(value % 20),
      max: Math.abs(value % 10),
      ...(platform === undefined ? {} : { platform: platform.name }),
    },
  ];
};

const setStateGroups: Maker = ({ all, object, other, value }) => {
  const target = pick(all.filter(isAudible), object);
  if (target === undefined) return undefined;
  const groups = all.filter(({ type }) => type === 'StateGroup');
  const chosen = value > 80 ? [] : [pick(groups, other)].flatMap((group) => group?.id ?? []);
  return ['object.setStateGroups', { object: target.id, stateGroups: chosen }];
};

const setStateProperties: Maker = ({ all, object, value }) => {
  const target = pick(all.filter(isAudible), object);
  const stateProperties = ['Volume', 'Pitch', 'Lowpass'].slice(Math.abs(value) % 4);
  return target === undefined
    ? undefined
    : ['object.setStateProperties', { object: target.id, stateProperties }];
};

const assign =
  (uri: string): Maker =>
  ({ all, other, member }) => {
    const container = pick(
      all.filter(({ type }) => type === 'SwitchContainer'),
      other,
    );
    const child = pick(container?.children ?? [], member);
    const state = pick(
      all.filter(({ type }) => type === 'Switch' || type === 'State'),
      member,
    );
    if (child === undefined || state === undefined) return undefined;
    return [uri, { child: child.id, stateOrSwitch: state.id }];
  };

const addBlendTrack: Maker = ({ all, other, name }) => {
  const container = pick(
    all.filter(({ type }) => type === 'BlendContainer'),
    other,
  );
  return container === undefined ? undefined : ['blendContainer.addTrack', { object: container.id, name }];
};

const addBlendAssignment: Maker = ({ all, other, member }) => {
  const track = pick(
    all.filter(({ type }) => type === 'BlendTrack'),
    other,
  );
  const child = pick(track?.owner?.children ?? [], member);
  if (track === undefined || child === undefined) return undefined;
  return ['blendContainer.addAssignment', { object: track.id, child: child.id }];
};

const setCurve: Maker = ({ all, other, value, model }) => {
  const attenuation = pick(
    all.filter(({ type }) => type === 'Attenuation'),
    other,
  );
  if (attenuation === undefined) return undefined;
  const curveType = pick(['SpreadUsage', 'VolumeDryUsage', 'LowPassFilterUsage', 'FocusUsage'], other) ?? '';
  const use = pick(['Custom', 'None', 'UseVolumeDry'], Math.abs(value)) ?? 'Custom';
  const points = [
    { x: 0, y: 0, shape: 'Linear' },
    { x: 100, y: -Math.abs(value % 90), shape: 'Linear' },
  ];
  const platform = value % 5 === 0 ? pick(model.platforms, other) : undefined;
  const on = platform === undefined ? {} : { platform: platform.name };
  return [
    'object.setAttenuationCurve',
    { object: attenuation.id, curveType, use, points: use === 'Custom' ? points : [], ...on },
  ];
};

const setInclusions: Maker = ({ all, target, other, value }) => {
  const bank = pick(
    all.filter(({ type }) => type === 'SoundBank'),
    other,
  );
  if (bank === undefined) return undefined;
  const operation = pick(['add', 'remove', 'replace'], Math.abs(value)) ?? 'add';
  const filter = ['events', 'structures', 'media'].slice(Math.abs(value) % 3);
  return [
    'soundbank.setInclusions',
    { soundbank: bank.id, operation, inclusions: [{ object: target.id, filter }] },
  ];
};

const paste: Maker = ({ all, target, other }) => {
  const to = pick(
    all.filter(({ type }) => type === target.type),
    other,
  );
  return to === undefined ? undefined : ['object.pasteProperties', { source: target.id, targets: [to.id] }];
};

/** A line of a Dialogue Event or a Music Switch Container, with its groups where it has none yet. */
const setTable: Maker = ({ all, other, member, value, model }) => {
  const owner = pick(
    all.filter(({ type }) => type === 'MusicSwitchContainer' || type === 'DialogueEvent'),
    other,
  );
  const group = pick(
    all.filter(({ type }) => type === 'StateGroup' || type === 'SwitchGroup'),
    member,
  );
  const audioNode = pick(
    owner?.type === 'DialogueEvent' ? all.filter(({ type }) => type === 'Sound') : (owner?.children ?? []),
    member,
  );
  if (owner === undefined || group === undefined || audioNode === undefined) return undefined;
  const isNew = (model.list(owner, 'Arguments') ?? []).length === 0;
  const step = pick([...group.children, group], Math.abs(value)) ?? group;
  const entry = { type: 'MultiSwitchEntry', name: '', '@EntryPath': [step.id], '@AudioNode': audioNode.id };
  const groups = isNew ? { '@Arguments': [group.id] } : {};
  return ['object.set', { objects: [{ object: owner.id, ...groups, '@Entries': [entry] }] }];
};

const setActiveSource: Maker = ({ all, other, value, model }) => {
  const source = pick(
    all.filter(({ type }) => type === 'AudioFileSource' || type === 'SourcePlugin'),
    other,
  );
  if (source?.parent?.type !== 'Sound') return undefined;
  const platform = value % 2 === 0 ? pick(model.platforms, other) : undefined;
  const on = platform === undefined ? {} : { platform: platform.name };
  return ['sound.setActiveSource', { sound: source.parent.id, source: source.id, ...on }];
};

const setRange: Maker = ({ all, other, value }) => {
  const parameter = pick(
    all.filter(({ type }) => type === 'GameParameter'),
    other,
  );
  if (parameter === undefined) return undefined;
  const onCurveUpdate = value % 2 === 0 ? 'stretch' : 'preserveX';
  return ['gameParameter.setRange', { object: parameter.id, min: -value, max: value + 200, onCurveUpdate }];
};

/** As often as they stand here. */
const makers: readonly Maker[] = [
  create,
  create,
  create,
  setProperty,
  setProperty,
  setReference,
  setReference,
  setList,
  setList,
  setList,
  clearList,
  rename,
  rename,
  setNotes,
  transfer('object.move'),
  transfer('object.move'),
  transfer('object.copy'),
  transfer('object.copy'),
  remove,
  setLinked,
  setRandomizer,
  setStateGroups,
  setStateProperties,
  assign('switchContainer.addAssignment'),
  assign('switchContainer.addAssignment'),
  assign('switchContainer.removeAssignment'),
  addBlendTrack,
  addBlendAssignment,
  setCurve,
  setInclusions,
  paste,
  setTable,
  setTable,
  setActiveSource,
  setRange,
];

/** Not the hierarchies themselves: they are part of Wwise. */
const isFile = ({ type, parent }: WwiseObject): boolean => type === 'WorkUnit' && parent?.type !== 'Project';

/** Names that a file may have; some differ by case only. */
const fileNames = ['Guns', 'guns', 'Steps', 'Birds & Bees', 'Default Work Unit', 'Inner', 'Übung', 'A', 'b'];

const createFile: Maker = ({ all, other, member, value }) => {
  const parent = pick(
    all.filter((one) => creatableBelow(one).includes('WorkUnit')),
    other,
  );
  const name = pick(fileNames, member);
  if (parent === undefined || name === undefined) return undefined;
  const type = value % 3 === 0 ? 'Physical Folder' : 'WorkUnit';
  const onNameConflict = value % 2 === 0 ? 'rename' : 'fail';
  return ['object.create', { parent: parent.id, type, name, onNameConflict }];
};

const renameFile: Maker = ({ all, object, member }) => {
  const file = pick(all.filter(isFile), object);
  const name = pick(fileNames, member);
  return file === undefined || name === undefined
    ? undefined
    : ['object.setName', { object: file.id, value: name }];
};

const transferFile =
  (uri: string): Maker =>
  ({ all, object, other, value }) => {
    const holders = all.filter((one) => isFile(one) || holdsFiles(one));
    const moved = pick(value > 60 ? holders : all.filter(isFile), object);
    if (moved === undefined) return undefined;
    const homes = all.filter(
      (one) =>
        creatableBelow(one).includes('WorkUnit') && rootOf(one) === rootOf(moved) && !isInside(one, moved),
    );
    const home = pick(homes, other);
    if (home === undefined) return undefined;
    const onNameConflict = value % 2 === 0 ? 'rename' : 'fail';
    return [uri, { object: moved.id, parent: home.id, onNameConflict }];
  };

function isInside(object: WwiseObject, outer: WwiseObject): boolean {
  for (let at: WwiseObject | null = object; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

const removeFile: Maker = ({ all, object, value }) => {
  const file = pick(all.filter(isFile), object);
  return file === undefined || value > 0 ? undefined : ['object.delete', { object: file.id }];
};

const fileMakers: readonly Maker[] = [
  createFile,
  createFile,
  createFile,
  renameFile,
  transferFile('object.move'),
  transferFile('object.move'),
  transferFile('object.copy'),
  removeFile,
  () => ['project.save', {}],
  () => ['undo.undo', {}],
];

function pick<T>(from: readonly T[], number: number): T | undefined {
  return from[number % Math.max(1, from.length)];
}

function valueFor({ type, min = -100, max = 100, ...property }: PropertyFacts, value: number): Json {
  if (property.enum !== undefined) return pick(property.enum, Math.abs(value))?.value ?? 0;
  if (type === 'bool') return value > 0;
  if (type === 'string') return value % 2 === 0 ? '' : `a<&"${value}`;
  const inRange = Math.min(max, Math.max(min, value));
  return type.startsWith('Real') ? inRange + (inRange < max ? 0.5 : 0) : Math.round(inRange);
}

function isAudible({ type }: WwiseObject): boolean {
  return /^(Sound|ActorMixer|PropertyContainer|Bus|AuxBus|Music(Segment|Track)|.*Container)$/.test(type);
}

/** Work Units and folders, and what holds one: what is done to them is on disk at once. */
function holdsFiles(object: WwiseObject): boolean {
  return object.type === 'WorkUnit' || object.type === 'Project' || object.children.some(holdsFiles);
}
