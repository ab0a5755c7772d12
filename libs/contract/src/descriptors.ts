/** The descriptor set of all contracts: a serialized google.protobuf.FileDescriptorSet, imports included, for server reflection. */
export const descriptorSetFile: URL = new URL('./gen/descriptors.binpb', import.meta.url);
