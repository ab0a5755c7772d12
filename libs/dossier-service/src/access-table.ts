/**
 * Who may call what: default deny. This is the gate only; whose dossier, leg, register or receipt it is, each handler judges itself.
 * Health and reflection are no methods of the contracts and open to everybody.
 */
import { HubError, isAuthorId, isLoopback } from '@lienthong/kernel';
import type { Caller } from '@lienthong/kernel';
import { tills } from '@lienthong/law';
import type { Reference, Role } from '@lienthong/law';

/** `anyone`: needs no caller. `office`: any registered office. `service`: another service. `operator`: whoever runs this process. Otherwise an office that bears one of the roles. */
export type Who = 'anyone' | 'office' | 'service' | 'operator' | readonly Role[];

/** Offices that receive from and return to citizens. */
export const receiving = ['counter', 'post-office'] as const satisfies readonly Role[];
const post = ['post-office'] as const;
/** Offices that take cash, and answer for it. */
const collecting = tills;

/** All methods of one service with the same right. */
function rows(service: string, who: Who, methods: readonly string[]): readonly (readonly [string, Who])[] {
  return methods.map((method) => [`/lienthong.${service}/${method}`, who]);
}

/** Every method of every service of the contracts exactly once. */
export const accessTable: ReadonlyMap<string, Who> = new Map([
  // The citizen shows the secret of the receipt or the last four digits instead of an identity; the handlers check it.
  ...rows('intake.v1.Intake', 'anyone', ['TrackDossier', 'CheckResult', 'GetReceipt', 'GetForm', 'OrderPickUp']),
  ...rows('intake.v1.Intake', receiving, [
    'SubmitDossier', 'CheckSubmission', 'GetDossier', 'ListDossiers', 'ListPlacements', 'PlaceLeg', 'WithdrawDossier', 'DeliverSupplement', 'CorrectParticulars', 'CheckRules', 'AdoptRules', 'ReturnResult', 'GiveApology',
    'MoveRehearsalClock', 'GetTrackingBook', 'SendResult', 'RefuseReceipt', 'GetRefusalForm', 'ListRefusals',
  ]),
  // Also an office to which papers came and that has no leg any more.
  ...rows('intake.v1.Intake', 'office', ['SendOriginals', 'ConfirmConsignment']),
  // A figure without persons, as those of oversight.
  ...rows('intake.v1.Intake', 'office', ['CountRefusals']),
  ...rows('intake.v1.Intake', 'service', ['CheckSubject']),
  // Who says that a dossier is older than the hub dates back: no counter may.
  ...rows('intake.v1.Intake', 'operator', ['ImportDossier']),
  ...rows('agency.v1.AgencyDesk', 'office', [
    'ListLegs', 'WatchDesk', 'GetWork', 'AssignLeg', 'CompleteLeg', 'RefuseLeg', 'ReturnLeg', 'RequestSupplement', 'Consult', 'WaiveOpinion', 'OpenCharge', 'AttachDocument',
    'AttachEvidence', 'ExtendLimit', 'StopLeg', 'InsertLeg', 'SkipLegs', 'RerouteLeg', 'TellPart', 'ConfirmCompletion', 'RevokeCompletion', 'CorrectResult', 'ReissueResult', 'ReopenLeg', 'ResolveRegister', 'StartPosting', 'StartWait', 'EndWait',
    'SendOriginals', 'ConfirmConsignment',
  ]),
  ...rows('reference.v1.Reference', 'anyone', ['GetProcedure', 'ListProcedures', 'ListOffices', 'FindArea', 'ListInstitutionMap']),
  ...rows('documents.v1.Documents', 'office', ['PutDocument', 'GetDocument', 'StatDocument']),
  ...rows('evidence.v1.Evidence', 'office', ['FindEvidence', 'FetchEvidence']),
  ...rows('evidence.v1.Evidence', 'service', ['ListReads']),
  ...rows('land.v1.LandRegister', 'office', ['GetParcel', 'ListParcels', 'ListParcelClashes']),
  ...rows('land.v1.LandRegister', ['land-registration'], ['SeedParcel', 'BlockParcel', 'UnblockParcel', 'DecideParcelClash']),
  ...rows('social.v1.BeneficiaryRegister', 'office', ['GetBeneficiary', 'ListBeneficiaries', 'ListPayments', 'ListBeneficiaryClashes']),
  ...rows('social.v1.BeneficiaryRegister', ['social-protection', 'social-protection-decision'], ['SeedBeneficiary', 'DecideBeneficiaryClash']),
  ...rows('business.v1.BusinessRegister', 'office', ['GetBusiness', 'ListBusinesses', 'FindName', 'ListNameClashes']),
  ...rows('business.v1.BusinessRegister', ['business-registration'], ['SeedBusiness', 'DecideNameClash']),
  ...rows('payments.v1.Payments', 'office', ['ListCharges', 'PayCharge', 'CancelCharge', 'ExemptCharge', 'ReduceCharge', 'RefundCharge', 'GetFeeReceipt', 'GetFeeReceiptPdf', 'ListTills', 'GetLedger', 'StartPayment', 'GetGatewayBill']),
  // The platform bears no identity of an office: its messages are authenticated one by one.
  ...rows('payments.v1.Payments', 'anyone', ['ConfirmPayment']),
  // The citizen shows the secret of the receipt; the handler has intake check it.
  ...rows('payments.v1.Payments', 'anyone', ['StartOwnPayment']),
  ...rows('payments.v1.Payments', ['treasury'], ['ListMoney', 'SettleMoney', 'Reconcile', 'ResolveDifference', 'RecordTransfer', 'ReceivePostMoney']),
  ...rows('payments.v1.Payments', collecting, ['OpenTill', 'CountTill', 'CloseTill', 'ResolveTill']),
  ...rows('postal.v1.Postal', 'office', ['ListConsignments', 'TrackConsignment', 'CancelConsignment', 'WatchConsignments', 'GetHandoverCode', 'ListOriginals']),
  ...rows('postal.v1.Postal', post, ['AcceptConsignment', 'ScanConsignment', 'DeliverConsignment', 'FailConsignment']),
  // The treasury those with money, which no books have.
  ...rows('postal.v1.Postal', ['post-office', 'treasury'], ['ListStrayScans', 'ResolveStrayScan']),
  ...rows('oversight.v1.Oversight', 'office', ['GetTimeline', 'GetLateness', 'ListLate', 'GetIndices', 'CountNotAsked', 'ListAlerts']),
  ...rows('folder.v1.FolderExchange', 'service', ['Hello', 'Heads', 'Push', 'StreamPush', 'Pull', 'PullAsides', 'Seal']),
  ...rows('operator.v1.Operator', 'operator', ['GetStatus', 'GetCopies', 'GetFolder', 'ReleaseFolder', 'ForceSuccession', 'GetBackup', 'ListOpenDossiers']),
]);

