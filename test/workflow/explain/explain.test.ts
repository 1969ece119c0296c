import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { explainFlow } from '../../../src/facades/cli/explain.ts';
import { printTo } from '../../../src/facades/cli/print.ts';
import { appIn } from '../../harness/app-in.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { openHttpRoom } from '../../harness/http-room.ts';
import { withMcp } from '../../harness/mcp-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const dir = tempDir('explain');
const unit = '\\Containers\\Default Work Unit';

const steps: JsonObject = {
  workflowId: 'steps',
  name: 'Steps by surface',
  onError: 'rollback',
  inputs: {
    surfaces: { type: 'array', description: 'names of surfaces' },
    name: { type: 'string', description: 'name of the container', default: 'Steps' },
  },
  nodes: [
    { id: 'box', type: 'createObject', data: { type: 'Folder', name: '$input:name', parentPath: unit } },
    {
      id: 'each',
      type: 'forEach',
      data: {
        items: '$input:surfaces',
        nodes: [
          {
            id: 'take',
            type: 'createSound',
            data: { name: 'Step_{{ item }}', parentPath: '$from:box:$output:objectId' },
          },
        ],
        edges: [],
      },
    },
    {
      id: 'asked',
      type: 'askUser',
      data: { template: { fields: [{ name: 'go', type: 'yesNo', label: 'Save' }] } },
    },
    { id: 'save', type: 'projectSave', when: '{{ nodes.asked.go }}' },
  ],
  edges: [{ source: 'asked', target: 'save' }],
};

/** Works with every tool over a new project. */
async function explained<T>(
  name: string,
  work: (explain: (given: JsonObject) => Promise<JsonObject>) => Promise<T>,
) {
  const room = join(dir, name);
  const project = join(room, 'Game', 'Game.wproj');
  freshProject(project);
  return withMcp(room, ['--project', project], ({ call }) =>
    work((given) => call('workflow_explain', given)),
  );
}

describe('the explanation of a workflow', () => {
  it('says in sentences what it needs, does, asks and what cannot be rolled back', async () => {
    await explained('says', async (explain) => {
      const { data } = await explain({ workflow: steps });
      expect(data).toEqual({
        workflowId: 'steps',
        about: [
          expect.stringMatching(/^Steps by surface: 5 steps, about \d+ calls beside those of each item\.$/),
          'Makes something new: box, each[].take.',
          'Waits for all earlier changes: save.',
          'Asks a person: asked.',
          expect.stringMatching(/^save cannot be rolled back\. /),
          'When a step fails, everything is rolled back.',
        ],
        inputs: [
          'surfaces (array): names of surfaces; must be given.',
          'name (string): name of the container; "Steps" when it is left out.',
        ],
        steps: [
          expect.stringMatching(
            /^1\. box: Create object: type: "Folder"; name: the input name; parentPath: /,
          ),
          '2. each: For each: items: the input surfaces. For each item the 1 step below.',
          '2.1. take: Create sound: name: "Step_<the item>"; parentPath: objectId of box.',
          '3. asked: Ask: template: {fields: ["Save" (yesNo)]}.',
          '4. save: Save project. Only when go of asked holds.',
        ],
        cursor: null,
      });
    });
  });

  it('is refused with the problems of a workflow that does not compile', async () => {
    await explained('refused', async (explain) => {
      const workflow = { nodes: [{ id: 'a', type: 'createSond' }] };
      expect(await explain({ workflow })).toMatchObject({ ok: false, code: 'UNKNOWN_COMMAND' });
    });
  });

  it('goes on by its cursor where the steps do not fit one answer', async () => {
    await explained('pages', async (explain) => {
      const long = 'a sentence that goes on '.repeat(6);
      const nodes = Array.from({ length: 400 }, (_, n) => ({
        id: `s${n}`,
        type: 'say',
        data: { text: `${n} ${long}` },
      }));
      const found: unknown[] = [];
      let cursor: unknown;
      do {
        const given = { workflow: { nodes }, ...(typeof cursor === 'string' ? { cursor } : {}) };
        const data = asJsonObject((await explain(given)).data);
        found.push(...asJsonArray(data.steps));
        cursor = data.cursor;
      } while (cursor !== null);
      expect(found.map((step) => String(step).split('.')[0])).toEqual(nodes.map((_, n) => String(n + 1)));
    });
  });

  it('is the same over the command line and HTTP', async () => {
    const room = join(dir, 'ways');
    const project = join(room, 'project', 'Test.wproj');
    freshProject(project);
    const flowPath = join(room, 'steps.json');
    writeFileSync(flowPath, JSON.stringify(steps));
    const app = appIn(room, ['--project', project, '--state', join(room, 'cli')]);
    const printed: string[] = [];
    const print = printTo((text) => printed.push(text));
    expect(await explainFlow({ flowPath, json: true }, await app.openService(), print)).toBe(0);
    await app.close();
    const said = asJsonObject(JSON.parse(printed.join('')));
    const served = await openHttpRoom(room);
    const { data } = await served.ask('POST /workflows/explain', steps);
    await served.close();
    expect(data).toMatchObject({ ...said });
  });

  it.each(readdirSync('templates').filter((name) => name.endsWith('.json')))(
    'reads well for the template %s',
    async (file) => {
      await explained(file, async (explain) => {
        const answer = await explain({ workflow: JSON.parse(readFileSync(join('templates', file), 'utf8')) });
        expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true });
        expect(JSON.stringify(answer.data)).not.toMatch(/undefined|\[object|\$from:|\$input:/);
      });
    },
  );
});
