import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shortIdOfGuid } from '../../src/embedded/model/ids/short-id.ts';

/** One schema of each year of Wwise: 2017.1, 2018.1, 2019.2, 2021.1, 2022.1, 2023.1, 2024.1, 2025.1. */
export const eras = [80, 89, 97, 103, 110, 119, 123, 133] as const;
export type Era = (typeof eras)[number];

/** Paths of the objects the tests reach for, by their role. */
export interface EraProject {
  readonly projectPath: string;
  readonly home: string;
  readonly mixer: string;
  readonly boom: string;
  readonly sequence: string;
  readonly surface: string;
  readonly blend: string;
  readonly nested: string;
  readonly event: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Writes a small project as Wwise of that year wrote it: RTPCs, effects, playlists in the year's own layout, a nested Work
 * Unit, unlinked values, a randomizer, plug-in data first and not, notes with CRLF, short ids of before the hash. 2017.1 has
 * a .wproj saved by the Unity integration (byte order mark, blanks before slashes), 2019.2 has CRLF throughout.
 */
export function writeEraProject(directory: string, schema: Era): EraProject {
  const is2025 = schema >= 131;
  const containers = is2025 ? 'Containers' : 'Actor-Mixer Hierarchy';
  const busses = is2025 ? 'Busses' : 'Master-Mixer Hierarchy';
  const root = join(directory, `Era${schema}`);
  const projectPath = join(root, 'Era.wproj');
  const eol = schema === 97 ? '\r\n' : '\n';
  const files = {
    containers: join(root, containers, 'Default Work Unit.wwu'),
    nested: join(root, containers, 'Inner.wwu'),
    busses: join(root, busses, 'Default Work Unit.wwu'),
    events: join(root, 'Events', 'Default Work Unit.wwu'),
    switches: join(root, 'Switches', 'Default Work Unit.wwu'),
    parameters: join(root, 'Game Parameters', 'Default Work Unit.wwu'),
    conversions: join(root, 'Conversion Settings', 'Default Work Unit.wwu'),
    effects: join(root, 'Effects', 'Default Work Unit.wwu'),
  };
  const write = (path: string, lines: readonly string[]) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, [declaration, ...lines.map(withPluginData), ''].join(eol));
  };
  const audio = is2025 ? 'Containers' : 'AudioObjects';
  write(files.containers, document(schema, audio, ids.containers, containersOf(schema)));
  write(files.nested, nestedDocument(schema, audio));
  write(files.busses, document(schema, 'Busses', ids.busses, [busOf(is2025)]));
  write(files.events, document(schema, 'Events', ids.events, [eventOf(schema)]));
  write(files.switches, document(schema, 'Switches', ids.switches, switchesOf()));
  write(files.parameters, document(schema, 'GameParameters', ids.parameters, [parameterOf()]));
  write(files.conversions, document(schema, 'Conversions', ids.conversions, [conversionOf()]));
  write(files.effects, document(schema, 'Effects', ids.effects, [shareSetOf()]));
  writeFileSync(projectPath, projectText(schema, [containers, busses], eol));
  const home = `\\${containers}\\Default Work Unit`;
  return {
    projectPath,
    home,
    mixer: `${home}\\Mixer`,
    boom: `${home}\\Mixer\\Boom`,
    sequence: `${home}\\Sequence`,
    surface: `${home}\\Surface`,
    blend: `${home}\\Blend`,
    nested: `${home}\\Mixer\\Inner`,
    event: '\\Events\\Default Work Unit\\Play_Boom',
    files,
  };
}

/** The plug-in's own data starts on the line of its Effect's tag, as many tabs in as it is deep. */
function withPluginData(text: string): string {
  const depth = /^\t*/.exec(text)?.[0].length ?? 0;
  const data = '<PluginData>\n\t<Ratio>1</Ratio>\r\n</PluginData>';
  return text.replace('@PLUGINDATA@', `${'\t'.repeat(depth + 1)}${data}`);
}

const declaration = '<?xml version="1.0" encoding="utf-8"?>';

type Lines = readonly string[];

/** An element with children, one tab deeper each. */
function tag(head: string, ...children: readonly Lines[]): Lines {
  const inside = children.flat();
  if (inside.length === 0) return [`<${head}/>`];
  const [name = ''] = head.split(' ');
  return [`<${head}>`, ...inside.map((line) => `\t${line}`), `</${name}>`];
}

