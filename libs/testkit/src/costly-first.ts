/** Suites that take minutes begin first, so that none of them is left at the end with only one core at work. */
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Endings of test files, the costly ones first. */
const endings = ['.chaos.ts', '.journey.ts', '.sim.ts', '.contract.ts', '.test.ts'] as const;

export class CostlyFirst extends BaseSequencer {
  /** By group, then by ending, then as vitest would; chaos by name. */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const places = new Map(usual.map((one, at) => [one, at]));
    return usual.sort((a, b) => groupOf(a) - groupOf(b) || costOf(a) - costOf(b) || (costOf(a) === 0 ? a.moduleId.localeCompare(b.moduleId) : places.get(a)! - places.get(b)!));
  }
}

const groupOf = (one: TestSpecification): number => one.project.config.sequence.groupOrder;
const costOf = (one: TestSpecification): number => endings.findIndex((ending) => one.moduleId.endsWith(ending));
