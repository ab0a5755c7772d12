/** Why a command failed, in words for whoever typed it: what is wrong, and what to do in both languages as far as it is known. Never a stack. */
import { CallError } from '@lienthong/rpc-grpc';
import { fileFaultOf } from '@lienthong/runtime';

type Explains = { readonly code?: string; readonly file?: string; readonly remedy: { readonly vi: string; readonly en: string } };

export function explainFailure(error: unknown): string {
  if (error instanceof CallError && isUnreached(error)) return `${noHub.vi}\n${noHub.en}\n(${error.address}: ${error.message})`;
  if (error instanceof CallError) return error.english === error.message ? error.message : `${error.message}\n${error.english}`;
  if (error instanceof Error && isOfKafka(error)) return `${noKafka.vi}\n${noKafka.en}\n(${error.message})`;
  if (!isExplaining(error)) return fileFault(error) ?? (error instanceof Error ? error.message : String(error));
  const what = error.file === undefined ? (error as unknown as Error).message : `${error.code ?? ''} ${error.file}`.trim();
  return [what, error.remedy.vi, error.remedy.en].join('\n');
}

const noHub = {
  vi: 'Không có hub nào trả lời. Khởi động bằng `npm start`, hoặc chỉ đúng chỗ bằng LIENTHONG_GRPC_PORT hay --address.',
  en: 'No hub answers. Start it with `npm start`, or say where it is with LIENTHONG_GRPC_PORT or --address.',
};

/** The client has classes of its own, but for one. */
const isOfKafka = ({ name, message }: Error): boolean => name.startsWith('KafkaJS') || message === 'Broker not connected';

const noKafka = {
  vi: 'Kafka không làm được việc này. Kiểm tra các máy Kafka đang chạy, và chỉ đúng chỗ bằng LIENTHONG_KAFKA (dead: hoặc --target cluster).',
  en: 'Kafka did not do this. See that its brokers run, and say where they are with LIENTHONG_KAFKA (dead: or --target cluster).',
};

function fileFault(error: unknown): string | undefined {
  const words = fileFaultOf(error), { path, message = '' } = error as { readonly path?: string; readonly message?: string };
  if (words === undefined) return undefined;
  return path === undefined ? `${words.vi}\n${words.en}\n(${message})` : `${path}: ${words.vi}\n${path}: ${words.en}`;
}

/** Nobody took the call: an error of the hub itself would bear a reason. */
export function isUnreached(error: unknown): boolean {
  return error instanceof CallError && error.status === 'UNAVAILABLE' && error.reason === '';
}

function isExplaining(error: unknown): error is Explains {
  return error instanceof Error && 'remedy' in error && typeof error.remedy === 'object' && error.remedy !== null;
}
