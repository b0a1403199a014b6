// How Node is started for `unsaid export`. Young objects are thrown away sooner than by default: what
// pieces of a file hold lies outside of the heap, and goes only with them. It costs some 8 % of the
// time of a workbook, and a third of the memory.
export const EXPORT_FLAGS = ['--max-semi-space-size=2'];
