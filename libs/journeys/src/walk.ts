/** One walk of one dossier: every step is a call that an outsider could make, told with office, time and due date. */
import { setTimeout as pause } from 'node:timers/promises';
import { agency, dossier as pb, intake } from '@lienthong/contract';
import { CallError } from '@lienthong/rpc-grpc';
import type { HubClient } from './hub-client.ts';
import { Patience } from './patience.ts';
import type { Unique } from './unique.ts';

export type Step = { readonly journey: string; readonly text: string; readonly office: string; readonly time: Date | undefined; readonly due: Date | undefined };
export type Tell = (step: Step) => void;

/** Longest wait for another office to have its turn, and between two looks, in milliseconds. Its service may be started again, and miss its former self first. */
export const maxWaitMs = 120_000;
export const lookEveryMs = 15;

/** Longest wait until another office has heard of something, in milliseconds, and what it says before. */
export const maxHeardMs = 30_000;
const notYetHeard: ReadonlySet<string> = new Set(['UNKNOWN_DOSSIER', 'UNKNOWN_ITEM', 'UNKNOWN_LEG', 'NOT_READY', 'BLOCKED']);

export class Walk {
  readonly hub: HubClient;
  readonly unique: Unique;
  readonly name: string;
  readonly #tell: Tell;
  readonly #patience: Patience;
  #clock: Date | undefined;
  #told: Date | undefined;
  code = '';
  folder = '';
  counter = '';

  /** `patience`: shared by the walks of a run; absent: of a hub that is known to be there. */
  constructor(name: string, hub: HubClient, unique: Unique, tell: Tell, patience = withAHub()) {
    this.name = name;
    this.hub = hub;
    this.unique = unique;
    this.#tell = tell;
    this.#patience = patience;
  }

