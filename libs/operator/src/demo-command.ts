/** The citizens' journeys as rehearsals, through gRPC as the outside would. */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { allOffices, hubClient, journeyNames, runJourneys } from '@lienthong/journeys';
import type { HubClient, JourneyReport, Step } from '@lienthong/journeys';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';
import { embeddedHub } from './embedded-hub.ts';
import { isUnreached } from './explain-failure.ts';
import { hubOf, targetOptions, targetUsage } from './hub-target.ts';

export const demoCommand: Command = {
  name: 'demo', usage: `[--embedded] [--json] [--only NAME] ${targetUsage}`,
  purpose: { vi: 'Chạy các hành trình mẫu của người dân (hồ sơ diễn tập) trên hub đang chạy; --embedded tự mở một hub riêng.', en: 'Runs the citizens\' journeys as rehearsals on the running hub; --embedded starts an own one.' },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { embedded: { type: 'boolean' }, json: { type: 'boolean' }, only: { type: 'string' }, ...targetOptions } });
    if (values.only !== undefined && !journeyNames.includes(values.only)) throw new UsageError(`không có hành trình / no journey "${values.only}"; có / there are: ${journeyNames.join(', ')}`);
    const own = values.embedded === true ? await embeddedHub() : undefined;
    const hub = own === undefined ? hubOf(values) : hubClient(own.address);
    try {
      await answering(hub);
      const reports = await runJourneys(hub, values.only === undefined ? journeyNames : [values.only], values.json === true ? () => {} : tellWith(await officeNames(hub)));
      const ok = reports.every((one) => one.ok);
      print(values.json === true ? JSON.stringify({ journeys: reports, ok }) : summary(reports));
      return ok ? 0 : 1;
    } finally {
      hub.close();
      await own?.stop();
    }
  },
};

/** A hub that is starting gets so long, in milliseconds, before the demo gives up on it; so long between two looks. */
const maxStartingMs = 3_000;
const lookEveryMs = 250;

/** The journeys outlast a hub that is restarted meanwhile; but where none is at all, one wants to hear that at once. */
async function answering(hub: HubClient): Promise<void> {
  const end = Date.now() + maxStartingMs;
  for (;;) {
    try {
      await hub.operator.getStatus({}, { deadlineMs: maxStartingMs });
      return;
    } catch (error) {
      if (!isUnreached(error) || Date.now() > end) throw error;
      await pause(lookEveryMs);
    }
  }
}

const clock = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short', timeStyle: 'short' });

function tellWith(names: ReadonlyMap<string, string>): (step: Step) => void {
  let shown = '';
  return (step) => {
    if (step.journey !== shown) print(`\n== ${step.journey}`);
    shown = step.journey;
    const time = step.time === undefined ? '' : clock.format(step.time);
    const office = step.office === '' ? '' : ` — ${names.get(step.office) ?? step.office}`;
    print(`  ${time.padEnd(16)} ${step.text}${office}${step.due === undefined ? '' : ` (hạn / due ${clock.format(step.due)})`}`);
  };
}

/** Steps name some offices by id, as their calls did; people want the names. */
async function officeNames(hub: HubClient): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const { office, name } of allOffices(hub.reference)) if (name !== undefined) names.set(office, name.vi);
  return names;
}

function summary(reports: readonly JourneyReport[]): string {
  return `\n${reports.map((one) => `${one.ok ? '✔' : '✘'} ${one.name}: ${one.dossier}, ${one.entries} mục/entries, ${one.handoffs} lần chuyển/handoffs, ${one.suspensions} lần tạm dừng/suspensions → ${one.result}${one.problem === undefined ? '' : `\n    ${one.problem}`}`).join('\n')}`;
}
