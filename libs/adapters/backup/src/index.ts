export { format } from './manifest.ts';
export type { FileInBackup, Manifest, ServiceInBackup } from './manifest.ts';
export { storeName } from './names.ts';
export { readBackup } from './read-backup.ts';
export { writeBackup } from './write-backup.ts';
export type { BackupSource } from './write-backup.ts';
