import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkProject } from '../../../src/embedded/project/compare/check.ts';
import { appIn } from '../../harness/app-in.ts';
import { withProject } from '../../harness/project.ts';
import { guidOf, type SickProject, sickProject } from '../../harness/sick-project.ts';
import { newTempDir } from '../../harness/temp-dir.ts';

let dir = '';
let project: SickProject;
let first = '';
beforeEach(() => {
  dir = newTempDir('repair');
  project = sickProject(dir);
  const wind = `<Sound Name="Wind" ID="${guidOf(2)}" ShortID="2"/>`;
  first = project.workUnit('Containers/Amb.wwu', 'Containers', 1, wind);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function inApp(work: (call: (command: string, input: object) => Promise<unknown>) => Promise<void>) {
  const app = appIn(dir, ['--project', project.projectPath, '--state', `${dir}/state`]);
  try {
    const bus = await app.openBus();
    await work((command, input) => bus.dispatch(command, input));
  } finally {
    await app.close();
  }
}

/** What refers to each other inside the copy. */
const copied = `<Event Name="Play" ID="${guidOf(31)}"><ChildrenList><Action Name="" ID="${guidOf(32)}" ShortID="32"/></ChildrenList></Event><Event Name="Post" ID="${guidOf(33)}"><ChildrenList><Action Name="" ID="${guidOf(34)}" ShortID="34"><ReferenceList><Reference Name="Target"><ObjectRef Name="Play" ID="${guidOf(31)}" WorkUnitID="${guidOf(30)}"/></Reference></ReferenceList></Action></ChildrenList></Event>`;

describe('project_repair', () => {
  it('looks first, then gives a copied Work Unit GUIDs and a name of its own, inside which references follow', async () => {
    const events = project.workUnit('Events/Ev.wwu', 'Events', 30, copied);
    const copy = project.workUnit('Events/Ev - Copy.wwu', 'Events', 30, copied, 'Ev');
    const before = readFileSync(events);
    await inApp(async (call) => {
      expect(await call('project_repair', {})).toMatchObject({
        data: {
          total: 1,
          done: false,
          repairs: [{ type: 'WorkUnit', filePath: copy, firstFilePath: events, below: 4 }],
        },
      });
      expect(readFileSync(copy, 'utf8')).toContain(guidOf(31));
      expect(await call('project_repair', { action: 'newIds', confirm: true })).toMatchObject({
        data: { total: 1, done: true, note: expect.stringContaining('Neither undo nor a roll back') },
      });
      expect(
        await call('query_waql', { query: 'from type Event orderby name', return: ['path'] }),
      ).toMatchObject({
        data: {
          objects: [
            { path: '\\Events\\Ev\\Play' },
            { path: '\\Events\\Ev - Copy\\Play_01' },
            { path: '\\Events\\Ev\\Post' },
            { path: '\\Events\\Ev - Copy\\Post_01' },
          ],
        },
      });
    });
    expect(readFileSync(events)).toEqual(before);
    const text = readFileSync(copy, 'utf8');
    for (const number of [30, 31, 32, 33, 34]) expect(text).not.toContain(guidOf(number));
    const [, id] = /<Event Name="Play_01" ID="([^"]*)"/.exec(text) ?? [];
    expect(text).toContain(`<ObjectRef Name="Play_01" ID="${id}"`);
    expect(checkProject(project.projectPath)).toMatchObject({ duplicates: [], health: [], differences: [] });
  });

  it('removes what a merge tool left, and leaves other files alone', async () => {
    const left = project.workUnit(
      'Containers/Amb_BASE_123.wwu',
      'Containers',
      1,
      `<Sound Name="Wind" ID="${guidOf(2)}" ShortID="2"/>`,
      'Amb',
    );
    await inApp(async (call) => {
      for (const file of ['/no/such.wwu', first])
        expect(
          await call('project_repair', { action: 'remove', confirm: true, files: [left, file] }),
        ).toMatchObject({
          code: 'INVALID_INPUT',
          error: `Nothing stands twice in "${file}".`,
          details: { candidates: [left] },
        });
      expect(await call('project_repair', { action: 'remove', files: [left], confirm: true })).toMatchObject({
        data: { done: true },
      });
    });
    expect([existsSync(left), existsSync(first)]).toEqual([false, true]);
    expect(checkProject(project.projectPath)).toMatchObject({ duplicates: [], health: [] });
  });

  it('shows what it would do, and says that it cannot be undone, before it is confirmed', async () => {
    const wind = `<Sound Name="Wind" ID="${guidOf(2)}" ShortID="2"/>`;
    const left = project.workUnit('Containers/Amb_BASE_123.wwu', 'Containers', 1, wind, 'Amb');
    const before = readFileSync(left);
    await inApp(async (call) => {
      for (const [action, newName] of [
        ['newIds', 'Amb_BASE_123'],
        ['remove', null],
      ] as const) {
        const repairs = [{ type: 'WorkUnit', name: 'Amb', below: 1, filePath: left, newName }];
        expect(await call('project_repair', { action, preview: true })).toMatchObject({
          data: { repairs, done: false },
        });
        expect(await call('project_repair', { action })).toMatchObject({
          code: 'CONFIRMATION_REQUIRED',
          error: expect.stringContaining('undo does not bring back'),
          details: { repairs },
        });
      }
      expect(await call('project_repair', { files: ['Containers\\Amb_BASE_123.wwu'] })).toMatchObject({
        data: { total: 1 },
      });
    });
    expect(readFileSync(left)).toEqual(before);
  });

  it.each(['newIds', 'remove'])('repairs one object among others in a file: %s', async (action) => {
    const wind = `<Sound Name="Wind" ID="${guidOf(2)}" ShortID="2"/><Sound Name="Rain" ID="${guidOf(5)}" ShortID="5"/>`;
    const other = project.workUnit('Containers/Foley.wwu', 'Containers', 4, wind);
    await inApp(async (call) => {
      expect(await call('project_repair', { action, confirm: true })).toMatchObject({
        data: { total: 1, done: true },
      });
      const found = await call('query_waql', { query: 'from type Sound', return: ['name'] });
      expect(found).toMatchObject({ data: { total: action === 'remove' ? 2 : 3 } });
    });
    const text = readFileSync(other, 'utf8');
    expect(text).toContain(guidOf(5));
    expect(text).not.toContain(guidOf(2));
    expect(text.includes('Name="Wind"')).toBe(action === 'newIds');
    expect(checkProject(project.projectPath)).toMatchObject({ duplicates: [], health: [], differences: [] });
  });

  it('is what a path leads to at which the second one stands, which its file distinguishes from the first', async () => {
    const other = project.workUnit(
      'Containers/Foley.wwu',
      'Containers',
      4,
      `<Sound Name="Rain" ID="${guidOf(2)}" ShortID="2"/>`,
    );
    await inApp(async (call) => {
      expect(await call('get_object', { objectId: '\\Containers\\Foley\\Rain' })).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
        error: expect.stringContaining(`in ${other} has the GUID of "\\Containers\\Amb\\Wind"`),
        hint: expect.stringContaining(`project_repair with action newIds and files ["${other}"]`),
      });
      expect(await call('get_object', { objectId: '\\Containers\\Foley\\Wind' })).toMatchObject({
        error: expect.not.stringContaining('GUID'),
      });
      const query = `$ from type Sound where filePath = "${other}"`;
      expect(await call('query_waql', { query, return: ['path'] })).toMatchObject({
        data: { objects: [{ id: guidOf(2), name: 'Rain', path: '\\Containers\\Foley\\Rain' }] },
      });
    });
  });

  it('waits for unsaved edits to be saved, and says where it cannot repair', async () => {
    project.workUnit(
      'Containers/Foley.wwu',
      'Containers',
      4,
      `<Sound Name="W" ID="${guidOf(2)}" ShortID="2"/>`,
    );
    await inApp(async (call) => {
      await call('create_sound', { name: 'New', parentPath: '\\Containers\\Default Work Unit' });
      expect(await call('project_repair', { action: 'remove', confirm: true })).toMatchObject({
        code: 'CONFIRMATION_REQUIRED',
        error: expect.stringContaining('unsaved'),
      });
    });
    await withProject(async ({ refused }) => {
      expect(await refused('project_repair', {})).toMatchObject({ code: 'INVALID_INPUT' });
    });
  });
});
