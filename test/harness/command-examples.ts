import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleProject } from '../../scripts/gen/example-project.ts';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../src/core/json.ts';
import { freshProject } from './fresh-project.ts';
import { withMcp } from './mcp-room.ts';
import { writeTone } from './wave.ts';

/** Makes in `dir` what the examples of the commands work on: the project, by its commands, and the audio beside it. */
export async function makeExampleProject(dir: string): Promise<void> {
  freshProject(exampleProjectIn(dir));
  writeAudio(dir);
  await withMcp(dir, ['--project', exampleProjectIn(dir)], async (room) => {
    for (const [command, input] of exampleProject) await room.done(command, inFolder(input, dir));
    await room.done('project_save', {});
  });
}

export function exampleProjectIn(dir: string): string {
  return join(dir, 'Game', 'Game.wproj');
}

/** An example's input as it is meant in `dir`; `$from:1:id` in it is what the first step before it gave as id. */
export function exampleInput(input: JsonObject, dir: string, earlier: readonly JsonObject[]): JsonObject {
  const value = (given: Json | undefined): Json => {
    const [, step, member] = /^\$from:(\d+):(\w+)$/.exec(asString(given) ?? '') ?? [];
    if (step !== undefined && member !== undefined) return earlier[Number(step) - 1]?.[member] ?? null;
    return Array.isArray(given) ? asJsonArray(given).map(value) : (given ?? null);
  };
  return Object.fromEntries(
    Object.entries(inFolder(input, dir)).map(([name, given]) => [name, value(given)]),
  );
}

/** What an example calls /audio lies in `dir`. */
function inFolder(input: JsonObject, dir: string): JsonObject {
  return asJsonObject(JSON.parse(JSON.stringify(input).replaceAll('"/audio', `"${dir}/audio`)));
}

/** Copies what `makeExampleProject` made; the list of audio, which names files by their paths, is the copy's own. */
export function copyExampleProject(from: string, dir: string): void {
  for (const part of ['Game', 'audio']) cpSync(join(from, part), join(dir, part), { recursive: true });
  writeAudio(dir);
}

function writeAudio(dir: string): void {
  for (const file of ['Step_1.wav', 'Step_2.wav']) writeTone(join(dir, 'audio', file));
  writeTone(join(dir, 'audio', 'new', 'Step_1.wav'), { frequencyHz: 880 });
  const rows = ['Audio File\tObject Path', `${join(dir, 'audio', 'Step_1.wav')}\t<Sound SFX>Listed`];
  writeFileSync(join(dir, 'audio', 'import.txt'), `${rows.join('\n')}\n`);
  const banks = join(dir, 'audio', 'GeneratedSoundBanks');
  mkdirSync(join(banks, 'Windows'), { recursive: true });
  writeFileSync(join(banks, 'ProjectInfo.json'), JSON.stringify({ ProjectInfo: { Project: {} } }));
  const info = { SoundBanksInfo: { Platform: 'Windows', SoundBanks: [] } };
  writeFileSync(join(banks, 'Windows', 'SoundbanksInfo.json'), JSON.stringify(info));
}
