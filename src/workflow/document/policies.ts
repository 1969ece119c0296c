import { isJsonObject, type Json } from '../../core/json.ts';
import type { Report } from '../compiler/problem.ts';
import { showValue, typeInWords } from '../runtime/values/show-value.ts';
import { below } from './json-pointer.ts';
import { parsedIfText } from './json-text.ts';
import { documentKeys, readKeys } from './keys.ts';
import type { Policies } from './workflow.ts';

/** Reads `policies`; undefined where there are none. */
export function readPolicies(given: unknown, report: Report): Policies | undefined {
  const value = parsedIfText(given);
  if (value === undefined || value === null) return undefined;
  const refuse = (pointer: string, message: string, expected: string): undefined => {
    report({ code: 'WORKFLOW_INVALID', message, pointer, expected });
    return undefined;
  };
  if (!isJsonObject(value))
    return refuse('/policies', `"policies" must be an object, not ${typeInWords(value)}.`, example);
  readKeys(value, '/policies', 'The policies', policyKeys, report);
  const texts = (key: 'forbidden' | 'roots'): readonly string[] | undefined => {
    const list: Json | undefined = value[key];
    if (list === undefined) return undefined;
    if (Array.isArray(list) && list.every((item) => typeof item === 'string' && item !== ''))
      return list.map(String);
    return refuse(below('/policies', key), `"${key}" must be a list of texts.`, example);
  };
  const { mostObjects, previewRequired } = value;
  if (mostObjects !== undefined && !(Number.isInteger(mostObjects) && Number(mostObjects) >= 0))
    refuse('/policies/mostObjects', `"mostObjects" cannot be ${showValue(mostObjects)}.`, 'a whole number');
  if (previewRequired !== undefined && typeof previewRequired !== 'boolean')
    refuse('/policies/previewRequired', '"previewRequired" must be true or false.', 'boolean');
  const [forbidden, roots] = [texts('forbidden'), texts('roots')];
  return {
    ...(forbidden === undefined ? {} : { forbidden }),
    ...(roots === undefined ? {} : { roots }),
    ...(typeof mostObjects === 'number' ? { mostObjects } : {}),
    ...(previewRequired === true ? { previewRequired } : {}),
  };
}

const policyKeys = documentKeys(['forbidden', 'roots', 'mostObjects', 'previewRequired']);

const example =
  '{ "forbidden": ["say"], "roots": ["\\\\Containers\\\\Default Work Unit"], "mostObjects": 100 }';
