/** The data while a reform is worked out: records that end and begin, and which line of the reform made each. Nothing that was there is changed in place. */
import { addDays } from '@lienthong/law';
import type { Area, AreaId, LocalDate, Office, OfficeId, Source } from '@lienthong/law';
import type { ReferenceData } from '../data-files.ts';
import type { Finding } from '../validate/finding.ts';
import { lastDay } from '../validate/dated.ts';
import type { Reform } from './reform.ts';

/** Where findings about a reform are shown. */
export const REFORM_FILE = 'reform';

export class ReformDraft {
  readonly reform: Reform;
  readonly areas: Map<AreaId, Area>;
  readonly offices: Map<OfficeId, Office>;
  /** Path in the reform, by the record that it made or ended. */
  readonly origins = new Map<string, string>();
  readonly findings: Finding[] = [];
  /** What takes over from an area that ends. */
  readonly heirs = new Map<AreaId, AreaId[]>();
  /** Units of a level that is no more. */
  readonly abolished = new Set<AreaId>();
  /** Areas to which the reform itself gave a name. */
  readonly named = new Set<AreaId>();
  readonly #areaOfCode = new Map<string, Area>();

  constructor(data: Pick<ReferenceData, 'areas' | 'offices'>, reform: Reform) {
    this.reform = reform;
    this.areas = new Map(data.areas.map((one) => [one.id, one]));
    this.offices = new Map(data.offices.map((one) => [one.id, one]));
    for (const area of data.areas) if (this.#stood(area)) this.#areaOfCode.set(area.code, area);
  }

  get from(): LocalDate { return this.reform.from; }
  /** Last day of the old order. */
  get eve(): LocalDate { return addDays(this.reform.from, -1); }
  get source(): Source { return this.reform.source; }

  report(field: string, problem: string, remedy: string): undefined {
    this.findings.push({ file: REFORM_FILE, record: this.reform.reform, field, problem, remedy });
    return undefined;
  }

  /** In force on the eve and beyond: what a reform can change. */
  #stood(one: { readonly validFrom: LocalDate; readonly validTo: LocalDate | null }): boolean {
    return one.validFrom <= this.eve && lastDay(one) >= this.from;
  }

  /** An area of the eve that nothing has ended yet. */
  areaOf(name: string, field: string): Area | undefined {
    const known = this.areas.get(name) ?? this.#areaOfCode.get(name);
    if (known === undefined) return this.report(field, `area ${name} does not exist on ${this.eve}`, 'name a code or id of an area that is in force on the day before');
    const area = this.areas.get(known.id)!;
    if (this.heirs.has(area.id)) return this.report(field, `area ${area.id} is changed twice`, 'change each area once');
    if (this.#stood(area) && area.validTo !== null) return this.report(field, `area ${area.id} ends on ${area.validTo} by a change that is published already`, 'write a reform that begins after it, on the areas of that day');
    return this.#stood(area) ? area : this.report(field, `area ${area.id} is not in force on ${this.eve} and ${this.from}`, 'name an area that the reform finds in force');
  }

  /** An area of the first day, also one that the reform begins. */
  areaOn(code: string, field: string): Area | undefined {
    const found = this.areas.get(`${code}@${this.from}`) ?? this.areas.get(code) ?? this.#areaOfCode.get(code);
    const now = found === undefined ? undefined : this.areas.get(found.id);
    return now !== undefined && now.validFrom <= this.from && lastDay(now) >= this.from ? now : this.report(field, `area ${code} does not exist on ${this.from}`, 'name the code of an area that stays, or that this reform begins');
  }

  /** Who bore a code on the eve. */
  bearerOn(code: string): Area | undefined { return this.#areaOfCode.get(code); }

  /** An office of the eve that nothing has ended yet. */
  officeOf(id: OfficeId, field: string): Office | undefined {
    const office = this.offices.get(id);
    if (office === undefined) return this.report(field, `office ${id} does not exist`, 'name an office of the reference data');
    if (this.#stood(office) && office.validTo !== null) return this.report(field, `office ${id} ends on ${office.validTo} by a change that is published already`, 'write a reform that begins after it, on the offices of that day');
    return this.#stood(office) ? office : this.report(field, `office ${id} is not in force on ${this.eve} and ${this.from}, or is ended twice`, 'name an office that the reform finds in force, once');
  }

  endArea(area: Area, successors: readonly AreaId[], field: string): void {
    this.areas.set(area.id, { ...area, validTo: this.eve, successors: [...successors] });
    this.heirs.set(area.id, [...successors]);
    this.origins.set(area.id, field);
  }

  beginArea(area: Omit<Area, 'id' | 'validFrom' | 'validTo' | 'successors' | 'source'>, field: string): AreaId {
    const id = `${area.code}@${this.from}`;
    if (this.areas.has(id)) this.report(field, `area ${id} begins twice`, 'begin each area once; name all that it takes over in one merge');
    this.areas.set(id, { id, ...area, successors: [], validFrom: this.from, validTo: null, source: this.source });
    this.origins.set(id, field);
    return id;
  }

  endOffice(office: Office, successor: OfficeId, field: string): void {
    this.offices.set(office.id, { ...office, validTo: this.eve, successor });
    this.origins.set(office.id, field);
  }

  beginOffice(office: Omit<Office, 'validFrom' | 'validTo' | 'successor' | 'source'>, field: string): void {
    if (this.offices.has(office.id)) this.report(field, `office ${office.id} exists already`, 'give the new office an id of its own');
    this.offices.set(office.id, { ...office, successor: null, validFrom: this.from, validTo: null, source: this.source });
    this.origins.set(office.id, field);
  }

  /** `<kind>-<area code>-<yyyymm>`; with the day where the month has one already. */
  freeOfficeId(kind: string, code: string): OfficeId {
    const day = this.from.replaceAll('-', ''), id = `${kind}-${code}-${day.slice(0, 6)}`;
    return this.offices.has(id) ? `${kind}-${code}-${day}` : id;
  }

  /** In force on the first day. */
  stands(office: Office): boolean { return office.validFrom <= this.from && lastDay(office) >= this.from; }
}
