/** Which services there are, and who hosts what. The law knows no service by name, so every arrangement must work. */
import type { Hosts, ServiceName } from '@lienthong/law';

export type Layout = {
  readonly services: readonly ServiceName[];
  readonly hosts: Hosts;
  /** Service of the offices of a role. */
  readonly hostOf: Readonly<Record<'civil' | 'land' | 'tax', ServiceName>>;
};

const observers = ['oversight'] as const;

export const layouts: readonly Layout[] = [
  { services: ['intake', 'land', 'oversight'], hosts: { intake: 'intake', money: 'intake', post: 'land', observers }, hostOf: { civil: 'land', land: 'land', tax: 'land' } },
  { services: ['intake', 'land', 'agency', 'oversight'], hosts: { intake: 'intake', money: 'agency', post: 'intake', observers }, hostOf: { civil: 'agency', land: 'land', tax: 'agency' } },
  { services: ['intake', 'land', 'agency', 'till', 'oversight'], hosts: { intake: 'intake', money: 'till', post: 'till', observers }, hostOf: { civil: 'agency', land: 'land', tax: 'agency' } },
];
