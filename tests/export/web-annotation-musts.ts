// What the W3C Web Annotation Data Model demands of annotations and their collections, as far as files
// of ours can have it (3.1, 3.2, 3.3, 4.2, 5.1, 5.2). Written anew after the text of the Recommendation.
const iri = { type: 'string', format: 'uri' };
const instant = { type: 'string', format: 'date-time', pattern: 'Z$' };
const oneOrMore = (schema: object) => ({
  oneOf: [schema, { type: 'array', minItems: 1, items: schema }],
});
const context = oneOrMore({ type: ['string', 'object'] });
const hasContext = {
  oneOf: [
    { const: 'http://www.w3.org/ns/anno.jsonld' },
    { type: 'array', contains: { const: 'http://www.w3.org/ns/anno.jsonld' } },
  ],
};
const MOTIVATIONS = [
  ...['assessing', 'bookmarking', 'classifying', 'commenting', 'describing', 'editing'],
  ...['highlighting', 'identifying', 'linking', 'moderating', 'questioning', 'replying', 'tagging'],
];

const selector = {
  oneOf: [
    {
      required: ['type', 'exact'],
      properties: {
        type: { const: 'TextQuoteSelector' },
        ...{ exact: { type: 'string' }, prefix: { type: 'string' }, suffix: { type: 'string' } },
      },
    },
    {
      required: ['type', 'start', 'end'],
      properties: {
        type: { const: 'TextPositionSelector' },
        ...{ start: { type: 'integer', minimum: 0 }, end: { type: 'integer', minimum: 0 } },
      },
    },
    {
      required: ['type', 'value'],
      properties: {
        type: { const: 'FragmentSelector' },
        ...{ value: { type: 'string' }, conformsTo: iri },
      },
    },
  ],
};
const specificResource = {
  type: 'object',
  // Without anything specific it is the resource itself.
  required: ['source', 'selector'],
  properties: { type: { const: 'SpecificResource' }, source: iri, selector: oneOrMore(selector) },
};
const textualBody = {
  type: 'object',
  required: ['type', 'value'],
  properties: {
    type: { const: 'TextualBody' },
    ...{ value: { type: 'string' }, format: { type: 'string' }, purpose: { enum: MOTIVATIONS } },
  },
};
const agent = {
  type: 'object',
  properties: { id: iri, type: { enum: ['Person', 'Organization', 'Software'] } },
};

export const ANNOTATION = {
  type: 'object',
  required: ['@context', 'id', 'type', 'target'],
  properties: {
    '@context': { allOf: [context, hasContext] },
    ...{ id: iri, type: { const: 'Annotation' } },
    ...{ motivation: { enum: MOTIVATIONS }, created: instant, creator: agent },
    body: oneOrMore(textualBody),
    target: oneOrMore({ oneOf: [iri, specificResource] }),
  },
  not: { required: ['body', 'bodyValue'] },
};

export const COLLECTION = {
  type: 'object',
  required: ['@context', 'id', 'type', 'label', 'total', 'first'],
  properties: {
    '@context': { allOf: [context, hasContext] },
    ...{ id: iri, type: { const: 'AnnotationCollection' }, label: { type: 'string' } },
    ...{ total: { type: 'integer', minimum: 0 }, created: instant },
    first: {
      type: 'object',
      required: ['id', 'type', 'items'],
      properties: {
        ...{ id: iri, type: { const: 'AnnotationPage' } },
        startIndex: { type: 'integer', minimum: 0 },
        items: { type: 'array', items: { type: 'object' } },
      },
    },
  },
};
