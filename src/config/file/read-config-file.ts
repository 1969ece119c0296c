import { dirname } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { isJsonObject, type Json } from '../../core/json.ts';
import { didYouMean } from '../../core/text/nearest.ts';
import { environmentNames } from '../settings.ts';
import type { ConfigDisk, ConfigFile, ConfigSection } from './config-file.ts';
import { folderProblems } from './folder-file.ts';
import { JsonTextError, parseJsonText } from './parse-json-text.ts';
import { type ConfigProblem, errorOf, memberPointer } from './problems.ts';
import { readSection, type SectionPosition } from './read-section.ts';
import type { ReportConfigProblem } from './read-setting.ts';
import { environmentShape, fileShape } from './shape.ts';

/**
 * A configuration file, checked as a whole; undefined when there is none at that path.
 * @throws WwiseFlowError FILE_UNREADABLE for what cannot be read or is not JSON, with line and column; INVALID_INPUT with
 * every problem and its JSON pointer; PATH_NOT_ALLOWED where a file that is not trusted leads out of its folder.
 */
export function readConfigFile(path: string, trusted: boolean, disk: ConfigDisk): ConfigFile | undefined {
  const text = textOf(path, disk);
  if (text === undefined) return undefined;
  const problems: ConfigProblem[] = [];
  const report: ReportConfigProblem = (problem) => {
    problems.push(problem);
    return undefined;
  };
  const value = parsed(path, text);
  const position = { file: path, dir: dirname(path), environment: null, pointer: '', report };
  const base = readSection(value, fileShape, position);
  const file: ConfigFile = { path, trusted, base, environments: readEnvironments(value, position) };
  if (!trusted) problems.push(...folderProblems(file, disk));
  if (problems.length > 0) throw errorOf(path, problems);
  return file;
}

function readEnvironments(value: Json, position: SectionPosition): Map<string, ConfigSection> {
  const sections = new Map<string, ConfigSection>();
  if (!isJsonObject(value)) return sections;
  const { $schema, environments = {} } = value;
  if ($schema !== undefined && typeof $schema !== 'string')
    position.report({
      pointer: '/$schema',
      message: 'must be a text.',
      hint: 'Name the schema file, or leave it out.',
    });
  const pointer = memberPointer(position.pointer, 'environments');
  if (!isJsonObject(environments)) {
    position.report({
      pointer,
      message: 'must be an object.',
      hint: `Its members are ${environmentNames.join(', ')}.`,
    });
    return sections;
  }
  for (const [name, section = null] of Object.entries(environments)) {
    const at = memberPointer(pointer, name);
    if (environmentNames.some((known) => known === name)) {
      sections.set(
        name,
        readSection(section, environmentShape, { ...position, environment: name, pointer: at }),
      );
    } else {
      const message = `is no environment.${didYouMean(name, environmentNames)}`;
      position.report({ pointer: at, message, hint: `There is ${environmentNames.join(', ')}.` });
    }
  }
  return sections;
}

function textOf(path: string, { readText }: ConfigDisk): string | undefined {
  try {
    return readText(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError('FILE_UNREADABLE', `The configuration file ${path} cannot be read: ${reason}.`, {
      hint: 'Make it readable, or start with --config and another file.',
      details: { file: path },
      cause,
    });
  }
}

function parsed(path: string, text: string): Json {
  try {
    return parseJsonText(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    if (!(thrown instanceof JsonTextError)) throw thrown;
    const { line, column, message } = thrown;
    throw new WwiseFlowError(
      'FILE_UNREADABLE',
      `${path} is not JSON: line ${line}, column ${column}: ${message}.`,
      { hint: 'Repair the JSON there; comments are not allowed.', details: { file: path, line, column } },
    );
  }
}
