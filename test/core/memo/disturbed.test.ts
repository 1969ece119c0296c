import { rmSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnyCommand, CommandExample } from '../../../src/core/command.ts';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../../src/core/json.ts';
import type { Waapi } from '../../../src/wwise/connection/waapi.ts';
import { commands } from '../../../tools/catalog.ts';
import { sample } from '../../harness/amount.ts';
import {
  copyExampleProject,
  exampleInput,
  exampleProjectIn,
  makeExampleProject,
} from '../../harness/command-examples.ts';
import { type ProjectRoom, withProject } from '../../harness/project.ts';
import { newTempDir, tempDir } from '../../harness/temp-dir.ts';
import { toneBytes } from '../../harness/wave.ts';

// Every command that is remembered does its example; then another client disturbs what it claims, one thing after the other,
// and it is asked for again.

const seed = tempDir('disturbed');
beforeAll(() => makeExampleProject(seed));

type Case = readonly [name: string, command: AnyCommand, example: CommandExample];

const cases = (wanted: (command: AnyCommand) => boolean): readonly Case[] =>
  commands
    .filter((command) => command.checkedOn === undefined && wanted(command))
    .flatMap((command) =>
      (command.examples ?? [])
        .filter(({ input }) => input.preview !== true)
        .map((example): Case => [`${command.name}: ${example.title}`, command, example]),
    );

