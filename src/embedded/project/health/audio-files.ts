import { closeSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HealthFinding } from '../../../core/backend/project-files.ts';
import { createFileLook } from '../../../core/files/files-in-folders.ts';
import { openRegularFile } from '../../../core/files/regular-file.ts';
import { languageDir } from '../../model/reading/read-media.ts';
import { finding, type HealthSubject } from './finding.ts';

/**
 * Original files that are there and no audio (pointers of Git LFS, empty ones, what cannot be read), and those whose name in
 * the project differs from that on disk by case: Windows finds them, a case-sensitive disk does not. Files that are not there
 * are another report's. Yields after every few files.
 */
export function* audioFindings({
  model,
  originalsDir,
}: HealthSubject): Generator<void, readonly HealthFinding[]> {
  const found: HealthFinding[] = [];
  const problems = new Map<string, string | undefined>();
  const isThere = createFileLook();
  let seen = 0;
  for (const type of ['AudioFileSource', 'MidiFileSource']) {
    for (const source of model.ofType(type)) {
      seen += 1;
      if (seen % 200 === 0) yield;
      const file = model.audioFile(source);
      if (file === undefined) continue;
      const { absolutePath, language, relativePath } = file;
      const named = join(languageDir(originalsDir, language), ...relativePath.split('\\'));
      if (!problems.has(absolutePath))
        problems.set(absolutePath, isThere(absolutePath) ? problemOf(absolutePath) : undefined);
      const problem = problems.get(absolutePath);
      if (problem !== undefined) found.push(finding('audio', model, source, `${absolutePath} ${problem}.`));
      const isOther = absolutePath !== named && absolutePath.toLowerCase() === named.toLowerCase();
      if (isOther)
        found.push(
          finding(
            'audioCase',
            model,
            source,
            `It names ${relativePath}, and the file is ${absolutePath}: a case-sensitive disk does not find it.`,
          ),
        );
    }
  }
  return found;
}

/** What is wrong with a file, in words that go on after its path; undefined for audio, and for a file that is not there. */
function problemOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (!stat.isFile()) return 'is no file';
  if (stat.size === 0) return 'is empty';
  try {
    const file = openRegularFile(path);
    try {
      const bytes = Buffer.alloc(64);
      const head = bytes.subarray(0, readSync(file, bytes, 0, 64, 0)).toString('latin1');
      if (head.startsWith('version https://git-lfs.github.com/spec/'))
        return 'is a Git LFS pointer, not audio: fetch it with git lfs pull';
      return audio.test(head) ? undefined : `is no audio file that Wwise reads`;
    } finally {
      closeSync(file);
    }
  } catch (failure) {
    return `cannot be read: ${failure instanceof Error ? failure.message : String(failure)}`;
  }
}

/** WAVE in its forms, AIFF, and MIDI files. */
const audio = /^(?:(?:RIFF|RIFX|RF64)[\s\S]{4}WAVE|FORM[\s\S]{4}AIF[FC]|MThd|riff)/;
