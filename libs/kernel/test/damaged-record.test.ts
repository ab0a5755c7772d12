/** Bytes of the records that stand beside entries are not those that were written: what others have acknowledged is learned anew; what was sealed is not guessed. */
import { expect, test } from 'vitest';
import { kernelRecordId } from '../src/index.ts';
import { add, open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const folder = folderOf('damaged'), later = 400_000;

async function worked(): Promise<ToyHub> {
  const hub = new ToyHub({ alpha: {}, beta: {} });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services: ['alpha', 'beta'] })), later);
  await hub.run(hub.at('alpha').handle(folder, add('r2', 1)));
  await hub.time.pass(later);
  return hub;
}

type Turn = (text: string) => string;
/** Of alpha, which is stopped meanwhile. */
function turn(hub: ToyHub, id: string, turned: Turn): void {
  const { store } = hub.services.get('alpha')!, backup = store.backup(), row = backup.rows.get(id)!, text = Buffer.from(row.aux).toString();
  expect(turned(text)).not.toBe(text);
  hub.restore('alpha', { ...backup, rows: new Map([...backup.rows, [id, { ...row, aux: Buffer.from(turned(text)) }]]) });
}

const digit: Turn = (text) => text.replace(/\d(?=[\],}])/, (one) => String((Number(one) + 1) % 10)), form: Turn = (text) => text.replace(':', ';');

test.each([['a number that was acknowledged', digit], ['its form', form]])('a turned byte beside the entries (%s) is noticed, told once, and what stood there is learned anew without anybody', async (_what, turned) => {
  const hub = await worked();
  turn(hub, folder, turned);
  hub.cutOff.add('beta');
  await hub.start('alpha');
  expect(await hub.state('alpha', folder)).toMatchObject({ total: 1 });
  expect(hub.services.get('alpha')!.alarms.map(({ code }) => code)).toEqual(['FOLDER_DAMAGED']);
  hub.cutOff.clear();
  await hub.run(hub.at('alpha').handle(folder, add('r3', 4)), later);
  expect(await hub.state('beta', folder)).toMatchObject({ total: 5 });
  expect(hub.at('alpha').status()).toMatchObject({ troubles: [], setAside: [], outstandingUpdates: 0 });
  hub.crash('alpha');
  await hub.start('alpha');
  expect(await hub.state('alpha', folder)).toMatchObject({ total: 5 });
  expect(hub.services.get('alpha')!.alarms).toHaveLength(1);
});

test.each([['a number', digit], ['its form', form]])('a service whose own record has a turned byte (%s) does not start, and says whose it is and what to do', async (_what, turned) => {
  const hub = await worked();
  turn(hub, kernelRecordId, turned);
  await expect(hub.at('alpha').start()).rejects.toMatchObject({ code: 'RECORD_DAMAGED', meta: { service: 'alpha' }, row: { remedy: { en: expect.stringContaining('lienthong restore') } } });
});
