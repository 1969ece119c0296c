import { defineFunction } from './define-function.ts';

/** All object types and plug-ins of the type table, by class id. */
export const objectGetTypes = defineFunction({
  uri: 'ak.wwise.core.object.getTypes',
  run: (_args, _options, { project }) => ({
    return: [...project.model.allFacts()]
      .sort((a, b) => a.classId - b.classId)
      .map((facts) => ({
        classId: facts.classId,
        name: facts.name,
        type: typeOfKind[facts.kind] ?? 'WObject',
      })),
  }),
});

const typeOfKind: Readonly<Record<string, string>> = {
  effectPlugin: 'Effect',
  sourcePlugin: 'SourcePlugin',
  metadataPlugin: 'Metadata',
};