function line(text: string): Lines {
  return [text];
}

function guid(number: number): string {
  return `{0000${number.toString(16).toUpperCase().padStart(4, '0')}-1111-4222-8333-444455556666}`;
}

const ids = {
  containers: guid(1),
  busses: guid(2),
  events: guid(3),
  switches: guid(4),
  parameters: guid(5),
  conversions: guid(6),
  effects: guid(7),
  inner: guid(8),
  mixer: guid(20),
  boom: guid(21),
  bang: guid(22),
  deep: guid(23),
  parameter: guid(30),
  group: guid(31),
  wood: guid(32),
  stone: guid(33),
  shareSet: guid(34),
  mainBus: '{1514A4D8-1DA6-412A-A17E-75CA0C2149F3}',
  conversion: '{6D1B890C-9826-4384-BF07-C15223E9FB56}',
};

function document(schema: Era, hierarchy: string, id: string, children: readonly Lines[]): Lines {
  const workUnit = tag(
    `WorkUnit Name="Default Work Unit" ID="${id}" PersistMode="Standalone"`,
    tag('ChildrenList', ...children),
  );
  return tag(`WwiseDocument Type="WorkUnit" ID="${id}" SchemaVersion="${schema}"`, tag(hierarchy, workUnit));
}

function nestedDocument(schema: Era, hierarchy: string): Lines {
  const parent = schema >= 103 ? ` ParentDocumentID="${ids.containers}"` : '';
  const root = `RootDocumentID="${ids.containers}"${parent}`;
  const workUnit = tag(
    `WorkUnit Name="Inner" ID="${ids.inner}" OwnerID="${ids.mixer}" PersistMode="Nested"`,
    tag('ChildrenList', soundOf('Deep', ids.deep, schema)),
  );
  return tag(
    `WwiseDocument Type="WorkUnit" ID="${ids.inner}" SchemaVersion="${schema}" ${root}`,
    tag(hierarchy, workUnit),
  );
}

function reference(name: string, target: string, id: string, workUnit: string, plugin = ''): Lines {
  return tag(
    `Reference Name="${name}"${plugin}`,
    line(`<ObjectRef Name="${target}" ID="${id}" WorkUnitID="${workUnit}"/>`),
  );
}

function inherited(is2025: boolean): readonly Lines[] {
  const bus = is2025 ? 'Main Audio Bus' : 'Master Audio Bus';
  return [
    reference('Conversion', 'Default Conversion Settings', ids.conversion, ids.conversions),
    reference('OutputBus', bus, ids.mainBus, ids.busses),
  ];
}

function containersOf(schema: Era): readonly Lines[] {
  const is2025 = schema >= 131;
  const references = tag('ReferenceList', ...inherited(is2025));
  const mixer = tag(
    // A short id of before the hash: the samples Audiokinetic ships have them.
    `${is2025 ? 'PropertyContainer' : 'ActorMixer'} Name="Mixer" ID="${ids.mixer}" ShortID="7"`,
    references,
    tag(
      'ChildrenList',
      boomOf(schema),
      soundOf('Bang', ids.bang, schema),
      line(`<WorkUnit Name="Inner" ID="${ids.inner}" PersistMode="Reference"/>`),
    ),
  );
  return [mixer, sequenceOf(schema, references), surfaceOf(schema), blendOf(schema, references)];
}

