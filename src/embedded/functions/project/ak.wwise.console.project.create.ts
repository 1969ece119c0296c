import { basename, dirname, extname } from 'node:path';
import { asJsonArray, asJsonObject, asString, type Json } from '../../../core/json.ts';
import { createProject } from '../../project/new-project/new-project.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { projectPath, reachProject } from '../arguments/reach-project.ts';
import { defineFunction } from '../define-function.ts';

/**
 * Creates an empty project, saved, and opens it in place of the one that is open, whose unsaved changes are lost. The file
 * must be NAME/NAME.wproj. Default: platform Windows, language English(US).
 */
export const consoleProjectCreate = defineFunction({
  uri: 'ak.wwise.console.project.create',
  async run({ path, platforms, languages }, _options, { instance }) {
    const filePath = projectPath(asString(path) ?? '');
    const name = basename(filePath, extname(filePath));
    if (basename(dirname(filePath)) !== name) {
      throw waapiErrors.invalidArguments(
        `The folder of a new project must have its name: ${name}/${name}.wproj, not "${filePath}".`,
        { argumentName: 'path', path: filePath },
      );
    }
    const wanted = wantedPlatforms(platforms);
    const chosen = {
      platforms: wanted.map((platform) => platform.name),
      basePlatforms: Object.fromEntries(wanted.map((platform) => [platform.name, platform.base])),
      languages: asJsonArray(languages).map(String),
    };
    await reachProject(filePath, async () => {
      createProject(filePath, chosen);
      await instance.openProject(filePath);
    });
    return {};
  },
});

function wantedPlatforms(platforms: Json | undefined): readonly { name: string; base: string }[] {
  const list = Array.isArray(platforms) ? platforms : platforms === undefined ? [] : [platforms];
  return list.map((item) => {
    const { name, basePlatform } = asJsonObject(item);
    const base = asString(basePlatform) ?? '';
    return { name: asString(name) ?? base, base };
  });
}
