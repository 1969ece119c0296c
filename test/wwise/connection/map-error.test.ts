import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonObject } from '../../../src/core/json.ts';
import { WaapiError } from '../../../src/wwise/connection/backend.ts';
import { mapWaapiError } from '../../../src/wwise/connection/map-error.ts';
import { onlyReads } from '../../../src/wwise/connection/reading-functions.ts';
import { sharedDir } from '../../harness/shared.ts';

describe('an error of Wwise', () => {
  it.each([
    ['ak.wwise.invalid_arguments', 'Object \\States\\X is unknown.', 'OBJECT_NOT_FOUND'],
    ['ak.wwise.query.invalid_query', 'Object not found (13)', 'OBJECT_NOT_FOUND'],
    ['ak.wwise.query.unknown_object', 'from path is unknown', 'OBJECT_NOT_FOUND'],
    ['ak.wwise.invalid_arguments', "'parent' already has child with same name.", 'NAME_CONFLICT'],
    ['ak.wwise.query.invalid_query', 'Unknown object type', 'INVALID_QUERY'],
    ['ak.wwise.invalid_property', 'Property Volum is unknown for Sound.', 'UNKNOWN_PROPERTY'],
    ['ak.wwise.locked', 'loading project', 'WAAPI_LOCKED'],
    ['ak.wwise.unavailable', 'Procedure not available for this type of Wwise instance.', 'WAAPI_ERROR'],
    ['ak.wwise.invalid_arguments', 'Argument waql is unknown.', 'WAAPI_ERROR'],
    ['ak.wwise.unexpected_error', 'Something else.', 'WAAPI_ERROR'],
  ])('%s "%s" becomes %s', (uri, message, code) => {
    const error = mapWaapiError(new WaapiError(uri, message, { object: 'kept' }), 'ak.wwise.core.object.set');
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.hint).not.toBe('');
    expect(error.details).toEqual({ object: 'kept', uri, procedure: 'ak.wwise.core.object.set' });
  });
});

const functionsFile = join(sharedDir, 'waapi', 'functions.json');

describe.skipIf(!existsSync(functionsFile))(
  'the list of reading functions (needs the WAAPI fact base)',
  () => {
    it('names only documented functions, none of which changes a project, and every getter', () => {
      const documented: unknown[] = JSON.parse(readFileSync(functionsFile, 'utf8'));
      const functions = documented.map(asJsonObject).map(({ uri, restrictions }) => ({
        uri: String(uri),
        mutates: Array.isArray(restrictions) && restrictions.includes('mutates'),
      }));
      expect(functions.filter(({ uri, mutates }) => mutates && onlyReads(uri))).toEqual([]);
      const getters = functions.filter(
        ({ uri }) => /\.(get|is)([A-Z]\w*)?$/.test(uri) && !uri.includes('OrCreate'),
      );
      expect(getters.filter(({ uri }) => !onlyReads(uri))).toEqual([]);
    });
  },
);
