import { asString } from '../../../core/json.ts';
import { nearest } from '../../../core/text/nearest.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { codecPlugins } from '../../model/writing/write-conversion-plugin.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { defineFunction } from '../define-function.ts';

/**
 * Sets the codec of a Conversion for one platform, with the codec's default settings. Only in the project: nothing is
 * converted here. Knows the codecs PCM, ADPCM, Vorbis and WEM Opus.
 */
export const audioSetConversionPlugin = defineFunction({
  uri: 'ak.wwise.core.audio.setConversionPlugin',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const conversion = resolveObject(model, asString(args.conversion) ?? '');
    if (conversion.type !== 'Conversion') {
      throw waapiErrors.invalidArguments(
        `${model.path(conversion)} is ${aOrAn(conversion.type)}, not a Conversion.`,
        {
          argumentName: 'conversion',
          object: conversion.id,
        },
      );
    }
    const wantedPlatform = asString(args.platform) ?? '';
    const platform = model.platforms.find(
      ({ id, name }) =>
        id === wantedPlatform.toUpperCase() || name.toLowerCase() === wantedPlatform.toLowerCase(),
    );
    if (platform === undefined) {
      const names = model.platforms.map(({ name }) => name);
      throw waapiErrors.invalidArguments(`The project has no platform "${wantedPlatform}".`, {
        argumentName: 'platform',
        candidates: nearest(wantedPlatform, names),
        known: names,
      });
    }
    const wanted = asString(args.plugin) ?? '';
    const plugin = codecPlugins.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (plugin === undefined) {
      const names = codecPlugins.map(({ name }) => name);
      throw waapiErrors.invalidArguments(
        `This engine does not know the codec "${wanted}"; it knows ${names.join(', ')}.`,
        { argumentName: 'plugin', candidates: nearest(wanted, names), known: names },
      );
    }
    await project.edit('Set Conversion Plug-in', sessionId, (editor) => {
      if (editor.setConversionPlugin(conversion, platform.name, plugin)) return;
      throw waapiErrors.invalidArguments(
        `The file of ${model.path(conversion)} holds its codecs in a form of an older Wwise that this engine does not write.`,
        { argumentName: 'conversion', object: conversion.id },
      );
    });
    return {};
  },
});
