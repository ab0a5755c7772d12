/** Who is at the postman's page: told by a cookie that only this portal can have made. Nothing is kept here, so every instance with the same keys knows it. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** As it came; `place`: where the postman is today, written with every scan. */
export type Postman = { readonly office: string; readonly officer: string; readonly place: string };

/** A working day and what goes on after it, in milliseconds. */
export const sessionMs = 12 * 3_600_000;
export const cookieName = 'post';
/** Characters of a cookie that is looked at. */
const maxCookieCharacters = 2_048;

export type PostSessions = {
  /** The value of Set-Cookie. Undefined: the key is not this office's. */
  open(postman: Postman, key: string): string | undefined;
  /** Of the header Cookie. */
  read(header: string | undefined): Postman | undefined;
  readonly closed: string;
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** `now`: milliseconds since the epoch. `encrypted`: the pages are reached by https, and a browser sends the cookie no other way. */
export function postSessions(keys: ReadonlyMap<string, string>, now: () => number, encrypted: boolean): PostSessions {
  const secret = digest([...keys].map(([office, key]) => `${office}=${key}`).sort().join('\n'));
  const seal = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  const cookie = (value: string, seconds: number): string => `${cookieName}=${value}; Path=/post; Max-Age=${seconds}; HttpOnly; SameSite=Strict${encrypted ? '; Secure' : ''}`;
  return {
    open(postman, key) {
      const right = keys.get(postman.office) ?? '';
      if (!timingSafeEqual(digest(right), digest(key)) || right === '') return undefined;
      const text = Buffer.from(JSON.stringify({ ...postman, until: now() + sessionMs })).toString('base64url');
      return cookie(`${text}.${seal(text)}`, sessionMs / 1_000);
    },
    read(header = '') {
      const value = header.slice(0, maxCookieCharacters).split(';').map((one) => one.trim()).find((one) => one.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1) ?? '';
      const [text = '', sealed = ''] = value.split('.');
      if (text === '' || !timingSafeEqual(digest(seal(text)), digest(sealed))) return undefined;
      const { office, officer, place, until } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Postman & { readonly until: number };
      return until > now() && keys.has(office) ? { office, officer, place } : undefined;
    },
    closed: cookie('', 0),
  };
}
