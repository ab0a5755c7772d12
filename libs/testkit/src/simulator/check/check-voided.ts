/** What came after its succession is without effect: exactly that is listed by the service whose it is, and told to whoever runs it. */
import { effectOf } from '@lienthong/folder';
import type { Evidence } from './evidence.ts';
import type { JudgedFolder } from './judged-folder.ts';

/** Services that list the folder. */
function listedBy({ voided }: Evidence, { id }: JudgedFolder): readonly string[] {
  return [...voided ?? []].filter(([, folders]) => folders.has(id)).map(([service]) => service);
}

export const isVoided = (evidence: Evidence, judged: JudgedFolder): boolean => listedBy(evidence, judged).length > 0;

export function checkVoided(evidence: Evidence, judged: JudgedFolder): readonly string[] {
  // Where a log was forked, the fork was told.
  if (evidence.voided === undefined || judged.folder.branches.size > 0) return [];
  const name = judged.id.slice(0, 8), listed = listedBy(evidence, judged);
  const services = new Set(judged.folder.order.filter((entry) => effectOf(judged.folder, entry) === 'voided').map(({ author }) => author.slice(0, author.lastIndexOf('~'))));
  return [
    ...[...services].filter((service) => !listed.includes(service)).map((service) => `${name}: entries of ${service} are voided, which it does not list`),
    ...listed.filter((service) => !services.has(service)).map((service) => `${name}: ${service} lists it as voided, and no entry of its is`),
  ];
}
