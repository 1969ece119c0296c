import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import { newGuid } from '../ids/guid.ts';
import type { ObjectNode } from '../index/object-node.ts';
import type { EditLog } from './edit-log.ts';

/** Identity of a codec, as files name it. */
export interface CodecPlugin {
  readonly name: string;
  readonly companyId: number;
  readonly pluginId: number;
}

/** The codecs whose identity was seen in project files. */
export const codecPlugins: readonly CodecPlugin[] = [
  { name: 'PCM', companyId: 0, pluginId: 1 },
  { name: 'ADPCM', companyId: 0, pluginId: 2 },
  { name: 'Vorbis', companyId: 0, pluginId: 4 },
  { name: 'WEM Opus', companyId: 0, pluginId: 20 },
];

/**
 * Lets a Conversion use a codec, with default settings, for one platform. One that uses it already keeps its settings.
 * False, with nothing changed, when the file holds its codecs in another form.
 */
export function writeConversionPlugin(
  log: EditLog,
  conversion: ObjectNode,
  platform: string,
  plugin: CodecPlugin,
): boolean {
  const list = childNamed(conversion.element, 'ConversionPluginInfoList');
  if (list === undefined) return false;
  const present = list.children.find((info) => attribute(info, 'Platform') === platform);
  if (present === undefined) {
    log.insert(
      list,
      list.children.length,
      element('ConversionPluginInfo', { Platform: platform }, [made(plugin)]),
    );
    return true;
  }
  const current = childNamed(present, 'ConversionPlugin');
  if (current === undefined) return false;
  if (isPlugin(current, plugin)) return true;
  const at = present.children.indexOf(current);
  log.remove(current);
  log.insert(present, at, made(plugin));
  return true;
}

function made({ name, companyId, pluginId }: CodecPlugin): WwuElement {
  const identity = { PluginName: name, CompanyID: String(companyId), PluginID: String(pluginId) };
  return element('ConversionPlugin', { Name: '', ID: newGuid(), ...identity });
}

function isPlugin(current: WwuElement, { companyId, pluginId }: CodecPlugin): boolean {
  return (
    attribute(current, 'CompanyID') === String(companyId) &&
    attribute(current, 'PluginID') === String(pluginId)
  );
}
