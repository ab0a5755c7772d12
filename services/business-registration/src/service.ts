/** Registrars of household businesses: names, certificates, suspension, end. */
import { areaToday, areaWithPast, createDeskService } from '@lienthong/dossier-service';
import type { EvidenceFact, Host, PrepareChange, Register, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import type { AnyRpcService, World } from '@lienthong/kernel';
import { localDate, nameOf } from '@lienthong/law';
import type { Reference } from '@lienthong/law';
import { businessRpcs } from './register-rpcs.ts';
import { businessRules } from './rules.ts';
import { standingPart, subjectOf, taxCodeGiven } from './rules-announce.ts';
import type { Standing } from './rules-announce.ts';
import type { Business, BusinessChange, BusinessRecord } from './rules-facts.ts';
import { stateOn } from './rules-facts.ts';
import { otherBearer, standingBusiness } from './standing.ts';

/** The role whose office answers for a business. */
const keeper = 'business-registration';

export function createBusinessRegistration(ports: ServicePorts): ServiceModule {
  const { environment: { reference }, world } = ports;
  return createDeskService<BusinessRecord, BusinessChange>(ports, {
    name: 'business-registration', register: businessRules(reference),
    lookUp: (register, prepare) => withStanding(register, prepare, reference, world),
    facts: (host) => [businessFact(host)],
    rpcs: (host, registers) => [businessRpcs(host, registers) as unknown as AnyRpcService],
  });
}

/** The business that the dossier is about, and where its name must be the only one. */
async function withStanding(register: Register<BusinessRecord>, prepare: PrepareChange, reference: Reference, world: World): Promise<PrepareChange> {
  const business = (await standingBusiness(register, subjectOf(prepare)))?.facts ?? null;
  const area = areaToday(reference, business?.area ?? prepare.leg.area, localDate(world.now()));
  const taxCodeBearer = prepare.action === 'certificate' ? await otherBearer(register, taxCodeGiven(prepare), business?.business ?? '') : '';
  const standing: Standing = { business, area, past: areaWithPast(reference, area).filter((one) => one !== area), taxCodeBearer };
  return { ...prepare, particulars: { ...prepare.particulars, [standingPart]: standing } };
}

/** The registration stands in for the certificate while the business has not ended. */
function businessFact({ environment: { reference }, world }: Host): EvidenceFact<BusinessRecord> {
  const today = (): string => localDate(world.now());
  return {
    fact: 'business', subject: 'business', brief: ['business', 'name', 'owner', 'certificateNumber', 'state'],
    async find(register, id) {
      const found = await standingBusiness(register, id);
      return found === undefined || found.facts.state === 'terminated' ? [] : [found];
    },
    officeOf: (facts) => reference.competentOffice(keeper, areaToday(reference, (facts as Business).area, today()), today())?.id ?? '',
    values(facts) {
      const { business, taxCode, name, owner, address, certificateNumber, registeredOn } = facts as Business;
      return { business, taxCode, name, owner: nameOf(owner), address, certificateNumber, registeredOn, state: stateOn(facts as Business, today()) };
    },
    summary: () => ({ vi: 'Giấy chứng nhận đăng ký hộ kinh doanh có trong cơ sở dữ liệu đăng ký kinh doanh', en: 'The certificate of the household business is in the business register' }),
  };
}
