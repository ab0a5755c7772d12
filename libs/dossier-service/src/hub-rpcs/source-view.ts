import { reference as pb } from '@lienthong/contract';
import type { Source } from '@lienthong/law';

const sourceStates: Readonly<Record<Source['status'], pb.SourceState>> = { 'read': pb.SourceState.READ, 'to-confirm': pb.SourceState.TO_CONFIRM, 'decided': pb.SourceState.DECIDED };

/** Where a datum comes from, as the contracts show it. */
export function sourceView({ act, status, note }: Source): pb.Source {
  return { act, state: sourceStates[status], note: note ?? '' };
}
