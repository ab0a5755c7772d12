/** What stands in the way of a command whatever is said with it. The rules refuse by the same questions, so a desk can leave out what would be refused. */
import type { LawContext } from '../context.ts';
import type { Dossier, Leg } from '../dossier.ts';
import type { Refusal } from '../refusals.ts';
import type { OfficeId } from '../types.ts';
import { redoHindered, supplementHindered, waiverHindered } from './ask-commands.ts';
import { confirmationHindered, declineHindered, mayTakeBack, reopeningHindered, skipHindered, tellingHindered } from './branch-commands.ts';
import { legsFull } from './leg-command.ts';
import { askedOfCitizen, completionHindered, extensionHindered, mayCommand, refusalHindered, resolutionHindered, sendingHindered } from './leg-commands.ts';
import type { LegCommand } from './leg-command.ts';
import { nothingToConfirm, nothingToSend } from './post-commands.ts';
import { amendmentHindered, resultRevocationHindered } from './result-commands.ts';
import { endingHindered, waitHindered } from './wait-commands.ts';

/** Kinds of commands; an amendment by what it does. */
export type Sayable = Exclude<LegCommand['kind'], 'amend-result'> | 'correct-result' | 'reissue-result';

type Hindrance = (dossier: Dossier, leg: Leg, context: LawContext, office: OfficeId) => Refusal | null;
const none: Hindrance = () => null;

const hindrances: { readonly [S in Sayable]: Hindrance } = {
  'assign': none, 'reroute': none, 'open-charge': none, 'attach-document': none, 'attach-evidence': none, 'start-posting': none, 'stop': askedOfCitizen,
  'complete': completionHindered, 'refuse': refusalHindered, 'ask-redo': redoHindered, 'decline': declineHindered, 'ask-supplement': supplementHindered, 'waive-opinion': waiverHindered, 'extend': extensionHindered,
  'consult': legsFull, 'insert': legsFull, 'skip': skipHindered, 'tell-part': tellingHindered, 'resolve-register': (_dossier, leg) => resolutionHindered(leg), 'confirm': confirmationHindered,
  'revoke': mayTakeBack, 'revoke-result': resultRevocationHindered, 'reopen': reopeningHindered, 'start-wait': waitHindered, 'end-wait': endingHindered,
  'correct-result': (dossier, leg) => amendmentHindered('correction', dossier, leg), 'reissue-result': (dossier, leg) => amendmentHindered('reissue', dossier, leg),
  'send-originals': (dossier, leg, context, office) => sendingHindered(dossier, leg) ?? nothingToSend(office, dossier, context),
  'confirm-consignment': (dossier, _leg, context, office) => nothingToConfirm({ by: { office, officer: '' } }, dossier, context),
};

const kindOf = (what: Sayable): LegCommand['kind'] => (what === 'correct-result' || what === 'reissue-result' ? 'amend-result' : what);

/** Why the office may not say this about the leg now, whatever it would say; null: it may. */
export function hinders(what: Sayable, office: OfficeId, dossier: Dossier, leg: Leg, context: LawContext): Refusal | null {
  return mayCommand(kindOf(what), office, dossier, leg, context) ?? hindrances[what](dossier, leg, context, office);
}
