import type { SpeedRow } from './row.ts';

const checkedRead =
  'Profile of 5,000 calls (share of the time at work, on a machine that others used too): writing the answer 21 % and the call of WAAPI 16 %, which the pass-through does too; collection of garbage 10 %, the record of the audit in SQLite 8 % (48 us of the processor, where a line in a file would take 5), checking the message, the input and the output 4 %, the promises between the steps 3 %; the rest is spread over the protocol library, the queue of calls and the dispatch, no function with more than 1 %. The record of the audit is written before the answer leaves, and each answer that is missing there says so: that is promised.';
const verifiedChange =
  'Three calls of WAAPI in two waits, where the pass-through sends one and waits once: what is there before is looked at and journalled first, so that a lost answer is settled and nothing made twice; the query that reads back goes out right behind the change. It is a query of its own, because the answer of a change does not show that it took place (a test has a Wwise that says yes and does nothing). The engine that stands in for Wwise alone takes 2.0 to 2.9 times the processor time for the three that it takes for the one (0.93 and 0.39 ms, measured in turns), and its profile is flat: no function of it has more than 4 % but the socket. Profile of 1,800 edits on our side: sending calls 22 %, writing the answer 17 %, SQLite 15 %, collection of garbage 8 %, checking 4 %; the rest is spread.';
const everyObject =
  'Profile at 48,000 objects (of the processor): values without effect 1.40 s, of which object.get has 55 %, as it gives some ninety members of each object, and collection of garbage 15 %; missing audio and sample rates 0.36 s, now that each folder of originals is read once; unused objects 0.35 s; all other rules together less than 0.1 s. Each rule is one pass over what one query gives.';

/** Why a goal is missed where it is, by the beginning of its row: what profiles showed. */
const reasons: readonly (readonly [begins: string, why: string])[] = [
  ['waapi_call', checkedRead],
  ['project_info', checkedRead],
  ['get_object', `Reads the notes and the parent of each object too. ${checkedRead}`],
  ['query_waql', checkedRead],
  [
    'create_sound beside',
    'The command asks for no list of siblings. Measured alone, finding the name free and creating take the engine that stands in for Wwise no longer at 2,000 siblings than at 400 (0.09 and 0.15 ms of the processor).',
  ],
  ['create_sound', verifiedChange],
  ['set_property', verifiedChange],
  ['create_object', verifiedChange],
  [
    'initialize',
    'Reading and compiling the program: node spends most of a start there. Everything but the configuration and the protocol is loaded when it is needed, tools/list parses the tools that are listed from a generated file, and what a start reads lies in two files instead of fifty; a code cache needs Node 22.',
  ],
  [
    'open at',
    'Beside reading and tokenising, which is all that saxes does, every element is kept for saving and indexed by GUID, name and path. Profile at 50,000 objects: collection of garbage 35 % (what is kept is moved twice before it is old), reading tags and attributes 21 %, the index 18 %, decoding and hashing 6 %.',
  ],
  ['memory of the process', 'Every element of the files is kept as it was read, to be saved to the letter.'],
  ['project_lint', everyObject],
  [
    'find_unused',
    'Who refers to an object is asked for by lists of a thousand objects; the rest is collection of garbage, which takes longer the more is held.',
  ],
  [
    'audio_files_report',
    'Profile at 48,000 objects: two thirds are the query for where the original of each source lies, and its rows.',
  ],
  [
    'references_to',
    'Two queries find all who refer to it, and one for each type of them reads with which member; then each is a row.',
  ],
  [
    'forEach over',
    'Profile of five runs of 30,000 nodes, some 40 us of the processor a node: collection of garbage 24 %, the journal in SQLite 12 %, which is what survives a kill, the rest thinly spread over values of items, the ledger and the kinds themselves.',
  ],
  [
    'a pipeline of',
    'Profile of 25 runs of each side: what is written down of each request before and behind it, so that none is sent twice after a kill, has 11 % (SQLite), collection of garbage 16 %, the requests themselves 10 %, expressions and checks of the rows 4 %; the rest is the runtime of node, and spread. The code beside it writes nothing down.',
  ],
];

/** The rows, each missed one with its reason where one is known. */
export function withReasons(rows: readonly SpeedRow[]): readonly SpeedRow[] {
  return rows.map((row) => {
    if (row.isMet || row.why !== undefined) return row;
    return { ...row, why: reasons.find(([begins]) => row.what.startsWith(begins))?.[1] };
  });
}
