import type { ErrorCode } from '../../src/core/errors.ts';

/** What to do, the likeliest cause first. */
export const advice: Readonly<Record<ErrorCode, readonly string[]>> = {
  NOT_FOUND: ['Look for the address in `/openapi.json`: both with and without `/api` in front are served.'],
  NOT_AUTHENTICATED: [
    'Send `Authorization: Bearer` and the token. One that was removed or has expired needs a new one.',
  ],
  NOT_PERMITTED: [
    'Of `Host` or `Origin`: ask for the server by the address it printed; pages of other sites are never let in.',
    'Of a token: make one with a wider scope.',
  ],
  PAYLOAD_TOO_LARGE: ['Send less at once. Files go to `/uploads`, which takes more than other addresses.'],
  SERVICE_UNREACHABLE: [
    'Look whether the service is up, and whether name, port and certificate in the address are right. Nothing was sent.',
  ],
  SERVICE_CONNECTION_LOST: ['Give the node `retry`, or resume the run.'],
  SERVICE_FAILED: ['Give the node `retry`, or resume the run later: what was answered is not asked again.'],
  SERVICE_REFUSED: [
    'Read `error`: it quotes the service. Compare what the node sends with the documentation of the service.',
  ],
  SERVICE_NOT_AUTHENTICATED: [
    'Look at the secret that `auth` or the preset names: a wrong or expired one, or one that may not do this.',
  ],
  SERVICE_QUOTA_EXCEEDED: ['Buy credit, or wait for the next period of the account. Then resume the run.'],
  SERVICE_NOT_FOUND: [
    'Look at the address and at the values in it. Where nothing is a good answer too: `"acceptStatus": [404]`.',
  ],
  ANSWER_INCOMPLETE: ['Give the node `retry`, or resume the run.'],
  ANSWER_UNREADABLE: [
    'Look at what came: a page instead of JSON comes from a wrong address, a file is kept by `saveAs`.',
    'Of a model: its answer did not fit the schema even when it was asked again. Make the schema simpler, or the prompt clearer.',
  ],
  ANSWER_TOO_LARGE: [
    'Ask for less at once, raise `mostBytes` of the node, or keep the answer as a file by `saveAs`.',
  ],
  ADDRESS_NOT_ALLOWED: [
    'Ask the address itself that the redirect leads to, or start with `--allow-redirect` and its host.',
  ],
  PRESET_NOT_FOUND: [
    'Choose one of the names in the answer, or put your own into a folder and name it with `--presets`.',
  ],
  PROGRAM_NOT_ALLOWED: ['Start with `--allow-program` and the name of the program, if it may be run.'],
  PROGRAM_NOT_FOUND: ['Install the program, or put its folder into PATH.'],
  PROGRAM_FAILED: ['Read `details.stderr`: it has the last lines that the program wrote.'],
  RATE_LIMITED: [
    'From a service outside: give the node `retry` and the preset a `rateLimit`. What the service says in `Retry-After` is kept to.',
    'Wait as long as `Retry-After` says, and send fewer requests at once.',
  ],
  WAAPI_UNAVAILABLE: [
    'With a running Wwise: is a project open, is _Enable Wwise Authoring API_ on in _Project > User Preferences_, and is the WAMP port there the one in `--wwise`? Change the setting, then restart Wwise.',
    'From WSL or another machine, 127.0.0.1 is not the machine Wwise runs on: see [Connect to Wwise](guides/live-wwise.md).',
    'With `--project`: "is already open in process" means that another WwiseFlow holds the project and does not share it with this one (another user, or another version). Close it, or share one engine: start `wwiseflow waapi-server` once and give every client its address by `--wwise`.',
    'A call "was not sent" because the link broke before it: look at what is there, then run it again.',
  ],
  WAAPI_LOCKED: [
    'Close the dialog that is open in Wwise, or wait until the project has loaded.',
    'Wwise that is busy for longer than 10 seconds needs a longer `--locked-patience`.',
    'Another run holds the undo step, or more calls wait than `--queue-length` allows: wait for it to end.',
  ],
  WAAPI_TIMEOUT: [
    'Ask for less at once: a smaller `limit`, fewer return expressions, a narrower query.',
    'Raise the limit of the function that `details` names, as in `--call-timeout ak.wwise.core.object.get=120`.',
  ],
  TIMEOUT: [
    'Raise `timeoutMs` of the node, or let it do less at once. What its attempt had changed is named by a rollback.',
    'A `retry` with this code in `codes`, or without `codes`, tries it again.',
  ],
  WAAPI_ERROR: [
    'Read `error`: it holds the words of Wwise, and `details` the function and its arguments.',
    'A function this version of Wwise or the embedded engine does not have: `waapi_functions` lists those it has.',
  ],
  OUTCOME_UNKNOWN: [
    'Of a service outside: look there whether the request took effect. `onUnknown` of the node says what is done by itself.',
    'Look with `get_object` or `query_waql` whether the change is there. Repeat the call only if it is not.',
    'In a workflow, run the same document again or use `workflow_resume`: what took effect is found in the project and not done twice.',
  ],
  WRONG_PROJECT: [
    'Open the project that `--expect-project` names, or start with another one.',
    'Another project was opened while something was under way: nothing was changed in it. Go back to the first project and begin again.',
  ],
  FILE_NOT_FOUND: [
    'Correct the path; the answer lists files of that folder with similar names. Absolute paths are safest.',
    'In JSON a backslash is written twice: `"C:\\\\Audio\\\\step.wav"`; slashes work too: `"C:/Audio/step.wav"`.',
  ],
  STATE_NOT_WRITTEN: [
    'Make room on the disk of the state directory, then call again: what is journalled before it is done was not begun.',
    'A directory that this user may not write: start with another `--state`.',
  ],
  STATE_NEWER: [
    'Update WwiseFlow. To go on with the older one, start it with `--state` and another directory: nothing in the newer one was touched.',
  ],
  STATE_UNAVAILABLE: [
    'The database of `--database`, or the queue of `--redis`, was waited for and did not answer: see that it runs, then call again. What was confirmed before is kept; what was being written is there once or not at all.',
  ],
  LANE_LOST: [
    'This worker was too slow, or cut off, and another one goes on with the run from its journal. Look at the run; there is nothing to repeat here.',
  ],
  FILE_UNREADABLE: [
    'Wwise imports WAVE files. Convert other formats; a new ending is not enough.',
    'An audio file may be a Git LFS pointer, which stands for a file that was not fetched: `git lfs pull`.',
    'The file may still be written by another program, or this account may not read it.',
  ],
  PROJECT_UNREADABLE_FILES: [
    'Mend the files in `details.unreadable`: finish the merge, fetch them (`git lfs pull`), restore them from version control. The answer names the reason for each.',
    'When what they hold does not matter, call again with `ignoreUnreadable: true`.',
    'With a running Wwise it is what Wwise logged as an error when it loaded the project; it counts until the project is loaded anew, even if the log was cleared.',
  ],
  PATH_NOT_ALLOWED: [
    'Start the server with `--allow-dir` and the folder the file lies in, or copy the file into one of `details.allowedDirs`. Links are followed first.',
    'A relative path counts from the directory the program was started in (`details.countedFrom`), not from an allowed one: give an absolute path.',
    'What writes a file needs an allowed directory; the folder of the project alone is for reading. [Paths](paths.md) lists what is checked.',
    'Wwise on another machine knows no such file: say what the folder is called there, with `--map-path`.',
  ],
  FILE_READ_ONLY: [
    'Check out or unlock what `details.files` names: version control marks files it guards as read-only.',
    'A whole folder: give this user the right to write it, or work on a copy. Reading needs neither.',
  ],
  FILE_CONFLICT: [
    'Somebody else (Wwise, git, an editor) wrote a file of the project since it was read. Nothing was overwritten. Decide which version to keep, then open the project anew by restarting the server.',
    'An export, or a call that writes a file, names one that exists: choose another name.',
  ],
  IMPORT_FAILED: [
    'Read `details.log`: it is the import log of Wwise.',
    'The parent cannot hold a Sound, or the Originals are read-only: check them out in source control.',
  ],
  OBJECT_NOT_FOUND: [
    'Take a path from `query_waql` or `project_tree`, letter for letter. The answer names the deepest object of the path that exists, and its nearest children.',
    'It may have been renamed, moved or deleted by a person: GUIDs survive a rename and a move.',
  ],
  AMBIGUOUS_OBJECT: ['Give the id of the one that is meant, from `details.candidates`, instead of the path.'],
  NAME_CONFLICT: [
    'Choose another name, or say what shall happen with `onNameConflict`, where the command has it.',
    'Names are compared without regard to case.',
  ],
  CREATE_FAILED: [
    'The parent cannot hold an object of this type, or a value does not fit its property: `error` holds the words of Wwise, and `describe_type` the ranges.',
  ],
  UNKNOWN_PROPERTY: [
    'Ask `describe_type` with `find`: it knows names as people write them, such as "Output Bus".',
    'Properties differ between versions of Wwise; the answer lists the nearest of this one.',
  ],
  INVALID_QUERY: [
    'A WAQL query begins with `$`. Paths stand in double quotes: `$ "\\Events" select descendants where name : "play"`.',
    'The words of Wwise in `error` name the place.',
  ],
  QUERY_TOO_LARGE: [
    '`details.position` is the place in the query from which too much follows, counted from 1.',
    'Start from the objects or types that matter, narrow with `where` or `take`, or ask in several queries.',
  ],
  DATABASE_NOT_FOUND: [
    'Add it to `databases` of the configuration file, as `{ "sounds": { "sqlite": "sounds.db" } }`, and start again.',
  ],
  DATABASE_UNAVAILABLE: [
    'Is the server of the database running, or its file there? A `retry` of the node waits for it.',
    'A file of SQLite is busy while another program writes to it.',
  ],
  TABLE_NOT_FOUND: [
    'Use the nearest name of `details.candidates`. An output makes the table with `createTable`.',
  ],
  COLUMN_NOT_FOUND: ['Use the nearest name of `details.candidates`, or leave the column out by `fields`.'],
  TABLE_UNREADABLE: [
    '`details.line` is the line at which the file stops being a table. A cell with a quote, the delimiter or a line break in it stands in quotes, and a quote in it twice.',
    'Say `delimiter`, `format` or `header` where the file is written otherwise.',
  ],
  PACKAGE_MISSING: ['Install the package that `details.package` names beside WwiseFlow, and start again.'],
  INVALID_INPUT: [
    '`details.problems` lists every problem at once, with what was expected and the nearest valid name.',
    'On the command line `--help` behind the subcommand lists its options.',
  ],
  UNKNOWN_COMMAND: [
    'Use the nearest name of `details.candidates`.',
    'It exists but this server was not started with it: see `--toolsets`, `--tools` and `--exclude-tools`, which hold inside workflows too.',
  ],
  READ_ONLY: ['Start the server without `--read-only` (or `--profile reader`), when changes are wanted.'],
  NOT_IN_PROFILE: [
    'Start with the `--profile` that `details.needed` names, when this is wanted: `designer` changes the objects of the project, `builder` hands them on (SoundBanks, source control, WwiseConsole, `remote_connect`, `remove_unused`), `admin` calls every WAAPI function.',
  ],
  CONFIRMATION_REQUIRED: [
    'Look at what `details` lists (who still refers to the object, or what would be deleted), then call again with `confirm: true`.',
  ],
  CANCELLED: [
    'The client gave up, or the run took longer than its `timeoutMs`. What was finished stays; `workflow_resume` goes on.',
  ],
  INTERNAL: ['A defect. Please report it with the answer and the log on stderr at `--log-level debug`.'],
  SCHEMA_MISMATCH: [
    '`details.issues` names each place that does not fit. Correct what gives it or the schema; `"coerce": true` of the node turns "3" into 3 and the like.',
  ],
  MOCK_MISSING: ['Give the node a `"mock": { "output": { ... } }`, or leave it out by `when`.'],
  POLICY_VIOLATED: [
    'Nothing ran. Change the workflow so that it keeps to its `policies`, or those where they are yours to change.',
    'Of `previewRequired`: make a preview and apply it.',
  ],
  SCHEMA_INVALID: [
    '`error` says what is wrong with the schema. A reference to another one is written `{ "$ref": "#/schemas/name" }`.',
  ],
  WORKFLOW_INVALID: [
    'Nothing ran. Correct every entry of `details.problems`; many bring a patch. `workflow_node_types` lists what each node takes.',
  ],
  CYCLE: ['Nothing ran. Remove one of the edges on the path the answer shows.'],
  MISSING_INPUT: [
    'Give the value in `data`, or put a node before it that produces it and draw an edge.',
    'An input of the workflow itself: give it with `input`, or `--input` on the command line.',
  ],
  AMBIGUOUS_INPUT: ['Choose the source yourself: `"objectId": "$from:NODE:$output:objectId"`.'],
  UNRESOLVED_REFERENCE: [
    'Correct the node or output; the answer says what the node gave.',
    'The node it reads was skipped or gave an empty list: look at its row in `results`.',
    'An input of the workflow has no value: hand it in, or give it a default in the workflow.',
  ],
  DECLINED: [
    'Go on without the answer: draw an edge from the `error` port of the node that asked.',
    'Run the workflow again when somebody else is to be asked.',
  ],
  ALREADY_ANSWERED: ['Look at the run with `workflow_status`: the first answer counts.'],
  RUN_ENDED: [
    'Nothing broke: an [`end`](node-kinds.md#end) with `status: "failed"` was reached, and its message says why. Look at what leads to it.',
  ],
  RUN_NOT_FOUND: [
    '`workflow_runs`, or `wwiseflow runs`, lists the runs there are. They are kept under `--state`: another directory knows other runs.',
  ],
  JOURNAL_UNREADABLE: [
    'Update WwiseFlow when a newer one wrote the run. Otherwise run the workflow anew: what is done and still holds is a memo hit.',
  ],
  ARTIFACT_NOT_FOUND: [
    'Give the id exactly as the answer of the run names it, with the executionId of that run. Artifacts go with their run when it is forgotten.',
    'When it is lost, `workflow_resume` with `from` executes the node that gave it again.',
  ],
  WORKFLOW_NOT_FOUND: ['`workflow_list` lists the library and the examples.'],
  PREVIEW_NOT_FOUND: ['Previews expire. Preview again, look, then apply.'],
  PREVIEW_FAILED: [
    'Nothing was changed. `details.stopAt` is the node that fails: correct the workflow, preview again, apply that one.',
  ],
  PROJECT_CHANGED: [
    'What was shown is no longer what would happen: preview again. `details` names the files that changed.',
  ],
};
