import type { Locator, Page } from 'playwright-core';

/** What the tests do with the drawing. */
export function drawing(page: Page) {
  const canvas = page.locator('.canvas');
  const card = (id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);
  const port = (id: string, name: string, side: 'source' | 'target'): Locator =>
    card(id).locator(`.react-flow__handle.${side}[data-handleid="${name}"]`);
  return {
    canvas,
    card,
    port,
    /** Drags a step of the palette to a position of the drawing. */
    async drop(type: string, x: number, y: number): Promise<void> {
      await page.locator(`[data-step="${type}"]`).dragTo(canvas, { targetPosition: { x, y } });
    },
    /** Drags a wire from an output to an input. */
    async wire(source: string, output: string, target: string, input: string): Promise<void> {
      const from = await middleOf(port(source, output, 'source'));
      const to = await middleOf(port(target, input, 'target'));
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
      await page.mouse.move(to.x, to.y, { steps: 4 });
      await page.mouse.up();
    },
    /** Writes an input of the selected step. */
    async fill(name: string, value: string): Promise<void> {
      await field(page, name).fill(value);
    },
    /** Waits until every step of these has this state. */
    async stand(state: string, ...ids: readonly string[]): Promise<void> {
      for (const id of ids) await card(id).locator(`.card.is-${state}`).waitFor();
    },
  };
}

/** Presses Run, as soon as it can be. */
export async function runDrawing(page: Page): Promise<void> {
  const button = page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true });
  await page.locator('.toolbar button.primary:enabled').waitFor();
  await button.click();
}

/** The box of an input in the form of a step. */
export function field(page: Page, name: string): Locator {
  return page
    .locator('.step-form .field', { has: page.locator(`label:text-matches("^${name}( needed)?$")`) })
    .locator('input, textarea, select')
    .first();
}

async function middleOf(locator: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('There is no such port in the drawing.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
