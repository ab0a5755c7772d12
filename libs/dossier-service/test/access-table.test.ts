/** The gate: every method of the contracts has exactly one row, and every row lets in whom it names and nobody else. */
import * as contract from '@lienthong/contract';
import { loadReference } from '@lienthong/reference-data';
import { describe, expect, test } from 'vitest';
import type { Caller } from '@lienthong/kernel';
import { accessTable, mayCall } from '../src/access-table.ts';

const methods = Object.values(contract)
  .filter((area) => typeof area === 'object')
  .flatMap((area) => Object.entries(area).filter(([name]) => name.endsWith('Service')).flatMap(([, definition]) => Object.values(definition as Record<string, { path: string }>)))
  .map(({ path }) => path);

const reference = loadReference();
const officeWith = (role: string): string => reference.offices.find((office) => office.roles.includes(role))?.id ?? `no office bears ${role}`;
const local: Caller = { office: '', officer: '', service: '', peer: '127.0.0.1:40000' };
const callers = {
  nobody: local,
  'nobody, from elsewhere': { ...local, peer: '203.0.113.7:40000' },
  counter: { ...local, office: officeWith('counter') },
  'post office': { ...local, office: officeWith('post-office') },
  'land office': { ...local, office: officeWith('land-registration') },
  'commune, social protection': { ...local, office: officeWith('social-protection') },
  'business registrar': { ...local, office: officeWith('business-registration') },
  'tax office': { ...local, office: officeWith('tax') },
  'unknown office': { ...local, office: 'no-such-office' },
  service: { ...local, service: 'land~0123456789abcdef' },
} as const satisfies Record<string, Caller>;
type Name = keyof typeof callers;
const offices: readonly Name[] = ['counter', 'post office', 'land office', 'commune, social protection', 'business registrar', 'tax office'];

test('every method of the contracts has a row, and no row is without a method', () => {
  expect(methods.length).toBeGreaterThan(60);
  expect([...accessTable.keys()].sort()).toEqual([...methods].sort());
});

test('what is not in the table is refused, whoever calls', () => {
  for (const caller of Object.values(callers)) expect(mayCall('/lienthong.intake.v1.Intake/Erase', caller, reference)?.code).toBe('CALLER_NOT_ALLOWED');
});

describe.each([
  ['/lienthong.intake.v1.Intake/TrackDossier', Object.keys(callers)],
  ['/lienthong.reference.v1.Reference/ListOffices', Object.keys(callers)],
  ['/lienthong.intake.v1.Intake/SubmitDossier', ['counter', 'post office']],
  ['/lienthong.agency.v1.AgencyDesk/CompleteLeg', offices],
  ['/lienthong.land.v1.LandRegister/GetParcel', offices],
  ['/lienthong.land.v1.LandRegister/SeedParcel', ['land office']],
  ['/lienthong.social.v1.BeneficiaryRegister/SeedBeneficiary', ['commune, social protection']],
  ['/lienthong.business.v1.BusinessRegister/SeedBusiness', ['business registrar']],
  ['/lienthong.postal.v1.Postal/DeliverConsignment', ['post office']],
  ['/lienthong.folder.v1.FolderExchange/Seal', ['service']],
  ['/lienthong.operator.v1.Operator/GetStatus', ['nobody']],
  ['/lienthong.intake.v1.Intake/ImportDossier', ['nobody']],
] as const)('%s', (method, allowed) => {
  test.each(Object.entries(callers))('%s', (name, caller) => {
    expect(mayCall(method, caller, reference) === undefined).toBe((allowed as readonly string[]).includes(name));
  });
});

test.each([
  ['/lienthong.agency.v1.AgencyDesk/CompleteLeg', 'nobody', 'CALLER_UNKNOWN'],
  ['/lienthong.agency.v1.AgencyDesk/CompleteLeg', 'unknown office', 'UNKNOWN_OFFICE'],
  ['/lienthong.intake.v1.Intake/SubmitDossier', 'tax office', 'CALLER_NOT_ALLOWED'],
  ['/lienthong.folder.v1.FolderExchange/Hello', 'nobody', 'CALLER_UNKNOWN'],
  ['/lienthong.folder.v1.FolderExchange/Hello', 'counter', 'CALLER_NOT_ALLOWED'],
  ['/lienthong.operator.v1.Operator/GetStatus', 'counter', 'CALLER_NOT_ALLOWED'],
  ['/lienthong.operator.v1.Operator/GetStatus', 'nobody, from elsewhere', 'CALLER_NOT_ALLOWED'],
] as const)('%s by %s: %s', (method, caller, reason) => {
  expect(mayCall(method, callers[caller], reference)?.code).toBe(reason);
});
