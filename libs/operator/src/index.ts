export { catalogueCommand } from './catalogue-command.ts';
export { UsageError } from './command.ts';
