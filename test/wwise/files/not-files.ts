/** Arguments that the reference words as if they were files, and why they are none. By function, or `*` for all. */
export const notFiles: readonly { readonly uri: string; readonly argument: string; readonly why: string }[] =
  [
    { uri: '*', argument: 'objectPath', why: 'The path of an object in the project.' },
    { uri: '*', argument: 'path[]', why: 'Paths of objects: they begin with one backslash.' },
    {
      uri: 'ak.wwise.core.object.set',
      argument: 'language',
      why: 'A language; it stands in a list of files.',
    },
    { uri: 'ak.wwise.core.object.set', argument: 'objectType', why: 'A type; it stands in a list of files.' },
    {
      uri: 'ak.wwise.ui.commands.register',
      argument: 'basePath',
      why: 'Where in a menu the command is shown.',
    },
  ];

/** The same for the inputs of commands. */
export const notFileInputs: readonly { readonly words: RegExp; readonly why: string }[] = [
  { words: /GUID, path or Type:Name|by name, path or GUID|State, by name or path/, why: 'An object.' },
  { words: /null clears/, why: 'An object.' },
  { words: /^(audio_import|import_files|import_folder) event /, why: 'An Event.' },
  { words: /RandomSequenceContainer, SwitchContainer, Folder/, why: 'A type of object.' },
  { words: /^(create_work_unit name|import_files files\[\]\.name|audio_import name) /, why: 'A name.' },
  { words: /^(get_object|query_waql|search_media) return\[\] /, why: 'What to return.' },
  { words: /^query_waql query /, why: 'A query.' },
  {
    words: /^project_repair files\[\] /,
    why: 'Picks among the files in which something stands twice; another is refused.',
  },
  { words: /^workflow_draft naming /, why: 'How names of files are made up.' },
  { words: /^workflow_draft ask\[\] /, why: 'What is asked for.' },
  { words: /^search_media filters\[\]\.field /, why: 'The name of a field.' },
];

/** The same for the inputs of node kinds. */
export const notNodeFiles: readonly { readonly words: RegExp; readonly why: string }[] = [
  { words: / Path of the value in what| instead of a path, mostly a reference/, why: 'A path in a value.' },
  { words: /^(merge|transform) .* Path (of what to take|in the item)/, why: 'A path in a value.' },
  { words: /^input (columns\[\]|list|extensions\[\]) /, why: 'What is looked for in a file.' },
  { words: /^output content /, why: 'What is written.' },
  {
    words: /^(http|submit_and_poll|exec|mail) preset /,
    why: 'A name: what is no name of a preset is refused.',
  },
  { words: /^(http|submit_and_poll) endpoint /, why: 'Part of an address.' },
  { words: /^submit_and_poll poll\.(address|fetch) /, why: 'An address.' },
  { words: /^move_files files\[\] /, why: 'Below "from": what leads out of it is refused.' },
  { words: /^exec program /, why: 'A name of the list of --allow-program; another is refused.' },
  { words: /^exec args\[\] /, why: 'A text that names a file by its path is refused.' },
  { words: /^ai promptTemplate /, why: 'A name: what is no name of a template is refused.' },
];

/** The same for the tools that work with workflows; what a workflow names is checked node by node. */
export const notToolFiles: readonly { readonly words: RegExp; readonly why: string }[] = [
  { words: /^workflow_status file /, why: 'Picks among the files that a preview names.' },
];
