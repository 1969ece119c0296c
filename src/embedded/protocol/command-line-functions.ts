/** Operations of WwiseConsole that it lists as functions and no document describes (recorded, 2025.1.7). They need Wwise itself. */
export const commandLineFunctions: ReadonlySet<string> = new Set(
  [
    'addNewPlatform',
    'convertExternalSource',
    'createNewProject',
    'dumpObjects',
    'executeLuaScript',
    'generateSoundbank',
    'migrate',
    'moveMediaIdsToSingleFile',
    'moveMediaIdsToWorkUnits',
    'tabDelimitedImport',
    'updateMediaIdsInSingleFile',
    'verify',
    'waapiServer',
  ].map((name) => `ak.wwise.cli.${name}`),
);
