/** Land registration offices and the cadastre: parcels, rights, mortgages, certificates. */
import { areaToday, createDeskService, refusalOfProblem } from '@lienthong/dossier-service';
import type { EvidenceFact, Host, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { AnyRpcService } from '@lienthong/kernel';
import { localDate } from '@lienthong/law';
import { landRpcs } from './register-rpcs.ts';
import { numberInUse, parcelAt, withStanding } from './parcels.ts';
import { landRules } from './rules.ts';
import { hasEnded, holderNames } from './rules-apply.ts';
import type { LandChange, LandRecord, Parcel } from './rules-facts.ts';

/** The role whose office answers for a parcel. */
const keeper = 'land-registration';

export function createLand(ports: ServicePorts): ServiceModule {
  return createDeskService<LandRecord, LandChange>(ports, {
    name: 'land', register: landRules(ports.environment.reference),
    lookUp: (register, prepare) => withStanding(register, prepare, ports.environment.reference), numberProblem: numberInUse,
    facts: (host) => [certificate(host)],
    rpcs: (host, registers) => [landRpcs(host, registers) as unknown as AnyRpcService],
  });
}

/** The certificate in force stands in for the paper. */
function certificate({ environment: { reference }, world }: Host): EvidenceFact<LandRecord> {
  const officeOf = ({ area }: Parcel): string => { const on = localDate(world.now()); return reference.competentOffice(keeper, areaToday(reference, area, on), on)?.id ?? ''; };
  return {
    fact: 'certificate', subject: 'parcel', officeOf: (record) => officeOf(record as Parcel),
    async find(register, id) {
      const found = await parcelAt(register, id);
      if (found?.facts.ended !== undefined) throw errorOfRefusal(refusalOfProblem('land', hasEnded(found.facts, found.facts.ended)));
      return found === undefined ? [] : [found];
    },
    values: (record) => valuesOf(record as Parcel), brief: ['parcel', 'certificateNumber', 'holders', 'sizeDm2', 'purpose', 'address'],
    summary: () => ({ vi: 'Giấy chứng nhận quyền sử dụng đất có trong cơ sở dữ liệu đất đai', en: 'The land use certificate is in the land register' }),
  };
}

function valuesOf(parcel: Parcel): Readonly<Record<string, string>> {
  return {
    parcel: parcel.parcel, certificateNumber: [...new Set(parcel.rights.map((right) => right.certificateNumber))].join(', '), holders: holderNames(parcel), mapSheet: parcel.mapSheet, number: parcel.number,
    sizeDm2: String(parcel.sizeDm2), purpose: parcel.purpose, address: parcel.address, mortgages: String(parcel.mortgages.filter((one) => one.deletedAt === null).length), blocks: String(parcel.blocks.filter((one) => one.liftedOn === '').length),
  };
}
