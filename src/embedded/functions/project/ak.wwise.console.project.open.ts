import { closeSync, readSync } from 'node:fs';
import { openRegularFile } from '../../../core/files/regular-file.ts';
import { asString } from '../../../core/json.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { projectPath, reachProject } from '../arguments/reach-project.ts';
import { defineFunction } from '../define-function.ts';

/**
 * Opens a project in place of the one that is open, whose unsaved changes are lost; the same one again reads it anew.
 * A project of an older Wwise is worked on in its own schema. Nothing has to be migrated, so `fail` never fails;
 * `migrate` is refused where Wwise would migrate.
 */
export const consoleProjectOpen = defineFunction({
  uri: 'ak.wwise.console.project.open',
  async run({ path, onMigrationRequired }, _options, { instance }) {
    const filePath = projectPath(asString(path) ?? '');
    await reachProject(filePath, async () => {
      if (onMigrationRequired === 'migrate') refuseOlder(filePath);
      await instance.openProject(filePath);
    });
    return {};
  },
});

/** That of Wwise 2025.1. */
const newestSchema = 133;

function refuseOlder(filePath: string): void {
  const schema = Number(/SchemaVersion="(\d+)"/.exec(beginning(filePath))?.[1] ?? newestSchema);
  if (schema >= newestSchema) return;
  throw waapiErrors.invalidArguments(
    `"${filePath}" has schema ${schema} and this engine does not migrate projects. Open it with onMigrationRequired "fail" to work on it in its own schema, or migrate it with Wwise.`,
    { argumentName: 'onMigrationRequired', schema },
  );
}

function beginning(filePath: string): string {
  const file = openRegularFile(filePath);
  try {
    const bytes = Buffer.alloc(2048);
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