/** On a copy of the example project. */
async function inCopy(
  example: CommandExample,
  work: (room: ProjectRoom, input: JsonObject) => Promise<void>,
) {
  const dir = newTempDir('disturbed');
  try {
    copyExampleProject(seed, dir);
    // The list of files in the copy names those it was made with.
    const bus = { files: { allowedDirs: [dir, seed], startDir: dir } };
    await withProject(
      async (room) => {
        const earlier: JsonObject[] = [];
        for (const [before, given] of example.before ?? [])
          earlier.push(await room.done(before, exampleInput(given, dir, earlier)));
        await work(room, exampleInput(example.input, dir, earlier));
      },
      { projectPath: exampleProjectIn(dir), bus },
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

describe('what is remembered, disturbed by another client', () => {
  it.each(
    sample(
      cases(({ achieved }) => achieved !== undefined),
      8,
    ),
  )('%s', (_name, command, example) =>
    inCopy(example, async ({ bus, memo, waapi }, input) => {
      const ask = async () => {
        const result = await bus.dispatch(command.name, input);
        const key = result.ok ? String(result.idemKey) : '';
        const entry = await memo.get(key);
        return { result, claims: entry?.state === 'done' ? entry.claims : [] };
      };
      let { result, claims } = await ask();
      expect(result).toMatchObject({ ok: true, memo: 'miss' });
      if (claims.length === 0) return;
      expect((await ask()).result).toMatchObject({ ok: true, memo: 'hit' });

      let disturbed = 0;
      for (let at = 0; at < claims.length && at < 12; at += 1) {
        for (let nth = 0; nth < disturbances(claims[at] ?? {}).length; nth += 1) {
          if ((await disturbances(claims[at] ?? {})[nth]?.(waapi)) !== true) continue;
          disturbed += 1;
          const again = await ask();
          const what = `${command.name} after ${JSON.stringify(claims[at])}`;
          expect([what, again.result.ok ? again.result.memo : again.result.code]).not.toEqual([what, 'hit']);
          if (again.result.ok) {
            for (const claim of again.claims) expect([what, await isSo(claim, waapi)]).toEqual([what, true]);
            expect([what, (await ask()).result]).toMatchObject([what, { ok: true, memo: 'hit' }]);
            ({ claims } = again);
          } else {
            // What the call names is not there, or its name is taken: that is an answer too.
            expect([what, again.result.code]).toEqual([
              what,
              expect.stringMatching(/^(OBJECT_NOT_FOUND|NAME_CONFLICT|INVALID_INPUT)$/),
            ]);
            await waapi.call('ak.wwise.core.undo.undo');
            const back = await ask();
            expect([what, back.result]).toMatchObject([what, { ok: true }]);
            ({ claims } = back);
          }
        }
      }
      expect(disturbed).toBeGreaterThan(0);
    }),
  );
});

describe('what is never remembered', () => {
  const changing = ['create', 'update', 'destroy'];
  it.each(
    sample(
      cases(({ effect, memo }) => changing.includes(effect) && memo !== undefined),
      3,
    ),
  )('is executed each time: %s', (_name, command, example) =>
    inCopy(example, async ({ bus }, input) => {
      for (let time = 0; time < 2; time += 1) {
        const result = await bus.dispatch(command.name, input);
        if (time === 0) expect(result).toMatchObject({ ok: true });
        if (result.ok) expect(result).toMatchObject({ memo: 'off', idemKey: null });
      }
    }),
  );
});

/** True when the project was changed; false when Wwise refuses, or there is nothing to change. */
type Disturb = (waapi: Waapi) => Promise<boolean>;

function disturbances(claim: JsonObject): readonly Disturb[] {
  const { kind, id, property, value, platform, reference } = claim;
  const object = String(id);
  const call =
    (uri: string, args: JsonObject): Disturb =>
    async (waapi) => {
      try {
        await waapi.call(`ak.wwise.core.${uri}`, args);
        return true;
      } catch {
        return false;
      }
    };
  switch (kind) {
    case 'exists':
      return [
        ...(claim.name === undefined || claim.name === ''
          ? []
          : [call('object.setName', { object, value: 'Disturbed' })]),
        call('object.delete', { object }),
      ];
    case 'called':
      return [call('object.setName', { object, value: 'Disturbed' })];
    case 'notes':
      return [call('object.setNotes', { object, value: 'Disturbed' })];
    case 'reference':
      if (claim.targetId === null) return [];
      return [call('object.setReference', { object, reference: String(reference), value: noObject })];
    case 'value':
      return others(value ?? null).flatMap((other) => [
        call('object.setProperty', {
          object,
          property: String(property),
          value: other,
          ...(platform === undefined ? {} : { platform }),
        }),
        call('object.setProperty', { object, property: String(property), value: other, platform: 'Windows' }),
      ]);
    case 'holds':
      return asJsonArray(claim.items).map((item) => call('object.delete', { object: String(item) }));
    case 'curve':
      return [
        call('object.set', {
          objects: [
            {
              object,
              [String(claim.expression)]: {
                type: 'Curve',
                points: asJsonArray(claim.points)
                  .map(asJsonObject)
                  .map((point) => ({ ...point, y: Number(point.y) - 1 })),
              },
            },
          ],
        }),
      ];
    case 'call':
      return answeredOtherwise(claim, call);
    case 'gone': {
      const path = String(claim.path);
      const cut = path.lastIndexOf('\\');
      const [parent, name] = [path.slice(0, cut), path.slice(cut + 1)];
      return [call('object.create', { parent, name, type: 'Sound' })];
    }
    case 'plays':
      return [otherAudio(object), call('object.delete', { object })];
    case 'named':
      return [
        unnamed(object, String(claim.designator), call('object.setName', { object, value: 'Elsewhere' })),
      ];
    default:
      return [];
  }
}

/** The main bus answers to its usual names whatever it is called: then a rename disturbs nothing. */
function unnamed(object: string, designator: string, rename: Disturb): Disturb {
  return async (waapi) => {
    if (!(await rename(waapi))) return false;
    if (!designator.startsWith('\\')) return true;
    const answer = await waapi
      .call('ak.wwise.core.object.get', { from: { path: [designator] } }, { return: ['id'] })
      .catch(() => ({ return: [] }));
    return asJsonObject(asJsonArray(answer.return)[0]).id !== object;
  };
}

const noObject = '{00000000-0000-0000-0000-000000000000}';

function others(value: Json): readonly Json[] {
  if (typeof value === 'boolean') return [!value];
  return typeof value === 'number' ? [value === 1 ? 0 : 1] : [];
}

function answeredOtherwise(
  { uri, args, answer }: JsonObject,
  call: (uri: string, args: JsonObject) => Disturb,
): readonly Disturb[] {
  const { object, curveType, soundbank } = asJsonObject(args);
  if (curveType !== undefined)
    return [
      call('object.setAttenuationCurve', { object: String(object), curveType, use: 'None', points: [] }),
    ];
  if (soundbank !== undefined)
    return [call('soundbank.setInclusions', { soundbank, operation: 'replace', inclusions: [] })];
  return asJsonArray(answer)
    .map(asJsonObject)
    .map(({ child, stateOrSwitch }) =>
      String(uri).includes('blendContainer')
        ? call('blendContainer.removeAssignment', { object: String(object), child: String(child) })
        : call('switchContainer.removeAssignment', {
            child: String(child),
            stateOrSwitch: String(stateOrSwitch),
          }),
    );
}

/** Another person puts another sound into the Originals. */
function otherAudio(source: string): Disturb {
  return async (waapi) => {
    const row = await rowOf(source, ['originalFilePath', 'sound:originalWavFilePath'], waapi);
    const path = asString(row?.originalFilePath) ?? asString(row?.['sound:originalWavFilePath']);
    if (path === undefined || path === '') return false;
    writeFileSync(path, toneBytes({ frequencyHz: 100 }));
    return true;
  };
}

async function rowOf(
  object: string,
  returns: readonly string[],
  waapi: Waapi,
  platform?: string,
): Promise<JsonObject | undefined> {
  try {
    const answer = await waapi.call(
      'ak.wwise.core.object.get',
      { from: { id: [object] } },
      {
        return: ['id', 'name', 'type', 'parent', ...returns],
        ...(platform === undefined ? {} : { platform }),
      },
    );
    const [row] = asJsonArray(answer.return);
    return row === undefined ? undefined : asJsonObject(row);
  } catch {
    return undefined;
  }
}

/** Read by plain queries: names, parents, values, references and notes. */
async function isSo(claim: JsonObject, waapi: Waapi): Promise<boolean> {
  const { kind, id, property, value, platform, reference } = claim;
  const row = (...returns: string[]) => rowOf(String(id), returns, waapi, asString(platform));
  switch (kind) {
    case 'exists':
    case 'called': {
      const found = await row();
      const parent = asJsonObject(found?.parent).id;
      return (
        found !== undefined &&
        [found.name, undefined].includes(asString(claim.name)) &&
        (claim.parentId === undefined || claim.parentId === parent)
      );
    }
    case 'notes':
      return String((await row('notes'))?.notes).includes(String(claim.notes));
    case 'value': {
      const found = (await row(`@${String(property)}`))?.[`@${String(property)}`];
      if (typeof found === 'number') return Math.fround(found) === Math.fround(Number(value));
      return typeof found === 'object' || found === value;
    }
    case 'reference': {
      const found =
        asJsonObject((await row(`@${String(reference)}`))?.[`@${String(reference)}`]).id ?? noObject;
      return found === (claim.targetId ?? noObject);
    }
    case 'gone':
      return (await row()) === undefined;
    default:
      return true;
  }
}
