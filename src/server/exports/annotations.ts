// Records as a W3C Annotation Collection.
import type { ExportedRecord } from '../../export/exported-record.ts';
import {
  type AnnotationContext,
  annotationLine,
  annotationOf,
  COLLECTION_BETWEEN,
  collectionHead,
  collectionTail,
} from '../../export/web-annotation.ts';
import { freshId } from '../ids.ts';
import type { Piece } from './copy-out.ts';
import type { Given } from './source.ts';

const encoder = new TextEncoder();

export async function* writeAnnotations(
  { asker, names, wish }: Given,
  records: AsyncIterable<ExportedRecord[]>,
): AsyncGenerator<Piece> {
  const context: AnnotationContext = {
    name: (id) => names.get(id) || null,
    workspace: asker.workspace.id,
  };
  const label = `${asker.workspace.name}: ${wish.what}`;
  const exportedAt = new Date().toISOString();
  const head = collectionHead({ id: freshId(), label, exportedAt });
  yield { bytes: encoder.encode(head), rows: 0 };
  let total = 0;
  for await (const batch of records) {
    const lines = batch.flatMap((record) => {
      const annotation = annotationOf(record, context);
      return annotation === null ? [] : [annotationLine(annotation)];
    });
    if (lines.length === 0) continue;
    const before = total === 0 ? '' : COLLECTION_BETWEEN;
    total += lines.length;
    yield { bytes: encoder.encode(before + lines.join(COLLECTION_BETWEEN)), rows: lines.length };
  }
  yield { bytes: encoder.encode(collectionTail(total)), rows: 0 };
}
