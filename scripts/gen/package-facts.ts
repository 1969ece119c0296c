import type { Setting } from '../../src/config/setting.ts';
import { asJsonArray, asJsonObject, asString } from '../../src/core/json.ts';
import type { ToolSource } from '../../src/facades/mcp/tools/tool-face.ts';

/** What package.json says, with what its readers learn beside it. */
export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly keywords: readonly string[];
  /** The name in the MCP registry. */
  readonly mcpName: string;
  /** As one browses it. */
  readonly repository: string;
  readonly homepage: string;
  readonly issues: string;
  /** The range of node versions. */
  readonly node: string;
  readonly settings: readonly Setting[];
  /** What is offered by default, each in a sentence. */
  readonly tools: readonly { readonly name: string; readonly description: string }[];
}

/** Reads package.json. Throws for a member that is not there: each is needed by somebody. */
export function packageFacts(
  packageJson: string,
  settings: readonly Setting[],
  tools: readonly Pick<ToolSource, 'name' | 'description'>[],
): PackageFacts {
  const root = asJsonObject(JSON.parse(packageJson));
  const text = (value: unknown, member: string): string => {
    const found = asString(value);
    if (found === undefined) throw new Error(`package.json has no ${member}.`);
    return found;
  };
  const url = text(asJsonObject(root.repository).url, 'repository.url');
  return {
    name: text(root.name, 'name'),
    version: text(root.version, 'version'),
    license: text(root.license, 'license'),
    keywords: asJsonArray(root.keywords).flatMap((word) => asString(word) ?? []),
    mcpName: text(root.mcpName, 'mcpName'),
    repository: url.replace(/^git\+/, '').replace(/\.git$/, ''),
    homepage: text(root.homepage, 'homepage'),
    issues: text(asJsonObject(root.bugs).url, 'bugs.url'),
    node: text(asJsonObject(root.engines).node, 'engines.node'),
    settings,
    tools: tools.map(({ name, description }) => ({
      name,
      description: description.split(/(?<=\.)\s/)[0] ?? description,
    })),
  };
}

/** The variable of a setting, and what it means. */
export function environmentOf(
  settings: readonly Setting[],
  key: string,
): { readonly env: string; readonly description: string } {
  const setting = settings.find((row) => row.key === key);
  if (setting === undefined) throw new Error(`There is no setting ${key}.`);
  return setting;
}
