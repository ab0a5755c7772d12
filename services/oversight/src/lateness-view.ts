/** How a dossier stands against its limits and what made it late, as the contract shows it. The definitions are the law's. */
import { oversight } from '@lienthong/contract';
import { officeText, time } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { clockOf, clockOffice, lateness, punctualityClasses, punctualityOfDossier, punctualityOfLeg } from '@lienthong/law';
import type { Dossier, LateInterval, Punctuality, PunctualityClass } from '@lienthong/law';
import { accountables } from './accountables.ts';

const minuteMs = 60_000, ppm = 1_000_000;
const classes: Readonly<Record<PunctualityClass, oversight.PunctualityClass>> = {
  'early': oversight.PunctualityClass.EARLY, 'on-time': oversight.PunctualityClass.ON_TIME, 'late': oversight.PunctualityClass.LATE, 'running': oversight.PunctualityClass.RUNNING,
  'running-late': oversight.PunctualityClass.RUNNING_LATE, 'excluded': oversight.PunctualityClass.EXCLUDED,
};

export function latenessView(dossier: Dossier, host: Host): oversight.GetLatenessResponse {
  const { environment } = host, now = clockOf(dossier, host.world.now());
  const whole = punctualityOfDossier(dossier, now, environment);
  const legs = [...dossier.legs.values()].flatMap((leg) => {
    const one = punctualityOfLeg(dossier, leg, now, environment);
    return one === null ? [] : [punctualityView(one, { leg: leg.id, legName: leg.plan.name, office: leg.office })];
  });
  return {
    dossier: whole === null ? undefined : punctualityView(whole, { leg: '', legName: '', office: clockOffice(dossier) }), legs,
    late: lateness(dossier, now, environment).map((one) => ({
      punctuality: punctualityView(one.punctuality, { leg: one.leg ?? '', legName: one.name, office: one.office }), intervals: one.intervals.map((interval) => intervalView(interval, host)),
    })),
  };
}

function punctualityView(one: Punctuality, of: { readonly leg: string; readonly legName: string; readonly office: string }): oversight.Punctuality {
  const { title, definition, source } = punctualityClasses[one.class];
  return {
    ...of, punctualityClass: classes[one.class], title, definition, legalSource: source, dueTime: time(one.due), decidedTime: time(one.ended), lateWorkingMinutes: Math.floor(one.lateMillis / minuteMs), excludedReason: one.reason,
  };
}

function intervalView(one: LateInterval, host: Host): oversight.LateInterval {
  return {
    startTime: new Date(one.from), endTime: new Date(one.to), accountable: accountables[one.who].code, cause: one.cause, office: one.office, officeName: one.office === '' ? undefined : officeText(host.environment, one.office),
    legName: one.leg, lateWorkingMs: one.millis, sharePpm: Math.round(one.share * ppm),
  };
}
