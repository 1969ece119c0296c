/*
 * What React Flow 11 and 12 keep on a flow, a node and an edge for drawing and interaction (`toObject()` writes them all).
 * Accepted, ignored.
 */

export const workflowPresentation: readonly string[] = ['viewport', 'position', 'zoom'];

export const nodePresentation: readonly string[] = [
  ...[
    'position',
    'positionAbsolute',
    'measured',
    'width',
    'height',
    'initialWidth',
    'initialHeight',
    'origin',
  ],
  ...['selected', 'dragging', 'resizing', 'draggable', 'selectable', 'connectable', 'deletable', 'focusable'],
  ...[
    'hidden',
    'zIndex',
    'parentId',
    'parentNode',
    'extent',
    'expandParent',
    'dragHandle',
    'handles',
    'label',
  ],
  ...['sourcePosition', 'targetPosition', 'style', 'className', 'ariaLabel', 'ariaRole', 'domAttributes'],
];

export const edgePresentation: readonly string[] = [
  ...['type', 'label', 'labelStyle', 'labelShowBg', 'labelBgStyle', 'labelBgPadding', 'labelBgBorderRadius'],
  ...['animated', 'hidden', 'selected', 'selectable', 'deletable', 'focusable', 'reconnectable', 'updatable'],
  ...['markerStart', 'markerEnd', 'style', 'className', 'zIndex', 'interactionWidth', 'pathOptions'],
  ...['ariaLabel', 'ariaRole', 'domAttributes'],
];

/** Handle ids that name a side or a direction, as drawing tools write them, and so no input or output. */
export const plainHandles: ReadonlySet<string> = new Set([
  ...['', 'in', 'out', 'input', 'output', 'source', 'target', 'default'],
  ...['left', 'right', 'top', 'bottom'],
]);
