import { fileKey, flagName, type Setting } from '../../../src/config/setting.ts';

/** The page that lists every key of the configuration file. */
export function generateConfigPage(settings: readonly Setting[]): string {
  const rows = settings.flatMap((setting) => {
    const key = fileKey(setting);
    if (key === null) return [];
    return [
      `| \`${key}\` | ${written(setting)} | \`${flagName(setting)}\` | \`${setting.env}\` | ${folderRules[setting.inFolder]} |`,
    ];
  });
  return `# Keys of wwiseflow.config.json

How files are found and which source wins is in [Configuration](guides/configuration.md); what each setting means is in [Options](options.md). Besides these keys there are \`connections\`, \`secrets\`, \`environments\` and \`$schema\`. The [JSON Schema](wwiseflow.config.schema.json) of the file is part of the package.

The last column says what a file may say that was only found in the current directory.

| key | value | option | variable | found in the current directory |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

const folderRules: Readonly<Record<Setting['inFolder'], string>> = {
  any: 'allowed',
  inside: 'only inside that directory',
  never: 'refused',
};

function written({ kind, choices = [], range }: Setting): string {
  switch (kind) {
    case 'switch':
      return 'true or false';
    case 'text':
      return 'text';
    case 'address':
    case 'server':
      return 'address without secrets, or a reference';
    case 'path':
      return 'path, relative to the file';
    case 'paths':
      return 'list of paths, relative to the file';
    case 'list':
      return 'list of names';
    case 'choice':
      return choices.map((choice) => `"${choice}"`).join(', ');
    case 'number':
      return `${range?.whole === true ? 'whole number' : 'number'} of ${range?.unit ?? ''}, ${range?.least ?? ''} to ${range?.most ?? ''}`;
    case 'mappings':
      return 'list of {"local": path, "wwise": path}';
    case 'timeouts':
      return 'seconds by WAAPI function or "default"';
  }
}
