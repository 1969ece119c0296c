import { withProject } from './project.ts';

/** A process of its own, for a user of its own: reads a project, tries two edits, and prints what it was answered. */
const [projectPath = ''] = process.argv.slice(2);
await withProject(
  async ({ bus }) => {
    const home = '\\Containers\\Default Work Unit';
    const calls = [
      ['project_info', {}],
      ['create_sound', { name: 'Boom', parentPath: home }],
      ['create_work_unit', { name: 'New', parentPath: '\\Containers' }],
      ['project_info', {}],
      ['get_log', { channel: 'projectLoad' }],
    ] as const;
    const answers = [];
    for (const [command, input] of calls) answers.push(await bus.dispatch(command, input));
    process.stdout.write(JSON.stringify(answers));
  },
  { projectPath },
);
