/** What a register answers, signed: whoever relies on it can show what was said, to whom and why. */
import { evidence as pb } from '@lienthong/contract';
import type { World } from '@lienthong/kernel';
import { serviceOf } from '@lienthong/law';
import type { AuthorId, ServiceName } from '@lienthong/law';

export function signedStatement(world: Pick<World, 'hash' | 'sign'>, author: AuthorId, statement: pb.Statement): pb.SignedStatement {
  const bytes = pb.Statement.encode(statement).finish();
  const { keyId, signature } = world.sign(author, world.hash(bytes));
  return { statement: bytes, author, key: keyId, signature };
}

/** The statement; null: it is not signed by that service, or was changed. */
export function statementOf(world: Pick<World, 'hash' | 'verify'>, service: ServiceName, signed: pb.SignedStatement | undefined): pb.Statement | null {
  if (signed === undefined || !signed.author.startsWith(`${service}~`) || serviceOf(signed.author) !== service) return null;
  if (!world.verify(signed.author, world.hash(signed.statement), { keyId: signed.key, signature: signed.signature })) return null;
  const statement = pb.Statement.decode(signed.statement);
  return statement.service === service ? statement : null;
}
