import { type RawType, typeTable } from '../../model/types/types.gen.ts';
import { printValue } from '../../model/types/value-text.ts';
import { element, type WwuElement } from '../../wwu/tree.ts';
import { type ClassDefaults, unlistedClasses } from './unlisted-classes.ts';
import { linkedProperty, ordinal } from './write-format.ts';

/**
 * The `SharedValues` of a project: the default of every property of every class, as Wwise keeps them beside its objects.
 * Classes stand in the order of plug-in id, company id, plug-in type; properties in the order of their names.
 */
export function sharedValues(): WwuElement {
  const classes = [...typeTable.map(classDefaults), ...unlistedClasses];
  classes.sort((a, b) => a.pluginId - b.pluginId || a.companyId - b.companyId || a.pluginType - b.pluginType);
  return element('SharedValues', {}, classes.map(sharedPropertyList));
}

/** A class id is plug-in type + (company id << 4) + (plug-in id << 16). */
function classDefaults(type: RawType): ClassDefaults {
  const properties = type.properties.map(({ name, type: valueType, default: value }) => ({
    name,
    type: valueType,
    text:
      valueType === 'Uint64' && typeof value === 'number' ? wideText(value) : printValue(valueType, value),
  }));
  return {
    name: type.name,
    pluginType: type.classId & 0xf,
    companyId: (type.classId >>> 4) & 0xfff,
    pluginId: type.classId >>> 16,
    properties: [...properties, ...pluginProperties(type)],
  };
}

/** All 64 bits set is the one default a double cannot hold: it reads as 2^64. */
function wideText(value: number): string {
  const highest = 2n ** 64n - 1n;
  const exact = BigInt(value);
  return String(exact > highest ? highest : exact);
}

/** What every plug-in object has beside its own parameters; the plug-ins' own documentation does not list it. */
function pluginProperties(type: RawType): ClassDefaults['properties'] {
  if (type.kind === 'object') return [];
  const color = { name: 'Color', type: 'int16', text: '0' };
  const inclusion = { name: 'Inclusion', type: 'bool', text: 'True' };
  const overrideColor = { name: 'OverrideColor', type: 'bool', text: 'False' };
  return type.kind === 'sourcePlugin' ? [color, overrideColor] : [color, inclusion, overrideColor];
}

function sharedPropertyList(defaults: ClassDefaults): WwuElement {
  const properties = [...defaults.properties]
    .sort((a, b) => ordinal(a.name, b.name))
    .map((property) => linkedProperty(property.name, property.type, property.text));
  const attributes = {
    ClassName: defaults.name,
    PluginType: String(defaults.pluginType),
    CompanyID: String(defaults.companyId),
    PluginID: String(defaults.pluginId),
  };
  return element(
    'SharedPropertyList',
    attributes,
    properties.length === 0 ? [] : [element('PropertyList', {}, properties)],
  );
}
