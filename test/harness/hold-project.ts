import { toWwiseFlowError } from '../../src/core/errors.ts';
import { openProject } from '../../src/embedded/project/open-project.ts';

/**
 * A process of its own that opens a project, prints a line of JSON that says whether it has it, and keeps it until its
 * standard input ends. With a second argument it announces that port.
 */
const [, , projectPath = '', port] = process.argv;
try {
  const project = await openProject(projectPath);
  if (port !== undefined) project.announce({ kind: 'wamp', host: '127.0.0.1', port: Number(port) });
  process.stdout.write(`${JSON.stringify({ holds: true, processId: process.pid })}\n`);
  process.stdin.resume().once('end', () => {
    project.close();
    process.exit(0);
  });
} catch (thrown) {
  process.stdout.write(`${JSON.stringify({ holds: false, ...toWwiseFlowError(thrown).toJSON() })}\n`);
  process.exit(1);
}
