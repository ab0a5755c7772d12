/** Offices whose procedures need nothing beyond the catalogue: civil status, residence, health insurance, tax, construction permits … */
import { createDeskService } from '@lienthong/dossier-service';
import type { ServiceModule, ServicePorts } from '@lienthong/dossier-service';

export function createGeneralAgency(ports: ServicePorts): ServiceModule {
  return createDeskService(ports, { name: 'general-agency', register: null });
}
