import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { writeTone } from '../../../harness/wave.ts';

const containers = '\\Containers\\Default Work Unit';
let dir: string;
let projectDir: string;

beforeEach(() => {
  dir = newTempDir('remembered');
  projectDir = join(dir, 'Game');
  freshProject(join(projectDir, 'Game.wproj'));
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'empty');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const inGame = (work: (room: McpRoom) => Promise<void>) =>
  withMcp(dir, ['--project', join(projectDir, 'Game.wproj')], work);

const git = (...args: string[]): void => {
  const who = ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'core.autocrlf=false'];
  execFileSync('git', [...who, ...args], { cwd: projectDir, stdio: 'ignore' });
};

const onDisk = (): string => readFileSync(join(projectDir, 'Containers', 'Default Work Unit.wwu'), 'utf8');

/** What the memo said of a node. */
const stateOf = ({ results }: JsonObject, at: number): unknown => asJsonObject(asJsonArray(results)[at]).memo;

const workflow = () => {
  const filePath = join(dir, 'boom.wav');
  writeTone(filePath);
  return {
    name: 'Booms',
    nodes: [
      { id: 'sound', type: 'createSound', data: { name: 'Boom', parentPath: containers } },
      { id: 'audio', type: 'audioImport', data: { filePath } },
      { id: 'level', type: 'setProperty', data: { property: 'Volume', value: -6 } },
      { id: 'notes', type: 'setNotes', data: { notes: 'Loud' } },
      { id: 'save', type: 'projectSave', data: {} },
    ],
    edges: [
      { source: 'sound', target: 'audio' },
      { source: 'sound', target: 'level' },
      { source: 'sound', target: 'notes' },
      { source: 'audio', target: 'save' },
    ],
  };
};

describe('what is remembered of a project whose files somebody puts back', () => {
  it('is done and saved again after git checkout', () =>
    inGame(async (room) => {
      const first = await room.done('workflow_run', { workflow: workflow() });
      const saved = onDisk();
      expect(saved).toContain('Name="Boom"');
      expect(stateOf(first, 0)).toBe('miss');
      git('checkout', '-q', '.');
      expect(onDisk()).not.toContain('Name="Boom"');

      await room.done('workflow_run', { workflow: workflow() });
      expect(onDisk()).toContain('Name="Boom"');
      expect(onDisk()).toContain('<Comment>Loud</Comment>');
      expect(onDisk()).toMatch(/"Volume"[\s\S]{0,80}-6/);
    }));

  it('is a hit again when nothing happened, and changes no file', () =>
    inGame(async (room) => {
      await room.done('workflow_run', { workflow: workflow() });
      const saved = onDisk();
      const again = await room.done('workflow_run', { workflow: workflow() });
      expect(stateOf(again, 0)).toBe('hit');
      expect(onDisk()).toBe(saved);
    }));

  it('is imported again when the original vanished', () =>
    inGame(async (room) => {
      await room.done('workflow_run', { workflow: workflow() });
      const original = join(projectDir, 'Originals', 'SFX', 'boom.wav');
      rmSync(original);
      const again = await room.done('workflow_run', { workflow: workflow() });
      expect(stateOf(again, 1)).toBe('stale');
      expect(readFileSync(original).length).toBeGreaterThan(0);
    }));
});
