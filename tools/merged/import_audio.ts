import { z } from 'zod';
import type { MergedTool } from '../../src/core/merged-tool.ts';
import { audioImport } from '../audio/audio_import.ts';
import { importFiles } from '../audio/import_files.ts';
import { importFolder } from '../audio/import_folder.ts';
import { extraFields } from '../import_extras.ts';

const { filePath, objectId, name, importOperation, originalsSubFolder } = audioImport.input.shape;

export const importAnyAudio: MergedTool = {
  name: 'import_audio',
  title: 'Import audio',
  description:
    'Import audio files into the Originals: one into a Sound (filePath, objectId), many as new Sounds (files, parentPath) or a directory tree (folderPath); with values, bus, Event and bank.',
  toolset: 'audio',
  input: z.strictObject({
    filePath,
    objectId,
    files: importFiles.input.shape.files.optional(),
    folderPath: importFolder.input.shape.folderPath.optional(),
    parentPath: importFiles.input.shape.parentPath.optional(),
    name,
    language: audioImport.input.shape.language,
    originalsSubFolder,
    importOperation,
    ...extraFields,
  }),
  ways: [
    { command: 'import_folder', has: ['folderPath'] },
    { command: 'import_files', has: ['files'] },
    { command: 'audio_import', has: ['filePath'] },
  ],
  examples: [
    {
      title: 'Import two files as Sounds',
      input: {
        parentPath: '\\Containers\\Default Work Unit',
        files: [{ filePath: '/audio/Step_1.wav', name: 'Thud' }, { filePath: '/audio/Step_2.wav' }],
      },
    },
  ],
};
