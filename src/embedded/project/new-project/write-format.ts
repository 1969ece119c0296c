import { xmlDeclaration } from '../../wwu/canonical.ts';
import { element, type WwuDocument, type WwuElement } from '../../wwu/tree.ts';

/** The format written: schema 133, that of Wwise 2025.1.4 build 9062. */
export const format = {
  schema: '133',
  version: 'v2025.1.4',
  build: '9062',
  branch: 'wwise_v2025.1',
} as const;

/** A file as Wwise writes a new one: LF, no byte order mark. */
export function newDocument(root: WwuElement): WwuDocument {
  return {
    root,
    prolog: `${xmlDeclaration}\n`,
    hasByteOrderMark: false,
    eol: '\n',
    emptyClose: '/>',
    epilog: '\n',
  };
}

/** A property with one value in an attribute. */
export function plainProperty(name: string, type: string, value: string): WwuElement {
  return element('Property', { Name: name, Type: type, Value: value });
}

/** A property with one value for all platforms. */
export function linkedProperty(name: string, type: string, value: string): WwuElement {
  return element('Property', { Name: name, Type: type }, [
    element('ValueList', {}, [element('Value', {}, value)]),
  ]);
}

/** A property with one value per platform. */
export function perPlatformProperty(
  name: string,
  type: string,
  platforms: readonly string[],
  valueFor: (platform: string) => string,
): WwuElement {
  const values = platforms.map((platform) => element('Value', { Platform: platform }, valueFor(platform)));
  return element('Property', { Name: name, Type: type }, [element('ValueList', {}, values)]);
}

/** Comparison by code unit, the order of names in Wwise's files. */
export function ordinal(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
