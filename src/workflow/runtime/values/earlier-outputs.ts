import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import { asJsonObject, type JsonObject } from '../../../core/json.ts';

/**
 * The file of an output that journals of version 2 and before have as `{ artifact, bytes }`: an absolute path in the folder of
 * the run, which may have been moved since. Undefined for what is an output itself.
 */
export function earlierOutputFile(data: JsonObject, dir: string): string | undefined {
  const { artifact, bytes } = data;
  if (typeof artifact !== 'string' || typeof bytes !== 'number' || Object.keys(data).length !== 2)
    return undefined;
  // The path may be one of Windows, read elsewhere.
  const file = join(dir, basename(artifact.replaceAll('\\', '/')));
  return existsSync(file) ? file : undefined;
}

export async function readEarlierOutput(file: string): Promise<JsonObject> {
  const output: unknown = JSON.parse(readRegularFile(file).toString('utf8'));
  return asJsonObject(output);
}
