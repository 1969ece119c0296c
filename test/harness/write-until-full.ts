import type { JsonObject } from '../../src/core/json.ts';
import { silentLog } from '../../src/core/log.ts';
import { createEngine } from '../../src/embedded/create-engine.ts';
import { embeddedFunctions } from '../../src/embedded/functions/catalog.ts';
import { openProject } from '../../src/embedded/project/open-project.ts';

/**
 * A process of its own, for a shell that limits how large its files may be: makes calls whose files grow beyond that, then
 * takes the growth back and saves. Prints for each call what went wrong, and how many objects there are after it.
 */
const project = await openProject(process.argv[2] ?? '');
const functions = embeddedFunctions({ productVersion: '0.0.0', installDir: '', userDir: '' });
const engine = createEngine({ openProject: project, functions, log: silentLog });
const session = engine.openSession();
const home = '\\Containers\\Default Work Unit';
const reported: JsonObject[] = [];

async function call(uri: string, args: JsonObject = {}): Promise<void> {
  let problem: string | null = null;
  try {
    await session.call(`ak.wwise.core.${uri}`, args, {});
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  reported.push({ call: uri, problem, paths: [...project.model.all()].length });
}

await call('object.setNotes', { object: `${home}\\Mixer\\Boom`, value: 'long '.repeat(20_000) });
await call('project.save');
await call('object.copy', { object: home, parent: '\\Containers', onNameConflict: 'rename' });
await call('object.delete', { object: `${home}\\Mixer\\Inner` });
await call('object.create', { parent: home, type: 'WorkUnit', name: 'Deep' });
await call('undo.undo');
await call('project.save');
await engine.close();
process.stdout.write(JSON.stringify(reported));
