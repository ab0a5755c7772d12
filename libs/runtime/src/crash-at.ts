/** The setting by which a test makes this process die at a named point, as a machine that loses its power would. */
import { armedCrash, crashPoints } from '@lienthong/kernel/ports/crash-points';
import type { ArmedCrash, CrashPoint, CrashPointName } from '@lienthong/kernel/ports/crash-points';
import { BadValue } from './variable.ts';
import type { Variable } from './variable.ts';

const form = /^([a-z-]+)(?::([1-9]\d{0,8}))?$/;

function armed(text: string): ArmedCrash | null {
  if (text === '') return null;
  const [, point = '', passage = '1'] = form.exec(text) ?? [];
  if (!Object.hasOwn(crashPoints, point)) throw new BadValue('names no crash point; they stand in libs/kernel/src/ports/crash-points.ts');
  return { point: point as CrashPointName, passage: Number(passage) };
}

export const crashAt = {
  name: 'LIENTHONG_CRASH_AT', default: '', unit: 'point or point:n, for the n-th passage; empty: nowhere',
  purpose: { vi: 'Chỉ dùng khi kiểm thử: tiến trình tự kết thúc (SIGKILL) tại điểm này.', en: 'For tests only: the process kills itself (SIGKILL) at this point.' },
  parse: armed,
} as const satisfies Variable<ArmedCrash | null>;

/** Undefined: nothing is armed. */
export function crashPointAt(at: ArmedCrash | null): CrashPoint | undefined {
  return at === null ? undefined : armedCrash(at, () => process.kill(process.pid, 'SIGKILL'));
}
