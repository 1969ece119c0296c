import { join } from 'node:path';
import { asJsonObject, type JsonObject } from '../../src/core/json.ts';
import type { Script } from './scripted-wwise.ts';
import { objects } from './scripted-wwise.ts';

const core = 'ak.wwise.core';
const nothing = () => ({});
const wind = {
  id: '{AAAAAAAA-0000-0000-0000-000000000001}',
  name: 'Wind',
  type: 'Sound',
  path: '\\Containers\\Default Work Unit\\Wind',
};

/** What only a live Wwise can do, in the shapes that are documented or were recorded: for examples, not as proof of Wwise. */
export function documentedAnswers(dir: string): Script {
  let isConnected = false;
  return {
    [`${core}.getInfo`]: () => ({ version: { year: 2025, major: 1, minor: 4 } }),
    [`${core}.getProjectInfo`]: () => ({
      id: '{11111111-2222-3333-4444-555555555555}',
      name: 'Scripted',
      path: join(dir, 'Scripted.wproj'),
      directories: { originals: join(dir, 'Originals') },
      languages: [{ name: 'English(US)' }],
      platforms: [{ name: 'Windows' }],
    }),
    [`${core}.object.get`]: objects(wind),
    [`${core}.soundbank.generate`]: () => ({
      logs: [{ severity: 'Message', time: 1, messageId: '', message: 'Generated.' }],
    }),
    [`${core}.transport.create`]: () => ({ transport: 7 }),
    [`${core}.transport.executeAction`]: nothing,
    [`${core}.transport.getState`]: () => ({ state: 'stopped' }),
    [`${core}.transport.destroy`]: nothing,
    [`${core}.sourceControl.checkOut`]: () => ({ log: [] }),
    [`${core}.sourceControl.revert`]: () => ({ log: [] }),
    [`${core}.sourceControl.getStatus`]: () => ({ result: [{ owner: 'ann', status: 'edit' }], log: [] }),
    [`${core}.profiler.enableProfilerData`]: nothing,
    [`${core}.profiler.startCapture`]: () => ({ return: 0 }),
    [`${core}.profiler.getCpuUsage`]: () => ({
      return: [{ elementName: 'Interactive Music', percentInclusive: 0.9 }],
    }),
    [`${core}.remote.getConnectionStatus`]: () => ({
      isConnected,
      status: isConnected ? 'Connected' : 'Not connected',
    }),
    [`${core}.remote.getAvailableConsoles`]: () => ({ consoles: [cube] }),
    [`${core}.remote.connect`]: () => {
      isConnected = true;
      return {};
    },
    'ak.wwise.ui.bringToForeground': nothing,
    'ak.wwise.ui.commands.execute': nothing,
    'ak.wwise.ui.getSelectedObjects': () => ({ objects: [asJsonObject(wind)] }),
    'ak.soundengine.registerGameObj': nothing,
    'ak.soundengine.postEvent': () => ({ return: 8 }),
    'ak.soundengine.setRTPCValue': nothing,
    'ak.soundengine.setSwitch': nothing,
    'ak.soundengine.setState': nothing,
    'ak.soundengine.stopAll': nothing,
  };
}

const cube: JsonObject = {
  name: 'PC',
  platform: 'Windows',
  customPlatform: 'Windows',
  host: '127.0.0.1',
  appName: 'Cube',
  commandPort: 57610,
};
