/** Intake, the register of businesses and the other offices over stores in memory, on a working day. */
import { evidenceExchange } from '@lienthong/dossier-service';
import type { ServiceModule } from '@lienthong/dossier-service';
import { createBusinessRegistration } from '@lienthong/business-registration';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import { memoryHub, onlyRegisterLegs } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';

export const counter = 'counter-20410-202507', day = Date.parse('2026-11-23T09:00:00+07:00');

export async function businessHub(): Promise<MemoryHub> {
  const registers = evidenceExchange();
  const hub = await memoryHub({
    services: ['intake', 'business-registration', 'general-agency'], reference: onlyRegisterLegs(), evidence: registers.lookup,
    compose(portsOf): ServiceModule[] {
      const businesses = createBusinessRegistration(portsOf('business-registration'));
      registers.offer(businesses.evidence!);
      return [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), businesses, createGeneralAgency(portsOf('general-agency'))];
    },
  });
  hub.world.clock = day;
  return hub;
}
