/** What is deployed is what exists: services, settings, ports, images. Containers cannot be started everywhere; what they are told can be checked everywhere. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { describe, expect, it } from 'vitest';
import { serviceVariables } from '@lienthong/runtime';
import { serviceNames } from '@lienthong/embedded';

const root = join(import.meta.dirname, '..', '..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
type Container = { readonly command?: readonly string[]; readonly environment?: Readonly<Record<string, string>>; readonly depends_on?: Readonly<Record<string, unknown>>; readonly image?: string; readonly healthcheck?: unknown; readonly volumes?: readonly string[] };
const compose = parse(text('deploy/compose.yaml'), { merge: true }) as { readonly services: Readonly<Record<string, Container>>; readonly volumes: Readonly<Record<string, unknown>> };
type Manifest = { readonly kind: string; readonly metadata: { readonly name: string }; readonly data?: Record<string, string>; readonly spec?: { readonly template?: { readonly spec: { readonly containers: readonly { readonly args?: readonly string[]; readonly image: string; readonly startupProbe?: unknown; readonly readinessProbe?: unknown; readonly livenessProbe?: unknown; readonly securityContext?: { readonly readOnlyRootFilesystem?: boolean }; readonly volumeMounts?: readonly object[] }[]; readonly volumes?: readonly object[] } } } };
const manifests = parseAllDocuments(text('deploy/kubernetes/hub.yaml')).map((one) => one.toJS() as Manifest);
const settings: ReadonlySet<string> = new Set(Object.values(serviceVariables).map(({ name }) => name));
const parts = [...serviceNames, 'portal'];

const settingsIn = (variables: Readonly<Record<string, string>>): readonly string[] => Object.keys(variables).filter((name) => name.startsWith('LIENTHONG_'));
const peersIn = (value: string): readonly string[] => value.split(',').map((one) => one.split('=')[0]!);

describe('compose.yaml', () => {
  it('runs every service and the pages, each by the name of its main.ts', () => {
    for (const part of parts) {
      expect(compose.services[part]?.command, part).toEqual([part]);
      expect(existsSync(join(root, 'services', part, 'src', 'main.ts')), part).toBe(true);
    }
  });

  it('gives settings that exist, and the address of every service', () => {
    for (const part of parts) {
      const { environment } = compose.services[part]!;
      expect(settingsIn(environment!).filter((name) => !settings.has(name))).toEqual([]);
      expect(peersIn(environment!['LIENTHONG_PEERS']!)).toEqual([...serviceNames]);
    }
  });

  it('has three brokers and a replica set, with health checks that the services wait for', () => {
    for (const name of ['kafka-1', 'kafka-2', 'kafka-3', 'mongo']) {
      expect(compose.services[name]?.healthcheck, name).toBeDefined();
      expect(Object.keys(compose.services['provision']!.depends_on!)).toContain(name);
    }
  });

  it('depends on nothing, and mounts no volume, that it does not have', () => {
    for (const [name, one] of Object.entries(compose.services)) {
      for (const other of Object.keys(one.depends_on ?? {})) expect(compose.services[other], `${name} → ${other}`).toBeDefined();
      for (const volume of one.volumes ?? []) expect(Object.keys(compose.volumes), `${name} → ${volume}`).toContain(volume.split(':')[0]);
    }
  });
});

describe('what the province brings', () => {
  it('is one place for all services, with containers and on Kubernetes', () => {
    const { data } = manifests.find(({ kind }) => kind === 'ConfigMap')!;
    for (const service of serviceNames) {
      const { environment, volumes } = compose.services[service]!;
      expect(volumes, service).toContain(`reference:${environment!['LIENTHONG_REFERENCE_DIR']}`);
      const { containers, volumes: there } = manifests.find(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === service)!.spec!.template!.spec;
      expect(containers[0]!.volumeMounts, service).toContainEqual({ name: 'reference', mountPath: data!['LIENTHONG_REFERENCE_DIR'] });
      expect(there, service).toContainEqual({ name: 'reference', persistentVolumeClaim: { claimName: 'reference' } });
    }
    expect(manifests.filter(({ kind, metadata }) => kind === 'PersistentVolumeClaim' && metadata.name === 'reference')).toHaveLength(1);
  });
});

describe('the manifests for Kubernetes', () => {
  it.each(parts)('run %s with probes, a disruption budget and a file system that cannot be written', (part) => {
    const of = (kind: string): readonly Manifest[] => manifests.filter((one) => one.kind === kind && one.metadata.name === part);
    const [workload] = [...of('StatefulSet'), ...of('Deployment')];
    const [container] = workload!.spec!.template!.spec.containers;
    expect(container!.args).toEqual([part]);
    expect([container!.startupProbe, container!.readinessProbe, container!.livenessProbe].every((one) => one !== undefined)).toBe(true);
    expect(container!.securityContext?.readOnlyRootFilesystem).toBe(true);
    expect([of('PodDisruptionBudget').length, of('Service').length]).toEqual([1, 1]);
  });

  it('give settings that exist, and the address of every service', () => {
    const { data } = manifests.find(({ kind }) => kind === 'ConfigMap')!;
    expect(settingsIn(data!).filter((name) => !settings.has(name))).toEqual([]);
    expect(peersIn(data!['LIENTHONG_PEERS']!)).toEqual([...serviceNames]);
  });
});

describe('the image', () => {
  const lines = text('deploy/Dockerfile').split('\n');
  it('runs as nobody special, says whether it is well, and copies only what there is', () => {
    expect(lines).toContain('USER node');
    expect(lines.some((line) => line.startsWith('HEALTHCHECK'))).toBe(true);
    // A volume takes its owner from the folder of the image that it is mounted on.
    const owned = lines.find((line) => line.startsWith('RUN install -d -o node'))!.split(' ');
    for (const mount of Object.values(compose.services).filter(({ image }) => image === 'lienthong-hub').flatMap(({ volumes }) => volumes ?? [])) expect(owned, mount).toContain(mount.split(':')[1]);
    for (const source of lines.filter((line) => line.startsWith('COPY') && !line.includes('--from')).flatMap((line) => line.split(' ').slice(1, -1))) expect(existsSync(join(root, source)), source).toBe(true);
  });
});
