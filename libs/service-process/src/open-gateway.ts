/** The payment platform of a process, and the sandbox at which its rehearsals pay, as its settings name them. */
import { readFileSync } from 'node:fs';
import type { PaymentGateway } from '@lienthong/kernel';
import { httpGateway } from '@lienthong/payment-gateway';
import { rehearsalGatewayName, rehearsalPartner } from '@lienthong/runtime';

export type GatewayVariables = {
  readonly gatewayUrl: string; readonly gatewayName: string; readonly gatewayPartner: string; readonly gatewaySecretFile: string; readonly rehearsalGatewayUrl: string; readonly rehearsalGatewaySecretFile: string;
};
export type Gateways = { readonly gateway: PaymentGateway | null; readonly rehearsalGateway: PaymentGateway | null };

/** Null: none is set. Throws an Error that names the file where a secret cannot be read, and where both have the same: a rehearsal could be taken for real. */
export function openGateways(config: GatewayVariables, now: () => number): Gateways {
  const real = config.gatewayUrl === '' ? null : secretIn(config.gatewaySecretFile), rehearsed = config.rehearsalGatewayUrl === '' ? null : secretIn(config.rehearsalGatewaySecretFile);
  if (real !== null && real === rehearsed) throw new Error(`khóa diễn tập trùng khóa thật / the secret for rehearsals is the real one: ${config.rehearsalGatewaySecretFile}`);
  return {
    gateway: real === null ? null : httpGateway({ name: config.gatewayName, url: config.gatewayUrl, partner: config.gatewayPartner, secret: real, now }),
    rehearsalGateway: rehearsed === null ? null : httpGateway({ name: rehearsalGatewayName, url: config.rehearsalGatewayUrl, partner: rehearsalPartner, secret: rehearsed, now }),
  };
}

function secretIn(file: string): string {
  const secret = readFileSync(file, 'utf8').trim();
  if (secret === '') throw new Error(`không có khóa / no secret in ${file}`);
  return secret;
}