/** A Sound with one of everything a Sound can have. */
function boomOf(schema: Era): Lines {
  const id = ids.boom;
  const randomizer = tag(
    'ModifierList',
    tag(
      'ModifierInfo',
      tag(
        `Modifier Name="" ID="${guid(40)}"`,
        tag(
          'PropertyList',
          line('<Property Name="Enabled" Type="bool" Value="True"/>'),
          line('<Property Name="Max" Type="Real64" Value="100"/>'),
          line('<Property Name="Min" Type="Real64" Value="-100"/>'),
        ),
      ),
    ),
  );
  const values = tag(
    'ValueList',
    line('<Value>-6</Value>'),
    line('<Value Platform="Windows">-3</Value>'),
    line('<Value Platform="Mac">-9</Value>'),
  );
  const rtpc = rtpcOf(schema);
  return tag(
    `Sound Name="Boom" ID="${id}" ShortID="${shortIdOfGuid(id)}"`,
    line('<Comment>first &lt;line&gt;\r\nsecond "line"</Comment>'),
    tag(
      'PropertyList',
      tag('Property Name="Pitch" Type="int32"', randomizer),
      tag('Property Name="Volume" Type="Real64"', values, ...(schema < 110 ? [tag('RTPCList', rtpc)] : [])),
    ),
    tag(
      'ReferenceList',
      ...inherited(schema >= 131).slice(0, 1),
      ...(schema < 119 ? [effectReference('Effect0')] : []),
      ...inherited(schema >= 131).slice(1),
    ),
    tag('ChildrenList', sourceOf('Boom', guid(41), schema), sourceOf('Boom_alt', guid(42), schema)),
    ...(schema < 110 ? [] : [listsOf(schema, rtpc)]),
    activeSource('Boom', guid(41)),
  );
}

function rtpcOf(schema: Era): Lines {
  const curve = tag(
    `Curve Name="" ID="${guid(44)}"`,
    tag('PropertyList', line('<Property Name="Flags" Type="int32" Value="3"/>')),
    tag(
      'PointList',
      tag('Point', line('<XPos>0</XPos>'), line('<YPos>-12</YPos>'), line('<Flags>5</Flags>')),
      tag('Point', line('<XPos>100</XPos>'), line('<YPos>0</YPos>'), line('<Flags>37</Flags>')),
    ),
  );
  const input = reference('ControlInput', 'Power', ids.parameter, ids.parameters);
  const head = `RTPC Name="" ID="${guid(43)}" ShortID="${shortIdOfGuid(guid(43))}"`;
  if (schema < 110) return tag(head, tag('ReferenceList', input), curve);
  return tag(
    head,
    tag('PropertyList', line('<Property Name="PropertyName" Type="string" Value="Volume"/>')),
    tag('ReferenceList', input, tag('Reference Name="Curve"', tag('Custom', curve))),
  );
}

/** A custom effect with plug-in data: the first child of its Effect without its line break, as Wwise writes it. */
function effectReference(name: string): Lines {
  const id = guid(45);
  const plugin = 'PluginName="Wwise RoomVerb" CompanyID="0" PluginID="118" PluginType="3"';
  return tag(
    `Reference Name="${name}" ${plugin}`,
    tag('Custom', [
      `<Effect Name="Wwise RoomVerb (Custom)" ID="${id}" ShortID="${shortIdOfGuid(id)}" ${plugin}>@PLUGINDATA@`,
      '</Effect>',
    ]),
  );
}

function listsOf(schema: Era, rtpc: Lines): Lines {
  const local = (item: Lines) => (schema < 131 ? tag('Reference', tag('Local', item)) : item);
  const slot = tag(
    `EffectSlot Name="" ID="${guid(46)}" ShortID="${shortIdOfGuid(guid(46))}"`,
    tag('ReferenceList', effectReference('Effect')),
  );
  const effects = schema < 119 ? [] : [tag('ObjectList Name="Effects"', local(slot))];
  return tag('ObjectLists', ...effects, tag('ObjectList Name="RTPC"', local(rtpc)));
}

function soundOf(name: string, id: string, schema: Era): Lines {
  const source = guid(Number.parseInt(id.slice(5, 9), 16) + 100);
  return tag(
    `Sound Name="${name}" ID="${id}" ShortID="${shortIdOfGuid(id)}"`,
    tag('ReferenceList', ...inherited(schema >= 131)),
    tag('ChildrenList', sourceOf(name, source, schema)),
    activeSource(name, source),
  );
}

function sourceOf(name: string, id: string, schema: Era): Lines {
  const shortId = schema < 94 ? ` ShortID="${shortIdOfGuid(id)}"` : '';
  const media = `<MediaID ID="${shortIdOfGuid(id)}"/>`;
  return tag(
    `AudioFileSource Name="${name}" ID="${id}"${shortId}`,
    line('<Language>SFX</Language>'),
    line(`<AudioFile>${name}.wav</AudioFile>`),
    ...(schema < 94 ? [] : [tag('MediaIDList', line(media))]),
  );
}

