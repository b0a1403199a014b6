// How Node is started for `unsaid export`.
export const EXPORT_FLAGS: readonly string[];
