import { armedCrash, crashPointNames, crashPoints } from '@lienthong/kernel';
import { describe, expect, it } from 'vitest';

describe('an armed crash', () => {
  it('comes at its point, at the passage that was asked for, once', () => {
    const deaths: string[] = [];
    const pass = armedCrash({ point: 'command-stored', passage: 2 }, () => { deaths.push('dead'); });
    for (const name of ['command-stored', 'folder-written', 'folder-written'] as const) pass(name);
    expect(deaths).toEqual([]);
    for (let n = 0; n < 3; n++) pass('command-stored');
    expect(deaths).toEqual(['dead']);
  });

  it('has a moment that says what is done and what is not', () => {
    for (const name of crashPointNames) expect([name, crashPoints[name].moment.includes(';')]).toEqual([name, true]);
  });
});
