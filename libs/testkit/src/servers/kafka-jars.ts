/** Kafka's own jars, fetched once per version and checkout by the machine's Maven. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaVersion, log4jVersion, oldestJava } from './kafka-version.ts';
import { serversScratch } from './scratch.ts';

const copyPlugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const jars = join(serversScratch, `kafka-${kafkaVersion}-log4j-${log4jVersion}`);
/** A slow mirror is waited for so long. */
const fetchWithinMs = 180_000;
const askWithinMs = 20_000;

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>vn.lienthong</groupId><artifactId>kafka-for-tests</artifactId><version>1</version><packaging>pom</packaging><dependencies>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${kafkaVersion}</version></dependency>
<dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>${log4jVersion}</version></dependency>
</dependencies></project>`;

/** Why Kafka cannot be run as a process here, or undefined when it can. */
export function localKafkaMissing(): string | undefined {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8', timeout: askWithinMs });
  const version = Number(/version "(\d+)/.exec(java.stderr ?? '')?.[1] ?? 0);
  if (version < oldestJava) return version === 0 ? `java is not installed (${oldestJava} or newer)` : `java is ${version}, ${oldestJava} or newer is needed`;
  if (existsSync(jars)) return undefined;
  const maven = spawnSync('mvn', ['-version'], { stdio: 'ignore', timeout: askWithinMs });
  return maven.status === 0 ? undefined : 'mvn is not installed';
}

/** The folder with all jars. Whoever comes first fetches; a fetch that breaks off leaves nothing. Throws with Maven's last words. */
export async function kafkaJars(): Promise<string> {
  if (existsSync(jars)) return jars;
  mkdirSync(serversScratch, { recursive: true });
  const place = mkdtempSync(join(serversScratch, 'fetch-'));
  try {
    writeFileSync(join(place, 'pom.xml'), pom);
    await maven(['-q', '-B', '-ntp', '-f', join(place, 'pom.xml'), copyPlugin, '-DincludeScope=runtime', `-DoutputDirectory=${join(place, 'jars')}`]);
    if (!existsSync(jars)) renameSync(join(place, 'jars'), jars);
  } catch (cause) {
    if (!existsSync(jars)) throw cause;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  return jars;
}

function maven(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('mvn', args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: fetchWithinMs });
    let told = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { told = (told + text).slice(-2_000); });
    child.once('error', reject);
    child.once('close', (code) => { if (code === 0) resolve(); else reject(new Error(`fetching Kafka ${kafkaVersion} by mvn failed (exit ${code}): ${told.trim()}`)); });
  });
}