/** Undefined: the caller may. Otherwise what it is told: CALLER_UNKNOWN, UNKNOWN_OFFICE or CALLER_NOT_ALLOWED. */
export function mayCall(method: string, caller: Caller, reference: Pick<Reference, 'office'>): HubError | undefined {
  const who = accessTable.get(method);
  switch (who) {
    case 'anyone': return undefined;
    case undefined: return notAllowed(method, caller);
    case 'operator': return isOperator(caller) ? undefined : notAllowed(method, caller);
    case 'service': return serviceRefusal(method, caller);
    case 'office': return officeRefusal(method, caller, reference, undefined);
    default: return officeRefusal(method, caller, reference, who);
  }
}

function officeRefusal(method: string, caller: Caller, reference: Pick<Reference, 'office'>, roles: readonly Role[] | undefined): HubError | undefined {
  if (caller.office === '') return unknown('lienthong-office');
  const office = reference.office(caller.office);
  if (office === undefined) return new HubError('UNKNOWN_OFFICE', { office: caller.office }, { field: 'lienthong-office' });
  // Validity is not asked here: an office that has ended still finishes and shows what it did.
  if (roles === undefined || office.roles.some((role) => roles.includes(role))) return undefined;
  return notAllowed(method, caller);
}

function serviceRefusal(method: string, caller: Caller): HubError | undefined {
  if (caller.service === '') return caller.office === '' ? unknown('lienthong-service') : notAllowed(method, caller);
  return isAuthorId(caller.service) ? undefined : unknown('lienthong-service');
}

/** Until identities arrive: a process of the same machine that speaks for no office and no service. */
function isOperator(caller: Caller): boolean {
  return isLoopback(caller.peer) && caller.office === '' && caller.service === '';
}

function unknown(field: string): HubError {
  return new HubError('CALLER_UNKNOWN', { field }, { field });
}

function notAllowed(method: string, { office, service, peer }: Caller): HubError {
  return new HubError('CALLER_NOT_ALLOWED', { caller: office || service || peer, method });
}
