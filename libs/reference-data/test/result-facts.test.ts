/** Which result stands in for which paper is data: it names what is issued, by whom, and the procedures say the same. */
import { expect, test } from 'vitest';
import { loadReference, validate } from '../src/index.ts';
import { excerpt } from './excerpt.ts';
import type { MutableData } from './excerpt.ts';

test.each<[string, (data: MutableData) => void, string, string]>([
  ['a name that a register has', (d) => { d.resultFacts![0]!.fact = 'certificate'; }, 'fact', 'is a fact already'], ['a result that nobody issues', (d) => { d.resultFacts![0]!.results.push('KQ.X'); }, 'results[8]', 'issues KQ.X'],
  ['another service than the one that issues it', (d) => { d.resultFacts![0]!.service = 'land'; }, 'service', 'is issued by general-agency'], ['a paper that nobody asks for', (d) => { d.resultFacts![0]!.documents[0]!.code = 'diploma'; }, 'documents[0]', 'requires diploma'],
  ['a paper that the procedures do not take it for', (d) => { d.resultFacts![0]!.documents.push({ code: 'works-design' }); }, 'documents[1]', 'does not take construction-permit'],
  ['a paper that no such procedure asks for', (d) => { d.resultFacts![0]!.documents[0]!.procedures = ['1.001193']; }, 'documents[0]', 'of 1.001193'],
])('%s is found, with file and remedy', (_fault, harm, field, problem) => {
  const data = excerpt();
  harm(data);
  const found = validate(data).find((one) => one.file === 'results.json' && one.field === field);
  expect(found, JSON.stringify(validate(data).slice(0, 3))).toMatchObject({ problem: expect.stringContaining(problem), remedy: expect.stringMatching(/./) });
});

test('papers of every field are taken from what other agencies issued', () => {
  const { procedures, resultFacts = [] } = loadReference(), taken = procedures.filter((one) => one.documents.some(({ evidence }) => evidence?.subject === 'result'));
  expect(resultFacts.length).toBeGreaterThanOrEqual(10);
  expect(new Set(taken.map((one) => one.code)).size).toBeGreaterThanOrEqual(20);
  for (const fact of resultFacts) expect(taken.some((one) => one.documents.some(({ evidence }) => evidence?.fact === fact.fact)), fact.fact).toBe(true);
});
