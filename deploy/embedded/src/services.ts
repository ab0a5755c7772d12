/** Every service of the hub, one line each. */
import type { ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { createBusinessRegistration } from '@lienthong/business-registration';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import type { IntakeSettings } from '@lienthong/intake';
import { createLand } from '@lienthong/land';
import { createOversight } from '@lienthong/oversight';
import { createPayments } from '@lienthong/payments';
import type { PaymentsSettings } from '@lienthong/payments';
import { createPostal } from '@lienthong/postal';
import { createSocialProtection } from '@lienthong/social-protection';

/** Names of all registered services; each has a namespace in the store, an author and a mailbox of its own. */
export const serviceNames = ['intake', 'land', 'business-registration', 'social-protection', 'general-agency', 'payments', 'postal', 'oversight'] as const;
export type ServiceNameOf = (typeof serviceNames)[number];

export function createServices(portsOf: (service: ServiceNameOf) => ServicePorts, settings: IntakeSettings, money: PaymentsSettings): readonly ServiceModule[] {
  return [
    createIntake(portsOf('intake'), settings), createLand(portsOf('land')), createBusinessRegistration(portsOf('business-registration')),
    createSocialProtection(portsOf('social-protection')), createGeneralAgency(portsOf('general-agency')), createPayments(portsOf('payments'), money), createPostal(portsOf('postal')),
    createOversight(portsOf('oversight')),
  ];
}
