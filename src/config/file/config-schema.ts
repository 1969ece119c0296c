import type { JsonObject } from '../../core/json.ts';
import type { NumberRange, Setting } from '../setting.ts';
import { environmentNames } from '../settings.ts';
import { environmentShape, fileShape, type Shape, sectionShape } from './shape.ts';

/** The JSON Schema (draft 2020-12) of a configuration file, made from the table of settings. Strict: every key is known. */
export function configSchema(): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'wwiseflow.config.json',
    ...objectOf(fileShape),
    $defs: {
      text,
      secret: {
        description: 'Where a secret stands: an environment variable, or a file that holds it.',
        oneOf: ['env', 'file'].map((name) => strict({ [name]: { $ref: '#/$defs/text' } }, [name])),
      },
      address: {
        description: 'ws://, wss:// or http://, without user, password and token; or a reference to it.',
        anyOf: [{ type: 'string', pattern: '^(wss?|http)://[^@]+$' }, { $ref: '#/$defs/secret' }],
      },
      database: {
        description: 'A file of SQLite, or where the address of a PostgreSQL database stands.',
        oneOf: [
          strict({ sqlite: { $ref: '#/$defs/text' }, write }, ['sqlite']),
          strict({ postgres: { $ref: '#/$defs/secret' }, write }, ['postgres']),
        ],
      },
      connection: {
        description: 'A running Wwise or a project file.',
        oneOf: [
          strict({ project: { $ref: '#/$defs/text' } }, ['project']),
          strict({ wwise: { $ref: '#/$defs/address' } }, ['wwise']),
          strict(
            {
              wwise: { type: 'string', pattern: '^(wss?|http)://[^@]+$' },
              user: { $ref: '#/$defs/text' },
              password: { $ref: '#/$defs/secret' },
            },
            ['wwise', 'user', 'password'],
          ),
        ],
      },
    },
  };
}

const write: JsonObject = {
  type: 'boolean',
  description: 'Workflows may write to it. Default: they only read.',
};

const text: JsonObject = { type: 'string', pattern: '\\S' };

function objectOf(shape: Shape): JsonObject {
  const members: [string, JsonObject][] = [
    ...[...shape.settings].map(([key, setting]): [string, JsonObject] => [key, settingSchema(setting)]),
    ...shape.sections.map((section): [string, JsonObject] => [section, objectOf(sectionShape(section))]),
    ...shape.others.map((name): [string, JsonObject] => [name, otherSchema(name)]),
  ];
  return strict(Object.fromEntries(members));
}

function otherSchema(name: Shape['others'][number]): JsonObject {
  if (name === '$schema') return { type: 'string', description: 'Where this schema is, for editors.' };
  if (name === 'environments') {
    const sections = environmentNames.map((known): [string, JsonObject] => [
      known,
      objectOf(environmentShape),
    ]);
    return {
      ...strict(Object.fromEntries(sections)),
      description: 'What holds in an environment, over what stands at the top. Chosen by --env.',
    };
  }
  if (name === 'secrets')
    return {
      type: 'object',
      propertyNames: { pattern: '^([A-Za-z0-9._-]{1,64}/)?[A-Za-z_][A-Za-z0-9_]{0,63}$' },
      additionalProperties: { $ref: '#/$defs/secret' },
      description:
        'What workflows read as {{ secrets.NAME }}, by name; WORKSPACE/NAME is for that workspace alone.',
    };
  if (name === 'databases')
    return {
      type: 'object',
      propertyNames: { pattern: '^([A-Za-z0-9._-]{1,64}/)?[A-Za-z_][A-Za-z0-9_-]{0,63}$' },
      additionalProperties: { $ref: '#/$defs/database' },
      description:
        'Databases that inputs and outputs of workflows name; WORKSPACE/NAME is for that workspace alone.',
    };
  return {
    type: 'object',
    additionalProperties: { $ref: '#/$defs/connection' },
    description: 'Connections by name. Chosen by --connection.',
  };
}

function settingSchema(setting: Setting): JsonObject {
  const { description, otherwise } = setting;
  return { ...valueSchema(setting), description: `${description}. Default: ${otherwise}` };
}

function valueSchema({ kind, choices = [], range, schemes = [] }: Setting): JsonObject {
  switch (kind) {
    case 'switch':
      return { type: 'boolean' };
    case 'text':
    case 'path':
      return { $ref: '#/$defs/text' };
    case 'address':
      return { $ref: '#/$defs/address' };
    case 'server':
      return {
        anyOf: [{ type: 'string', pattern: `^(${schemes.join('|')})://[^@]+$` }, { $ref: '#/$defs/secret' }],
      };
    case 'choice':
      return { enum: [...choices] };
    case 'number':
      return numberSchema(range);
    case 'list':
    case 'paths':
      return { type: 'array', items: { $ref: '#/$defs/text' } };
    case 'mappings':
      return {
        type: 'array',
        items: strict({ local: { $ref: '#/$defs/text' }, wwise: { $ref: '#/$defs/text' } }, [
          'local',
          'wwise',
        ]),
      };
    case 'timeouts':
      return {
        type: 'object',
        propertyNames: { pattern: '^(default|ak(\\.\\w+)+)$' },
        additionalProperties: numberSchema(range),
      };
  }
}

function numberSchema(range: NumberRange | undefined): JsonObject {
  const limits = range === undefined ? {} : { minimum: range.least, maximum: range.most };
  return { type: range?.whole === true ? 'integer' : 'number', ...limits };
}

function strict(properties: JsonObject, required: readonly string[] = []): JsonObject {
  const needed = required.length === 0 ? {} : { required: [...required] };
  return { type: 'object', additionalProperties: false, properties, ...needed };
}
