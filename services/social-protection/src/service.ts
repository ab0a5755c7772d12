/** Social protection: monthly allowances, social pension, funeral support; beneficiaries, decisions, payment lists, moves between communes. */
import { areaToday, createDeskService } from '@lienthong/dossier-service';
import type { EvidenceFact, Host, PrepareChange, Register, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import type { AnyRpcService } from '@lienthong/kernel';
import { localDate } from '@lienthong/law';
import { beneficiaryRpcs } from './register-rpcs.ts';
import { socialRules } from './rules.ts';
import { kindOf, paidPart, standingPart, subjectOf } from './rules-announce.ts';
import { areaOf, isPaidOn, rateNow } from './rules-facts.ts';
import type { Beneficiary, SocialChange } from './rules-facts.ts';
import { filesAbout } from './files.ts';
import { monthOf } from './rules-months.ts';
import { noStandards, raisedUpTo } from './rules-standards.ts';

/** The role whose office answers for a file. */
const keeper = 'social-protection';

export function createSocialProtection(ports: ServicePorts): ServiceModule {
  return createDeskService<Beneficiary, SocialChange>(ports, {
    name: 'social-protection', register: socialRules(ports.environment.reference),
    lookUp: withStanding,
    facts: (host) => [beneficiaryFact(host)],
    rpcs: (host, registers) => [beneficiaryRpcs(host, registers) as unknown as AnyRpcService],
  });
}

/** The file of the kind that the procedure is about. */
async function withStanding(register: Register<Beneficiary>, prepare: PrepareChange): Promise<PrepareChange> {
  const files = await filesAbout(register, subjectOf(prepare));
  if (prepare.action === 'stop-on-death') {
    const paid = files.map(({ facts }) => facts).filter((one) => isPaidOn(one, localDate(prepare.now)) && one.kind !== 'funeral-support');
    return { ...prepare, particulars: { ...prepare.particulars, [paidPart]: paid } };
  }
  const file = files.find(({ facts }) => facts.kind === kindOf(prepare));
  return file === undefined ? prepare : { ...prepare, particulars: { ...prepare.particulars, [standingPart]: file.facts } };
}

/** The file stands in for its papers, also after the last payment: funeral support is asked for then. */
function beneficiaryFact({ environment: { reference }, world }: Host): EvidenceFact<Beneficiary> {
  const today = (): string => localDate(world.now());
  return {
    fact: 'beneficiary', subject: 'person', find: filesAbout, brief: ['beneficiary', 'fullName', 'kind', 'state', 'startMonth', 'endMonth'],
    officeOf: (file) => reference.competentOffice(keeper, areaToday(reference, areaOf(file), today()), today())?.id ?? '',
    values: (file) => {
      const rate = rateNow(raisedUpTo(file, reference.support ?? noStandards, monthOf(today())));
      return {
      beneficiary: file.beneficiary, fullName: file.person.fullName ?? '', kind: file.kind, state: file.state, group: rate.group, amount: String(rate.amount), startMonth: file.startMonth, endMonth: file.endMonth,
        decisionNumber: rate.decisionNumber,
      };
    },
    summary: () => ({ vi: 'Hồ sơ hưởng trợ giúp xã hội có trong cơ sở dữ liệu bảo trợ xã hội', en: 'The file of support is in the beneficiary register' }),
  };
}
