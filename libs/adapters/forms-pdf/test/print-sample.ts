/** Prints the digest of the sample: run as a process of its own. */
import { createHash } from 'node:crypto';
import { formPdf } from '../src/index.ts';
import { sampleForm } from './sample-form.ts';

process.stdout.write(createHash('sha256').update(await formPdf(sampleForm(), { language: 'vi', trackUrl: 'http://127.0.0.1:8080/track/x?s=1' })).digest('hex'));