  /** Another dossier of the same journey. */
  next(): Walk {
    return new Walk(this.name, this.hub, this.unique, this.#tell, this.#patience);
  }

  /** `office`: id or name. `time`: absent: the dossier's own clock, as it was last seen; never before what was told last. */
  tell(text: string, office: string, time = this.#clock, due?: Date): void {
    if (time !== undefined && (this.#told === undefined || time > this.#told)) this.#told = time;
    this.#tell({ journey: this.name, text, office, time: this.#told, due });
  }

  /** Repeats a call with the same request id until it is answered. */
  async call<T>(run: () => Promise<T>): Promise<T> {
    const start = Date.now();
    for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, 1_000)) {
      try {
        const answer = await run();
        this.#patience.answered();
        return answer;
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        if (error.reason !== '') this.#patience.answered();
        if (!error.retryable) throw error;
        if (Date.now() - start >= this.#patience.ms) {
          if (error.reason === '') this.#patience.givenUp();
          throw error;
        }
        await pause(waitMs);
      }
    }
  }

  /** A call to an office that may not have heard of the latest yet: what it does not know is asked again for a while. */
  async heard<T>(run: () => Promise<T>): Promise<T> {
    const until = Date.now() + maxHeardMs;
    for (;;) {
      try { return await this.call(run); } catch (error) {
        if (!(error instanceof CallError) || !notYetHeard.has(error.reason) || Date.now() > until) throw error;
        await pause(lookEveryMs);
      }
    }
  }

  /** Hands in at a counter; the dossier is a rehearsal that begins at `start`. */
  async submit(counter: string, start: string, submission: Parameters<typeof intake.Submission.fromPartial>[0]): Promise<intake.SubmitDossierResponse> {
    this.counter = counter;
    const request = intake.SubmitDossierRequest.fromPartial({
      requestId: this.unique.request('submit'), submission: { channel: pb.Channel.COUNTER, ...submission, rehearsal: { startTime: new Date(start) } } as intake.Submission,
    });
    const answer = await this.call(() => this.hub.intake.submitDossier(request, { office: counter, officer: 'cb-tiep-nhan' }));
    this.code = answer.code;
    this.folder = answer.folder;
    this.#clock = answer.receipt?.receivedTime;
    this.tell(`Tiếp nhận hồ sơ ${answer.code}: ${answer.receipt?.procedureName?.vi ?? ''}`, answer.receipt?.counterName?.vi ?? counter, answer.receipt?.receivedTime, answer.receipt?.dueTime);
    for (const leg of answer.receipt?.legs ?? []) this.#tell({ journey: this.name, text: `  sẽ qua: ${leg.title?.vi ?? leg.name}`, office: leg.officeName?.vi ?? leg.office, time: undefined, due: leg.dueTime });
    return answer;
  }

  async look(): Promise<intake.GetDossierResponse> {
    const dossier = await this.call(() => this.hub.intake.getDossier(intake.GetDossierRequest.fromPartial({ code: this.code }), { office: this.counter }));
    this.#clock = dossier.clockTime;
    return dossier;
  }

  /** Looks at the dossier until `seen` gives something. */
  async until<T>(what: string, seen: (dossier: intake.GetDossierResponse) => T | undefined | false): Promise<T> {
    const end = Date.now() + maxWaitMs;
    for (;;) {
      const found = seen(await this.look());
      if (found !== undefined && found !== false) return found;
      if (Date.now() > end) throw new Error(`${this.name} ${this.code}: waited ${maxWaitMs} ms for ${what}`);
      await pause(lookEveryMs);
    }
  }

  leg(name: string, dossier: intake.GetDossierResponse): pb.LegView | undefined {
    return dossier.legs.findLast((leg) => leg.name === name);
  }

  /** Resolves when an office works on the leg; tells it. */
  async working(name: string, round = 1): Promise<pb.LegView> {
    const leg = await this.until(`${name} in work`, (dossier) => {
      const found = this.leg(name, dossier);
      return found?.state === pb.LegState.WORKING && found.round >= round && found;
    });
    this.tell(`${leg.title?.vi ?? name}: đã tiếp nhận xử lý`, leg.officeName?.vi ?? leg.office, leg.sinceTime, leg.dueTime);
    return leg;
  }

  /** A leg as its office works on it: particulars, documents, what may be done. */
  async work(leg: pb.LegView): Promise<agency.Work> {
    const { work } = await this.heard(() => this.hub.desk.getWork(agency.GetWorkRequest.fromPartial({ code: this.code, leg: leg.leg }), { office: leg.office, officer: 'cb-xu-ly' }));
    return work!;
  }

  /** Completes a leg that is in work, with numbers for all the results it issues. */
  async complete(name: string, more: Partial<agency.CompleteLegRequest> = {}, round = 1): Promise<pb.LegView> {
    const leg = await this.working(name, round);
    const work = await this.work(leg);
    const results = work.resultCodes.map((code) => ({ result: code, number: `${code.split('.').at(-1)}/${this.unique.serial()}`, digest: '' }));
    const request = agency.CompleteLegRequest.fromPartial({ requestId: this.unique.request('complete'), code: this.code, leg: leg.leg, verdict: agency.Verdict.DONE, results, ...more });
    await this.heard(() => this.hub.desk.completeLeg(request, { office: leg.office, officer: 'cb-xu-ly' }));
    this.tell(`${leg.title?.vi ?? name}: hoàn thành${results.length > 0 ? `, cấp ${results.map((one) => one.number).join(', ')}` : ''}`, leg.officeName?.vi ?? leg.office);
    return leg;
  }

  /** Moves the clock of the rehearsal. */
  async moveClock(hours: number): Promise<Date> {
    const { clockTime } = await this.look();
    const newTime = new Date(clockTime!.getTime() + hours * 3_600_000);
    await this.moveClockTo(newTime);
    return newTime;
  }

  async moveClockTo(newTime: Date): Promise<void> {
    const request = intake.MoveRehearsalClockRequest.fromPartial({ requestId: this.unique.request('clock'), code: this.code, newTime });
    await this.call(() => this.hub.intake.moveRehearsalClock(request, { office: this.counter }));
  }

  /** Hands out everything that is ready at a counter. */
  async returnResult(counter: string): Promise<void> {
    const request = intake.ReturnResultRequest.fromPartial({ requestId: this.unique.request('return'), code: this.code, receiver: intake.Receiver.APPLICANT });
    await this.until('a result', (dossier) => dossier.status!.results.some((one) => one.returnTime === undefined));
    await this.call(() => this.hub.intake.returnResult(request, { office: counter, officer: 'cb-tra-ket-qua' }));
    this.tell('Trả kết quả cho người nộp', counter);
  }

  /** Resolves when the dossier is closed. */
  closed(): Promise<intake.GetDossierResponse> {
    return this.until('the dossier to close', (dossier) => dossier.status!.closed && dossier);
  }
}

function withAHub(): Patience {
  const patience = new Patience();
  patience.answered();
  return patience;
}
