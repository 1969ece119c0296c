import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { createEngine } from '../../../src/embedded/create-engine.ts';
import { getSchema } from '../../../src/embedded/functions/reflection/ak.wwise.waapi.getSchema.ts';
import { checkArguments, checkTopicOptions } from '../../../src/embedded/protocol/check-arguments.ts';
import { functionSchemas, topicSchemas } from '../../../src/embedded/protocol/schemas.gen.ts';
import { WaapiError } from '../../../src/wwise/connection/backend.ts';
import { sample } from '../../harness/amount.ts';

function refusal(check: () => void): WaapiError {
  try {
    check();
  } catch (error) {
    if (error instanceof WaapiError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

const guid = '{A1A1A1A1-0000-0000-0000-000000000000}';

describe('checking arguments', () => {
  it.each([
    ['ak.wwise.core.object.get', { waqll: '$ from type Sound' }, 'Argument waqll is unknown.', 'waqll'],
    ['ak.wwise.core.object.create', { type: 'Sound', name: 'A' }, 'Argument parent is missing.', 'parent'],
    [
      'ak.wwise.core.object.create',
      { type: 'Sound', name: 'A', parent: 'Default Work Unit' },
      'Argument parent is invalid: "Default Work Unit" is not Type:Name, a GUID in braces or an absolute path that starts with a backslash.',
      'parent',
    ],
    [
      'ak.wwise.core.object.create',
      { type: 'Sound', name: 'A', parent: guid, onNameConflict: 'overwrite' },
      'Argument onNameConflict is invalid: "overwrite" is none of rename, replace, fail, merge.',
      'onNameConflict',
    ],
    [
      'ak.wwise.core.object.create',
      { type: 'Sound', name: 'A', parent: guid, children: [{ type: 'Sound' }] },
      'Argument children[0].name is missing.',
      'children[0].name',
    ],
    [
      'ak.wwise.core.object.create',
      { type: 'Sound', name: 7, parent: guid },
      'Argument name is invalid: 7 must be string.',
      'name',
    ],
    [
      'ak.wwise.core.object.getPropertyAndReferenceNames',
      {},
      'Argument object or classId is missing.',
      'object or classId',
    ],
    ['ak.wwise.core.object.getPropertyInfo', { object: guid }, 'Argument property is missing.', 'property'],
  ])('%s %j: %s', (uri, args, message, argumentName) => {
    const error = refusal(() => checkArguments(uri, args, {}));
    expect(error.uri).toBe('ak.wwise.invalid_arguments');
    expect(error.message).toBe(message);
    expect(error.details).toMatchObject({ typeUri: 'ak.wwise.schema_validation_failed', argumentName });
  });

  it('suggests the argument that was probably meant', () => {
    const error = refusal(() =>
      checkArguments('ak.wwise.core.object.setName', { object: guid, valeu: 'A' }, {}),
    );
    expect(error.details.reasons).toEqual(['Did you mean "value"?']);
  });

  it('names options apart from arguments', () => {
    const error = refusal(() =>
      checkArguments('ak.wwise.core.object.get', { waql: '$' }, { returns: ['id'] }),
    );
    expect([error.uri, error.details.argumentName]).toEqual(['ak.wwise.invalid_options', 'returns']);
    expect(refusal(() => checkTopicOptions('ak.wwise.core.object.created', { object: guid })).uri).toBe(
      'ak.wwise.invalid_options',
    );
  });

  it('accepts property members, any return expression and every way to name an object', () => {
    const args = { type: 'Sound', name: 'A', parent: 'Event:Play', '@Volume': -3 };
    expect(() => checkArguments('ak.wwise.core.object.create', args, {})).not.toThrow();
    const options = { return: ['id', '@Volume', 'parent.name as parent'] };
    expect(() => checkArguments('ak.wwise.core.object.get', { waql: '$ "\\Events"' }, options)).not.toThrow();
  });

  it('can compile the schemas of every documented function and topic', () => {
    const nonsense = { 'no such member': true };
    for (const uri of Object.keys(functionSchemas)) {
      const outcome = () => checkArguments(uri, nonsense, {});
      if (functionSchemas[uri]?.args.additionalProperties === false) expect(outcome, uri).toThrow(WaapiError);
      else expect(outcome, uri).not.toThrow(TypeError);
    }
    for (const uri of Object.keys(topicSchemas)) {
      expect(() => checkTopicOptions(uri, nonsense), uri).toThrow(WaapiError);
    }
  });
});

describe('ak.wwise.waapi.getSchema', () => {
  const engine = createEngine({ openProject: null, functions: [getSchema], log: silentLog });
  const session = engine.openSession();
  const schemaOf = (uri: string) => session.call('ak.wwise.waapi.getSchema', { uri }, {});

  it('gives schemas that stand alone, for every documented function and topic', async () => {
    const ajv = new Ajv({ strict: false });
    const compiles = (schema: object) => {
      // What one defines is not there for the next.
      ajv.removeSchema();
      ajv.compile(schema);
    };
    for (const uri of sample(Object.keys(functionSchemas), 40)) {
      const { argsSchema, optionsSchema, resultSchema } = await schemaOf(uri);
      for (const schema of [argsSchema, optionsSchema, resultSchema]) {
        expect(() => compiles(Object(schema)), uri).not.toThrow();
      }
    }
    for (const uri of sample(Object.keys(topicSchemas), 10)) {
      const { optionsSchema, publishSchema } = await schemaOf(uri);
      for (const schema of [optionsSchema, publishSchema]) {
        expect(() => compiles(Object(schema)), uri).not.toThrow();
      }
    }
  });

  it('refuses a name nobody knows with the nearest one', async () => {
    await expect(schemaOf('ak.wwise.core.object.setname')).rejects.toThrow('ak.wwise.core.object.setName');
  });
});
