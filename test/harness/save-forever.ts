import { openProject } from '../../src/embedded/project/open-project.ts';

/**
 * A process of its own that edits objects in every file of a project and saves, again and again, until it is killed. Says
 * `ready` when it begins. With the path of a physical folder it renames that each time, too.
 */
const project = await openProject(process.argv[2] ?? '');
const objects = [...project.model.all()].filter(
  (object) =>
    object.parent !== null && ['Sound', 'Bus', 'Event', 'SwitchGroup', 'Effect'].includes(object.type),
);
const folder = project.model.byPath(process.argv[3] ?? '');
process.stdout.write('ready\n');
for (let round = 0; ; round++) {
  const notes = `round ${round} `.repeat(50 + (round % 7) * 400);
  await project.edit('Edit', 0, (editor) => {
    for (const object of objects) editor.setNotes(object, notes);
    if (folder !== undefined) editor.rename(folder, `Folder ${round % 5}`);
  });
  project.save();
}
