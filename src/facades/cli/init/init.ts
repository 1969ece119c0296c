import { existsSync } from 'node:fs';
import { dirname, parse } from 'node:path';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import { bold, cyan, green, line } from '../draw/paint.ts';
import { type Print, printBlock } from '../print.ts';
import { chooseTargetOptions, type TargetSources } from './choose-target.ts';
import { type ClientFacts, type ClientSurroundings, clients, type EntryScope } from './clients.ts';
import { jsonSettings } from './json-settings.ts';
import { removeEntry } from './remove-entry.ts';
import { type OwnStart, serverEntry } from './server-entry.ts';
import { readSettingsFile, replaceSettingsFile, type Settings } from './settings-file.ts';
import { tomlSettings } from './toml-settings.ts';

/** What `init` was asked for. */
export interface InitOrder {
  readonly client: string;
  readonly remove: boolean;
  /** Show the entry instead of writing it. */
  readonly print: boolean;
  /** What the server is called in the client. */
  readonly name: string;
  readonly scope: EntryScope | undefined;
  /** Options the server is to be started with. */
  readonly options: readonly string[];
  /** One of them, or a configuration file, says which project. */
  readonly namesTarget: boolean;
}

export interface InitParts
  extends TargetSources,
    Omit<ClientSurroundings, 'cwd'>,
    Omit<OwnStart, 'platform'> {
  /** Looks at what the server would find with these options when it is started in this folder, and prints it. */
  examine(options: readonly string[], folder: string): Promise<void>;
}

/**
 * Gives a client the server, or takes it away, and says what was done. Exit code 0; what cannot be done throws and leaves
 * the client's file as it was.
 * @throws WwiseFlowError INVALID_INPUT for a client or scope there is not, or no project; FILE_UNREADABLE, FILE_READ_ONLY
 */
export async function runInit(order: InitOrder, parts: InitParts, print: Print): Promise<number> {
  const client = clientOf(order.client);
  const scope = scopeOf(client, order.scope);
  const filePath = fileOf(client, scope, parts);
  const settings = formats[client.format];
  if (order.remove) return removeEntry(order.name, client, filePath, settings, print);
  const found = order.namesTarget ? [] : await chooseTargetOptions(parts);
  const options = [...found, ...order.options];
  const entry: JsonObject = { ...client.extra, ...serverEntry(options, parts) };
  const slot = { table: client.table, name: order.name };
  if (order.print) {
    print(line`${bold(client.title)} reads this from ${filePath}:`);
    printBlock(settings.write('', slot, entry, filePath), print);
    return 0;
  }
  const former = readSettingsFile(filePath);
  const known = settings.read(former, slot, filePath);
  if (JSON.stringify(known) === JSON.stringify(entry)) {
    print(line`${green('✓')} ${client.title} has this entry already, in ${filePath}.`);
  } else {
    const backup = replaceSettingsFile(filePath, settings.write(former, slot, entry, filePath));
    print(
      line`${green('✓')} ${known === undefined ? 'Wrote' : 'Replaced'} the entry "${order.name}" for ${client.title} in ${filePath}.`,
    );
    if (backup !== null) print(line`  What was there before is kept in ${backup}.`);
  }
  // Only what has settings in this folder is known to be started here.
  await parts.examine(options, scope === 'project' ? parts.cwd : parse(parts.cwd).root);
  if (!options.includes('--allow-dir'))
    print(line`  For audio that lies elsewhere do this again with ${cyan('--allow-dir FOLDER')}.`);
  print(line`${cyan('→')} ${client.next}`);
  print(line`${cyan('→')} Then ask your agent: "What is in my Wwise project?"`);
  return 0;
}

const formats: Readonly<Record<ClientFacts['format'], Settings>> = { json: jsonSettings, toml: tomlSettings };

function clientOf(name: string): ClientFacts {
  const found = clients.find((client) => client.name === name.toLowerCase());
  if (found !== undefined) return found;
  const names = clients.map((client) => client.name);
  throw new WwiseFlowError('INVALID_INPUT', `There is no client "${name}".${didYouMean(name, names)}`, {
    hint: `Choose from: ${names.join(', ')}. For another one, --print with any of them shows what an entry looks like.`,
    details: { client: name, candidates: names },
  });
}

function scopeOf({ title, scopes }: ClientFacts, wanted: EntryScope | undefined): EntryScope {
  const [usual] = scopes;
  if (wanted === undefined) return usual;
  if (scopes.includes(wanted)) return wanted;
  throw new WwiseFlowError('INVALID_INPUT', `${title} has no settings of its own for a ${wanted}.`, {
    hint: `Leave --scope out: it is ${usual}.`,
    details: { scope: wanted, candidates: [...scopes] },
  });
}

/** Of several places the first that the client has made itself. */
function fileOf({ places }: ClientFacts, scope: EntryScope, around: ClientSurroundings): string {
  const all = places(scope, around);
  return all.find((path) => existsSync(dirname(path))) ?? all[0];
}
