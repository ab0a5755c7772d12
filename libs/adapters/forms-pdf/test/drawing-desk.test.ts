/** Forms are drawn beside whoever serves: nobody waits for a drawing but who asked for it. */
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DrawingDesk } from '../src/drawing-desk.ts';
import { formPdf } from '../src/form-pdf.ts';
import { sampleForm } from './sample-form.ts';

const print = { language: 'vi', trackUrl: '' } as const;
const drawing = { form: sampleForm(), print };
const reasonOf = (one: Promise<unknown>): Promise<unknown> => one.then(() => 'drawn', (cause: unknown) => (cause as { readonly code?: string }).code ?? (cause as Error).message);

test('the thread that asks goes on while a form is drawn, and gets what it would have drawn itself', async () => {
  const desk = new DrawingDesk(10);
  let turns = 0, over = false;
  const drawn = Promise.all([1, 2, 3].map(() => desk.draw(drawing))).finally(() => { over = true; });
  while (!over) { await setImmediate(); turns++; }
  expect(turns).toBeGreaterThan(100);
  const own = Buffer.from(await formPdf(drawing.form, print));
  for (const one of await drawn) expect(own.equals(one)).toBe(true);
});

test('what nobody waits for any more is not drawn, and holds up nobody', async () => {
  const desk = new DrawingDesk(10), gone = new AbortController();
  const asked = [desk.draw(drawing), desk.draw(drawing, gone.signal), desk.draw(drawing)].map(reasonOf);
  gone.abort(new Error('went away'));
  expect(await Promise.all(asked)).toEqual(['drawn', 'went away', 'drawn']);
});

test('of too many the last are refused, and may come again', async () => {
  const desk = new DrawingDesk(2), asked = [1, 2, 3, 4, 5].map(() => desk.draw(drawing));
  expect(await Promise.all(asked.map(reasonOf))).toEqual(['drawn', 'drawn', 'drawn', 'OVERLOADED', 'OVERLOADED']);
  expect(await reasonOf(desk.draw(drawing))).toBe('drawn');
});

test.each<[string, unknown]>([['cannot be drawn', { form: {}, print }], ['cannot be handed to another thread', { form: drawing.form, print: { ...print, language: () => 'vi' } }]])('what %s fails alone', async (_what, odd) => {
  const desk = new DrawingDesk(10), asked = [desk.draw(odd as typeof drawing), desk.draw(drawing)];
  expect(await reasonOf(asked[0]!)).not.toBe('drawn');
  expect(await reasonOf(asked[1]!)).toBe('drawn');
});
