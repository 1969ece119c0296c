import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../src/core/json.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { type ProjectRoom, withProject } from '../../harness/project.ts';
import { newTempDir } from '../../harness/temp-dir.ts';
import { writeTone } from '../../harness/wave.ts';

const speed = '{B0000000-0000-4000-8000-000000000001}';
const impulse = '{B0000000-0000-4000-8000-000000000002}';
const hall = '\\Effects\\Default Work Unit\\Hall';

/** A Convolution Reverb whose data names a Game Parameter and which reads two files, one of them not there. */
const effect = `<Effect Name="Hall" ID="{B0000000-0000-4000-8000-000000000003}" PluginName="Wwise Convolution Reverb" CompanyID="0" PluginID="127" PluginType="3">
\t\t\t\t\t<ChildrenList>
\t\t\t\t\t\t<PluginMediaSource Name="IR" ID="${impulse}">
\t\t\t\t\t\t\t<PropertyList>
\t\t\t\t\t\t\t\t<Property Name="DataFileName" Type="string" Value="/Small Hall.wav"/>
\t\t\t\t\t\t\t</PropertyList>
\t\t\t\t\t\t\t<MediaIDList>
\t\t\t\t\t\t\t\t<MediaID ID="77"/>
\t\t\t\t\t\t\t</MediaIDList>
\t\t\t\t\t\t</PluginMediaSource>
\t\t\t\t\t</ChildrenList>
\t\t\t\t\t<PluginData>
\t<Curve><GameParameter Name="Speed" ID="${speed.toLowerCase()}"/></Curve>
</PluginData>
\t\t\t\t</Effect>`;

/** The same project in the layout of 2025.1 and of 2022.1 (schema 110). */
const versions = [133, 110] as const;

function projectWithPluginData(schema: number): string {
  const projectPath = join(newTempDir('plugin-data'), 'P', 'P.wproj');
  freshProject(projectPath);
  const put = (folder: string, text: string) => {
    const path = join(dirname(projectPath), folder, 'Default Work Unit.wwu');
    const list = `<ChildrenList>\n\t\t\t\t${text}\n\t\t\t</ChildrenList>`;
    writeFileSync(
      path,
      readFileSync(path, 'utf8')
        .replace(/<ChildrenList\/>|(?<=PersistMode="Standalone")\/>/, (empty) =>
          empty === '/>' ? `>\n\t\t\t${list}\n\t\t</WorkUnit>` : list,
        )
        .replace(/SchemaVersion="\d+"/, `SchemaVersion="${schema}"`),
    );
  };
  put('Effects', effect);
  put(
    'Game Parameters',
    `<GameParameter Name="Speed" ID="${speed}"/>\n\t\t\t\t<GameParameter Name="Idle" ID="{B0000000-0000-4000-8000-000000000004}"/>`,
  );
  const media = join(dirname(projectPath), 'Originals', 'Plugins', 'Wwise Convolution Reverb');
  mkdirSync(media, { recursive: true });
  writeTone(join(media, 'Small Hall.wav'), { seconds: 0.5 });
  writeTone(join(media, 'Left over.wav'));
  return projectPath;
}

function inProject(schema: number, work: (room: ProjectRoom) => Promise<void>): Promise<void> {
  return withProject(work, { projectPath: projectWithPluginData(schema) });
}

describe.each(versions)('the data of a plug-in in schema %i', (schema) => {
  it('refers to the objects whose GUIDs stand in it', () =>
    inProject(schema, async ({ done }) => {
      expect(await done('references_to', { objectId: 'GameParameter:Speed' })).toMatchObject({
        references: [{ from: { path: hall }, reference: 'PluginData', through: null, targetId: speed }],
        total: 1,
      });
      const users = await done('query_waql', { query: '$ "GameParameter:Speed" select referencesTo' });
      expect(users.objects).toMatchObject([{ path: hall }]);
    }));

  it('makes them used, and is named by what deletes them', () =>
    inProject(schema, async ({ done, refused }) => {
      const { unused } = await done('find_unused', { kind: 'gameSyncs' });
      expect(asJsonArray(unused).map((row) => asJsonObject(row).name)).toEqual(['Idle']);
      expect(JSON.stringify(await refused('delete_object', { objectId: 'GameParameter:Speed' }))).toContain(
        'PluginData',
      );
    }));
});

describe('a file that a plug-in reads', () => {
  it('is found with its facts by the object that names it', () =>
    inProject(133, async ({ done, projectPath }) => {
      const { objects } = await done('query_waql', {
        query: '$ from type Effect select children where type = "PluginMediaSource"',
        return: ['originalFilePath', 'originalRelativeFilePath', 'originalDuration', 'mediaId'],
      });
      expect(objects).toMatchObject([
        {
          id: impulse,
          originalFilePath: join(
            dirname(projectPath),
            'Originals',
            'Plugins',
            'Wwise Convolution Reverb',
            'Small Hall.wav',
          ),
          originalRelativeFilePath: 'Plugins\\Wwise Convolution Reverb\\Small Hall.wav',
          originalDuration: 0.5,
          mediaId: 77,
        },
      ]);
    }));

  it('is not unused, nor is what else lies in the folders of plug-ins', () =>
    inProject(133, async ({ done, projectPath }) => {
      writeTone(join(dirname(projectPath), 'Originals', 'SFX', 'idle.wav'));
      expect(await done('audio_files_report', { show: 'unused' })).toMatchObject({
        counts: { unused: 1, missing: 0 },
        files: [{ file: join('SFX', 'idle.wav') }],
      });
    }));
});