function activeSource(name: string, id: string): Lines {
  return tag('ActiveSourceList', line(`<ActiveSource Name="${name}" ID="${id}" Platform="Linked"/>`));
}

function sequenceOf(schema: Era, references: Lines): Lines {
  const children = [
    { name: 'One', id: guid(50) },
    { name: 'Two', id: guid(51) },
  ];
  const head = `RandomSequenceContainer Name="Sequence" ID="${guid(52)}" ShortID="${shortIdOfGuid(guid(52))}"`;
  const refs = children.map(({ name, id }) => `Name="${name}" ID="${id}"`);
  const workUnit = `WorkUnitID="${ids.containers}"`;
  const items =
    schema < 119
      ? tag('Playlist', ...refs.map((ref) => line(`<ItemRef ${ref}/>`)))
      : tag(
          'ObjectLists',
          tag(
            'ObjectList Name="Playlist"',
            ...children.map(({ name, id }, at) => {
              const entry = reference('PlaylistObject', name, id, ids.containers);
              const slot = `PluginInnerObject Name="" ID="${guid(53 + at)}" PluginName="PlaylistSlot" CompanyID="0" PluginID="86"`;
              return schema >= 131
                ? tag(slot, tag('ReferenceList', entry))
                : tag('Reference', line(`<ObjectRef ${refs[at]} ${workUnit}/>`));
            }),
          ),
        );
  return tag(
    head,
    tag('PropertyList', line('<Property Name="RandomOrSequence" Type="int16" Value="0"/>')),
    references,
    tag('ChildrenList', ...children.map(({ name, id }) => soundOf(name, id, schema))),
    items,
  );
}

function surfaceOf(schema: Era): Lines {
  const child = { name: 'Step', id: guid(60) };
  const head = `SwitchContainer Name="Surface" ID="${guid(61)}" ShortID="${shortIdOfGuid(guid(61))}"`;
  const item = line(`<ItemRef Name="${child.name}" ID="${child.id}"/>`);
  const [conversion = [], bus = []] = inherited(schema >= 131);
  return tag(
    head,
    tag(
      'ReferenceList',
      conversion,
      reference('DefaultSwitchOrState', 'Wood', ids.wood, ids.switches),
      bus,
      reference('SwitchGroupOrStateGroup', 'Surface', ids.group, ids.switches),
    ),
    tag('ChildrenList', soundOf(child.name, child.id, schema)),
    tag(
      'GroupingInfo',
      tag('GroupingBehaviorList', tag('GroupingBehavior', item)),
      tag(
        'GroupingList',
        tag('Grouping', line(`<SwitchRef Name="Wood" ID="${ids.wood}"/>`), tag('ItemList', item)),
      ),
    ),
  );
}

function blendOf(schema: Era, references: Lines): Lines {
  const child = { name: 'Low', id: guid(70) };
  const head = `BlendContainer Name="Blend" ID="${guid(71)}" ShortID="${shortIdOfGuid(guid(71))}"`;
  const edge = (side: string, at: number): readonly Lines[] => [
    line(`<${side}EdgePos>${at}</${side}EdgePos>`),
    line(`<${side}FadingMode>None</${side}FadingMode>`),
  ];
  const track = tag(
    `BlendTrack Name="Blend Track" ID="${guid(72)}" ShortID="${shortIdOfGuid(guid(72))}"`,
    tag('ReferenceList', reference('LayerCrossFadeControlInput', 'Power', ids.parameter, ids.parameters)),
    tag(
      'BlendTrackAssocList',
      tag(
        'BlendTrackAssoc',
        line(`<ItemRef Name="${child.name}" ID="${child.id}"/>`),
        tag('CrossfadingInfo', ...edge('Left', 0), ...edge('Right', 100)),
      ),
    ),
  );
  return tag(
    head,
    references,
    tag('ChildrenList', soundOf(child.name, child.id, schema)),
    tag('BlendTrackList', track),
  );
}

function busOf(is2025: boolean): Lines {
  const name = is2025 ? 'Main Audio Bus' : 'Master Audio Bus';
  return tag(
    `Bus Name="${name}" ID="${ids.mainBus}"`,
    tag('ChildrenList', line(`<Bus Name="Ambience" ID="${guid(80)}"/>`)),
  );
}

