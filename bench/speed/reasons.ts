import type { SpeedRow } from './row.ts';

const checkedRead =
  'Profile of 2,000 calls, share of the time at work: writing the answer and the call of WAAPI 31 % (the pass-through does both too), the record of the audit in SQLite 7 %, checking input, arguments and output 8 %, collection of garbage 8 %, the rest thinly spread over the protocol library and the dispatch. The audit is written before the answer leaves, so that a kill loses no record.';
const verifiedChange =
  'Three calls of WAAPI where the pass-through sends one: what is there before (journalled, so that a lost answer is never repeated by guess), the change, and reading it back. Creation by object.set would read back in the same call; it is not used alone because before 2022.1 there is none. In the profile of 600 creations SQLite has 35 % of the time at work: the memo entry is on the disk before the answer leaves.';
const everyObject =
  'Profile at 24,000 objects: project_lint reads some forty values of each object through object.get, 37 % of its time, a third of that asking the disk for the audio of each Sound (the generated project has none, so that every place is looked at); its rules take 14 %, collection of garbage 11 %. In references_to it is finding the objects that hold a reference and their paths, in audio_files_report asking the disk (39 %). Growth beyond the size is collection of garbage.';

/** Why a goal is missed where it is, by the beginning of its row: what profiles showed. */
const reasons: readonly (readonly [begins: string, why: string])[] = [
  ['waapi_call', checkedRead],
  ['project_info', checkedRead],
  ['get_object', `Reads parent and children too, with the notes of each. ${checkedRead}`],
  ['query_waql', checkedRead],
  [
    'create_sound beside',
    'What still grows is in the engine that stands in for Wwise: the question whether the name is taken puts the list of siblings together (0.2 ms at 2,000). The command itself asks for no list of them.',
  ],
  ['create_sound', verifiedChange],
  ['set_property', verifiedChange],
  ['create_object', verifiedChange],
  [
    'initialize',
    'Reading and compiling the program: node spends most of a start there. Everything but the configuration and the protocol is loaded when it is needed, tools/list is answered from a generated file; a code cache needs Node 22.',
  ],
  [
    'open at',
    'Beside reading and tokenising, which is all that saxes does, every element is kept for saving and indexed by GUID, name and path.',
  ],
  [
    'memory of the process',
    'Forty megabytes are the loader that runs TypeScript directly, which nobody has who uses the program: node alone takes 42 MB, with it 82.',
  ],
  [
    'forEach over',
    'Profile of five runs of 30,000 nodes, some 40 us of the processor a node: collection of garbage 24 %, the journal in SQLite 12 %, which is what survives a kill, the rest thinly spread over values of items, the ledger and the kinds themselves.',
  ],
  ['project_lint', everyObject],
  ['find_unused', everyObject],
  ['audio_files_report', everyObject],
  ['references_to', everyObject],
];

/** The rows, each missed one with its reason where one is known. */
export function withReasons(rows: readonly SpeedRow[]): readonly SpeedRow[] {
  return rows.map((row) => {
    if (row.isMet || row.why !== undefined) return row;
    return { ...row, why: reasons.find(([begins]) => row.what.startsWith(begins))?.[1] };
  });
}
