/** The hub as the outside sees it: its contracts over gRPC, nothing else. */
import { agency, business, evidence, intake, land, operator, payments, postal, reference, social } from '@lienthong/contract';
import { grpcClient } from '@lienthong/rpc-grpc';
import type { GrpcClient } from '@lienthong/rpc-grpc';

export type HubClient = {
  readonly intake: GrpcClient<typeof intake.IntakeService>; readonly desk: GrpcClient<typeof agency.AgencyDeskService>; readonly evidence: GrpcClient<typeof evidence.EvidenceService>;
  readonly payments: GrpcClient<typeof payments.PaymentsService>; readonly postal: GrpcClient<typeof postal.PostalService>; readonly land: GrpcClient<typeof land.LandRegisterService>;
  readonly business: GrpcClient<typeof business.BusinessRegisterService>; readonly social: GrpcClient<typeof social.BeneficiaryRegisterService>; readonly operator: GrpcClient<typeof operator.OperatorService>;
  readonly reference: GrpcClient<typeof reference.ReferenceService>;
  close(): void;
};

/** `address`: e.g. `127.0.0.1:50051`. Who calls is said with each call. */
export function hubClient(address: string): HubClient {
  const clients = {
    intake: grpcClient(intake.IntakeService, address), desk: grpcClient(agency.AgencyDeskService, address), evidence: grpcClient(evidence.EvidenceService, address), payments: grpcClient(payments.PaymentsService, address),
    postal: grpcClient(postal.PostalService, address), land: grpcClient(land.LandRegisterService, address), business: grpcClient(business.BusinessRegisterService, address),
    social: grpcClient(social.BeneficiaryRegisterService, address), operator: grpcClient(operator.OperatorService, address), reference: grpcClient(reference.ReferenceService, address),
  };
  return { ...clients, close: () => { for (const client of Object.values(clients)) client.close(); } };
}