function eventOf(schema: Era): Lines {
  const play = line('<Property Name="ActionType" Type="int16" Value="1"/>');
  return tag(
    `Event Name="Play_Boom" ID="${guid(81)}"`,
    tag(
      'ChildrenList',
      tag(
        `Action Name="" ID="${guid(82)}" ShortID="${shortIdOfGuid(guid(82))}"`,
        ...(schema < 94 ? [tag('PropertyList', play)] : []),
        tag('ReferenceList', reference('Target', 'Boom', ids.boom, ids.containers)),
      ),
    ),
  );
}

function switchesOf(): readonly Lines[] {
  return [
    tag(
      `SwitchGroup Name="Surface" ID="${ids.group}"`,
      tag(
        'ChildrenList',
        line(`<Switch Name="Wood" ID="${ids.wood}"/>`),
        line(`<Switch Name="Stone" ID="${ids.stone}"/>`),
      ),
    ),
  ];
}

function parameterOf(): Lines {
  return line(`<GameParameter Name="Power" ID="${ids.parameter}"/>`);
}

function conversionOf(): Lines {
  return tag(
    `Conversion Name="Default Conversion Settings" ID="${ids.conversion}"`,
    tag('PropertyList', line('<Property Name="Channels" Type="int32" Value="4"/>')),
  );
}

/** Plug-in data that is not the first child. */
function shareSetOf(): Lines {
  return tag(
    `Effect Name="Hall" ID="${ids.shareSet}" PluginName="Wwise RoomVerb" CompanyID="0" PluginID="118" PluginType="3"`,
    tag('PropertyList', line('<Property Name="ReverbTime" Type="Real32" Value="4"/>')),
    line(
      `<PluginData>\n\t<GameParameter Name="Power" ID="${ids.parameter}"/>\n\t<PluginData/>\n</PluginData>`,
    ),
  );
}

function projectText(schema: Era, [containers = '', busses = '']: readonly string[], eol: string): string {
  const roots: readonly (readonly [string, string])[] = [
    [containers, '{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}'],
    [busses, '{2388DAEA-9775-46C6-A2ED-C5222A397756}'],
    ['Conversion Settings', '{4AA12040-049C-400F-ABCD-6EED192EC1D7}'],
    ['Effects', '{41093F77-829F-4D88-8601-E8B25F3D4781}'],
    ['Events', '{A69BF0FC-D84A-487C-ABDD-56F71CB2A126}'],
    ['Game Parameters', '{4025818E-097F-4A72-B692-B8A2E2663DCB}'],
    ['Switches', '{CB6175F1-6080-4A23-92EF-0807E304D0C1}'],
  ];
  const folders = roots
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, id]) =>
      tag(
        `PhysicalFolder Path="${path}"`,
        line(`<WorkUnit Name="${path}" ID="${id}" PersistMode="Standalone"/>`),
      ),
    );
  const named = (name: string, id: number) => `Name="${name}" ID="${guid(id)}"`;
  const project = tag(
    `Project Name="Era" ID="${guid(90)}"`,
    // Not by name: the order in which they were added.
    tag(
      'Platforms',
      line(`<Platform Name="Windows" ReferencePlatform="Windows" ID="${guid(91)}"/>`),
      line(`<Platform Name="Mac" ReferencePlatform="Mac" ID="${guid(92)}"/>`),
    ),
    tag(
      'LanguageList',
      line(`<Language ${named('English(US)', 93)}/>`),
      line(`<Language ${named('External', 94)}/>`),
      line(`<Language ${named('French(France)', 95)}/>`),
      line(`<Language ${named('Mixed', 96)}/>`),
      line(`<Language ${named('SFX', 97)}/>`),
    ),
    tag('MiscSettings', line('<MiscSettingEntry Name="Cache"><![CDATA[.cache]]></MiscSettingEntry>')),
    line(`<DefaultConversion Name="Default Conversion Settings" ID="${ids.conversion}"/>`),
    tag('PhysicalFolderList', ...folders),
  );
  const text = [
    declaration,
    ...tag(
      `WwiseDocument Type="Project" ID="${guid(98)}" SchemaVersion="${schema}"`,
      tag('ProjectInfo', project),
    ),
    '',
  ].join(eol);
  return schema === 80 ? `\uFEFF${text.replaceAll('/>', ' />')}` : text;
}
