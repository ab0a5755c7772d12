/** Where the running hub answers. */
import { readHubConfig } from '@lienthong/runtime';

/** The gRPC address: of `--address`, else of the settings. */
export function hubAddress(given: string | undefined): string {
  return given ?? `127.0.0.1:${readHubConfig().grpcPort}`;
}
