/** Comments of a descriptor, found by path as descriptor.proto defines it. */
import type { DescEnum, DescField, DescFile, DescMessage, DescMethod, DescOneof, DescService } from '@bufbuild/protobuf';

export type Commented = { readonly name: string; readonly comment: string };
type Nested = { readonly desc: DescMessage; readonly path: readonly number[] };

/** Every message, field, oneof, enum, value, service and RPC of a file, with the comment before it. */
export function commentsOf(file: DescFile): Commented[] {
  const leading = new Map((file.proto.sourceCodeInfo?.location ?? []).map((location) => [location.path.join('.'), location.leadingComments.trim()]));
  const said = (desc: DescMessage | DescField | DescOneof | DescEnum | DescService | DescMethod | DescEnum['values'][number], path: readonly number[]): Commented => ({ name: String(desc), comment: leading.get(path.join('.')) ?? '' });
  const ofEnum = (desc: DescEnum, path: readonly number[]): Commented[] => [said(desc, path), ...desc.values.map((value, n) => said(value, [...path, 2, n]))];
  const messages = file.messages.flatMap((desc, n) => withNested({ desc, path: [4, n] }));
  return [
    ...messages.flatMap(({ desc, path }) => [
      said(desc, path), ...desc.fields.map((field, n) => said(field, [...path, 2, n])), ...desc.oneofs.map((oneof, n) => said(oneof, [...path, 8, n])),
      ...desc.nestedEnums.flatMap((one, n) => ofEnum(one, [...path, 4, n])),
    ]),
    ...file.enums.flatMap((one, n) => ofEnum(one, [5, n])),
    ...file.services.flatMap((service, n) => [said(service, [6, n]), ...service.methods.map((method, m) => said(method, [6, n, 2, m]))]),
  ];
}

/** Map entries are written by nobody. */
function withNested({ desc, path }: Nested): Nested[] {
  const nested = desc.nestedMessages.map((one) => ({ desc: one, path: [...path, 3, desc.proto.nestedType.indexOf(one.proto)] }));
  return [{ desc, path }, ...nested.filter((one) => one.desc.proto.options?.mapEntry !== true).flatMap(withNested)];
}
