import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openProject } from '../../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../../src/embedded/project/opened-project.ts';
import { runQuery } from '../../../src/embedded/waql/run-query.ts';
import type { View } from '../../../src/embedded/waql/view.ts';
import { WaapiError } from '../../../src/wwise/connection/backend.ts';
import { writeTone } from '../../harness/wave.ts';

const fixture = fileURLToPath(new URL('../../fixtures/waql-project', import.meta.url));

export interface FixtureProject {
  readonly project: OpenedProject;
  readonly directory: string;
  /** Names of what a query finds; objects without a name show as `<Type>`. */
  names(waql: string, view?: View): string[];
  /** The error a query ends with. */
  refusal(waql: string): WaapiError;
  close(): void;
}

/** A small hand-made project in a folder of its own, with the audio files of three of its four sources. */
export async function openFixture(): Promise<FixtureProject> {
  const directory = mkdtempSync(join(tmpdir(), 'waql-'));
  cpSync(fixture, directory, { recursive: true });
  writeTone(join(directory, 'Originals/SFX/Steps/walk_01.wav'), { seconds: 2, channels: 2 });
  writeTone(join(directory, 'Originals/SFX/walk_02.wav'), { seconds: 0.75, sampleRate: 16_000 });
  writeTone(join(directory, 'Originals/Voices/English(US)/hello.wav'), { seconds: 1.25 });
  const project = await openProject(join(directory, 'Waql.wproj'));
  return {
    project,
    directory,
    names: (waql, view) =>
      Array.from(runQuery(project.model, waql, view), ({ name, type }) => (name === '' ? `<${type}>` : name)),
    refusal(waql) {
      try {
        Array.from(runQuery(project.model, waql));
      } catch (thrown) {
        if (thrown instanceof WaapiError) return thrown;
        throw thrown;
      }
      throw new Error(`was not refused: ${waql}`);
    },
    close() {
      project.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
