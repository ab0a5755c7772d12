/** All commands, in the order in which help shows them. */
import type { Command } from './command.ts';
import { backupCommand } from './backup-command.ts';
import { benchCommand } from './bench-command.ts';
import { catalogueCommand } from './catalogue-command.ts';
import { chaosCommand } from './chaos-command.ts';
import { clusterCommand } from './cluster-command.ts';
import { configCommand } from './config-command.ts';
import { deadCommand } from './dead-command.ts';
import { demoCommand } from './demo-command.ts';
import { dueCommand } from './due-command.ts';
import { folderCommand } from './folder-command.ts';
import { formCommand } from './form-command.ts';
import { importCommand } from './import-command.ts';
import { keysCommand } from './keys-command.ts';
import { moneyCommand } from './money-command.ts';
import { mutantsCommand } from './mutants-command.ts';
import { paymentListCommand } from './payment-list-command.ts';
import { provisionCommand } from './provision-command.ts';
import { reconcileCommand } from './reconcile-command.ts';
import { reformCommand } from './reform-command.ts';
import { restoreCommand } from './restore-command.ts';
import { sandboxCommand } from './sandbox-command.ts';
import { simulateCommand } from './simulate-command.ts';
import { statusCommand } from './status-command.ts';
import { successionCommand } from './succession-command.ts';
import { trackCommand } from './track-command.ts';

export const commands: readonly Command[] = [
  demoCommand,
  trackCommand,
  folderCommand,
  formCommand,
  dueCommand,
  statusCommand,
  successionCommand,
  backupCommand,
  restoreCommand,
  catalogueCommand,
  reconcileCommand,
  moneyCommand,
  paymentListCommand,
  sandboxCommand,
  reformCommand,
  importCommand,
  simulateCommand,
  mutantsCommand,
  benchCommand,
  chaosCommand,
  clusterCommand,
  provisionCommand,
  deadCommand,
  keysCommand,
  configCommand,
];
