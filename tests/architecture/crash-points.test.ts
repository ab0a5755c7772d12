import { crashPointNames } from '@lienthong/kernel';
import { describe, expect, it, test } from 'vitest';
import { crashPointFindings, idleExcuses, pointsIn, writesIn } from './crash-point-rules.ts';
import { told } from './finding.ts';
import { handWritten } from './the-tree.ts';
import { isOfTests } from './source-tree.ts';

describe('crash points', () => {
  it('stand beside every write of kernel, services and adapters', () => expect(told(handWritten.flatMap(crashPointFindings))).toEqual([]));

  it('are missing only where that is told, with a reason that still holds', () => expect(idleExcuses(handWritten)).toEqual([]));

  it('are all passed somewhere, and once each', () => {
    const passed = handWritten.filter(({ file }) => !isOfTests(file) && !file.startsWith('tests/')).flatMap(({ text }) => pointsIn(text));
    expect([...passed].sort()).toEqual([...crashPointNames].sort());
  });
});

describe('the rule', () => {
  test.each([
    ['libs/kernel/src/a.ts', 'async function save() { await kernel.store.append(change); }', 'save calls kernel.store.append'],
    ['libs/kernel/src/a.ts', 'class A { async #flush() { await this.#ports.bus.publish(to, batch); } }', 'flush calls this.ports.bus.publish'],
    ['services/land/src/a.ts', 'export const f = () => host.participant.handle(folder, command);', ' calls host.participant.handle'],
    ['libs/adapters/store-mongo/src/a.ts', 'async function put() { const go = () => folders.bulkWrite(all); await go(); }', 'put calls folders.bulkWrite'],
    ['libs/adapters/documents/src/a.ts', 'async function keep() { await rename(a, b); }', 'keep calls rename'],
    // A point in another function is none here.
    ['libs/kernel/src/a.ts', "function a() { world.crashPoint?.('x'); } function b() { store.settle(all); }", 'b calls store.settle'],
  ])('finds in %s: %s', (file, text, what) => expect(told(crashPointFindings({ file, text })).join('\n')).toContain(what));

  test.each([
    ['libs/kernel/src/a.ts', "async function save() { world.crashPoint?.('x'); await store.append(change); }"],
    ['libs/kernel/src/a.ts', 'async function read() { await store.load(id); relay.settle(id); rows.append(id); }'],
    ['libs/kernel/test/a.test.ts', 'async function save() { await store.append(change); }'],
  ])('lets pass in %s: %s', (file, text) => expect(crashPointFindings({ file, text })).toEqual([]));

  it('sees through optional and private members', () => {
    expect(writesIn('a.ts', 'class A { f() { this.#marks?.raise(m); } }')).toMatchObject([{ name: 'f', called: 'this.marks.raise', pointed: false }]);
  });
});
