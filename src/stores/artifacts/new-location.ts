import { randomBytes } from 'node:crypto';
import type { ArtifactKey } from '../../core/stores/artifact-store.ts';
import { fileNamePart, folderName } from './safe-names.ts';

/** A place where nothing lies yet: `{kind}/{workspace}/{run}/{random}-{name}`. */
export function newLocation({ kind, run, name }: ArtifactKey, workspace: string): string {
  const file = `${randomBytes(6).toString('hex')}-${fileNamePart(name)}`;
  return [folderName(kind), folderName(workspace), folderName(run), file].join('/');
}
