import { attribute, childNamed } from '../../wwu/tree.ts';
import type { ObjectNode } from '../index/object-node.ts';

/**
 * The codec a Conversion uses on a platform, as files name it (`Vorbis`); of a platform it does not list, that of the first
 * it does, which is the base. Undefined when the file says none.
 */
export function readCodec(conversion: ObjectNode, platform: string | undefined): string | undefined {
  const infos = childNamed(conversion.element, 'ConversionPluginInfoList')?.children ?? [];
  const info = infos.find((candidate) => attribute(candidate, 'Platform') === platform) ?? infos[0];
  const plugin = info === undefined ? undefined : childNamed(info, 'ConversionPlugin');
  return plugin === undefined ? undefined : attribute(plugin, 'PluginName');
}
