import { asJsonArray, asJsonObject, asString, type JsonObject } from '../core/json.ts';
import type { ProjectModel } from './model/model.ts';
import { lookUpObject } from './model/naming/resolve-object.ts';

/** Values that a session set without a platform, and that another platform has of its own all the same. */
export interface KeptElsewhere {
  /** Looks at what an answered call set. */
  note(uri: string, args: JsonObject, model: ProjectModel): void;
  /** A sentence for each property and the platforms that have another value; however many objects. Each once. */
  take(): readonly string[];
}

export function createKeptElsewhere(): KeptElsewhere {
  const found = new Map<string, Map<string, string>>();
  return {
    note(uri, args, model) {
      for (const { object: designator, property } of setIn(uri, args)) {
        const object = lookUpObject(model, designator);
        if (object === undefined) continue;
        const facts = model.facts(object)?.property(property);
        if (facts?.unlink !== true) continue;
        const value = model.property(object, facts.name);
        const others = model.platforms
          .map(({ name }) => ({ name, own: model.property(object, facts.name, name) }))
          .filter(({ own }) => own !== value);
        if (others.length === 0) continue;
        const key = `${facts.name} ${others.map(({ name, own }) => `${name} has ${String(own)}`).join(', ')}`;
        found.set(key, (found.get(key) ?? new Map<string, string>()).set(object.id, model.path(object)));
      }
    },
    take() {
      const sentences = [...found].map(([key, objects]) => sentenceOn(key, [...objects.values()]));
      found.clear();
      return sentences;
    },
  };
}

function sentenceOn(key: string, paths: readonly string[]): string {
  const property = key.slice(0, key.indexOf(' '));
  const rest = key.slice(property.length + 1);
  const named = paths.slice(0, 3).map((path) => `"${path}"`);
  const more = paths.length > named.length ? ` and ${paths.length - named.length} more` : '';
  return `${property} of ${named.join(', ')}${more} is not the same on all platforms: ${rest}. What a platform has of its own stays when a value is set without platform: set it with platform too.`;
}

/** What these calls set of which objects without a platform. Objects that they make have no values of their own yet. */
function setIn(
  uri: string,
  args: JsonObject,
): readonly { readonly object: string; readonly property: string }[] {
  if (args.platform !== undefined) return [];
  if (uri === 'ak.wwise.core.object.setProperty')
    return [{ object: asString(args.object) ?? '', property: asString(args.property) ?? '' }];
  if (uri !== 'ak.wwise.core.object.set') return [];
  return asJsonArray(args.objects).flatMap((one) => {
    const asked = asJsonObject(one);
    const object = asString(asked.object) ?? '';
    const names = Object.keys(asked).filter((name) => name.startsWith('@'));
    return names.map((name) => ({ object, property: name.replace(/^@+/, '') }));
  });
}
