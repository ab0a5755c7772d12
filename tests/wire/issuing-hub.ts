/** A hub in memory whose agencies issue results that others rely on. */
import { evidenceExchange } from '@lienthong/dossier-service';
import type { ServiceModule } from '@lienthong/dossier-service';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import { createOversight } from '@lienthong/oversight';
import { memoryHub } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';

/** `at`: what its clock shows. */
export async function issuingHub(at: number): Promise<MemoryHub> {
  const registers = evidenceExchange();
  const hub = await memoryHub({
    services: ['intake', 'general-agency', 'oversight'], evidence: registers.lookup,
    compose(portsOf): ServiceModule[] {
      const agencies = createGeneralAgency(portsOf('general-agency'));
      registers.offer(agencies.evidence!);
      return [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), agencies, createOversight(portsOf('oversight'))];
    },
  });
  hub.world.clock = at;
  return hub;
}
