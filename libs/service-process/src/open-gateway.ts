/** The payment platform of a process, as its settings name it. */
import { readFileSync } from 'node:fs';
import type { PaymentGateway } from '@lienthong/kernel';
import { httpGateway } from '@lienthong/payment-gateway';

export type GatewayVariables = { readonly gatewayUrl: string; readonly gatewayName: string; readonly gatewayPartner: string; readonly gatewaySecretFile: string };

/** Null: none is set. Throws an Error that names the file where the secret cannot be read. */
export function openGateway({ gatewayUrl, gatewayName, gatewayPartner, gatewaySecretFile }: GatewayVariables, now: () => number): PaymentGateway | null {
  if (gatewayUrl === '') return null;
  const secret = readFileSync(gatewaySecretFile, 'utf8').trim();
  if (secret === '') throw new Error(`không có khóa / no secret in ${gatewaySecretFile}`);
  return httpGateway({ name: gatewayName, url: gatewayUrl, partner: gatewayPartner, secret, now });
}
