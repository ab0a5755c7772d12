import { runSchedule } from './src/simulator/schedule.ts';
for (let n = 0; n < 4; n++) { const r = await runSchedule(Number(process.argv[2])); console.log(r.violations.length, r.trace); }
