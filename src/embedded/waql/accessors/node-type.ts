import type { ProjectModel, WwiseObject } from '../../model/model.ts';

/** The friendly name of what an object is: a Sound with voice content is a `Sound Voice`. Types without a name of their own read as words. */
export function nodeTypeLabel(model: ProjectModel, object: WwiseObject): string {
  switch (object.type) {
    case 'Sound':
      return model.property(object, 'IsVoice') === true ? 'Sound Voice' : 'Sound SFX';
    case 'RandomSequenceContainer':
      return model.property(object, 'RandomOrSequence') === 0 ? 'Sequence Container' : 'Random Container';
    case 'WorkUnit':
      return isFolder(model, object) ? 'Physical Folder' : 'Work Unit';
    case 'Folder':
      return 'Virtual Folder';
    case 'Bus':
      return 'Audio Bus';
    case 'AuxBus':
      return 'Auxiliary Bus';
    case 'ActorMixer':
      return 'Actor-Mixer';
    case 'SoundBank':
      return 'SoundBank';
    default:
      return object.type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
  }
}

/** A top folder or physical folder: of type WorkUnit as well, but defined in the project file, not in one of its own. */
export function isFolder(model: ProjectModel, workUnit: WwiseObject): boolean {
  return !/\.wwu$/i.test(model.filePath(workUnit));
}
