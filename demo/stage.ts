import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { laser } from './synthesize.ts';

/** The temporary folder the demo plays in. */
export interface Stage {
  readonly dir: string;
  readonly projectDir: string;
  readonly projectFile: string;
  readonly stateDir: string;
  readonly audioFile: string;
  readonly workUnit: string;
  readonly mainBus: string;
  readonly busPath: string;
  /** Replaces the audio file by another take of the same sound. */
  recordAgain(): void;
  discard(): void;
}

/** Makes a project with the built command line, and a WAV file beside it. */
export function openStage(server: string): Stage {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-demo-')));
  const projectDir = join(dir, 'Demo');
  const projectFile = join(projectDir, 'Demo.wproj');
  const audioFile = join(dir, 'audio', 'laser_zap.wav');
  const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';
  execFileSync(process.execPath, [server, 'new', projectFile], { stdio: ['ignore', 'ignore', 'inherit'] });
  mkdirSync(join(dir, 'audio'));
  writeFileSync(audioFile, laser({ seconds: 0.35, fromHz: 2400, toHz: 180 }));
  return {
    ...{ dir, projectDir, projectFile, audioFile, mainBus },
    stateDir: join(dir, 'state'),
    workUnit: '\\Containers\\Default Work Unit',
    busPath: `${mainBus}\\SFX`,
    recordAgain: () => writeFileSync(audioFile, laser({ seconds: 0.5, fromHz: 3600, toHz: 120 })),
    discard: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }),
  };
}
