// What /v1/inquiries answers, as the console reads it.
import * as z from 'zod/mini';

const name = z.nullable(z.string());

export const inquiryShown = z.object({
  id: z.string(),
  asks: z.enum(['answer', 'acknowledge']),
  question: z.string(),
  ...{ by: z.string(), byName: z.string(), at: z.string() },
  ...{ to: name, toName: z.string(), toLeft: z.boolean(), due: name },
  ...{ review: name, finding: name, standard: name },
  subject: z.nullable(z.object({ kind: z.string(), id: z.string() })),
  ...{ customer: name, project: name, interaction: name },
  ...{ customerName: name, projectName: name },
  state: z.enum(['open', 'answered', 'withdrawn']),
  ...{ answer: z.string(), answeredAt: name, answeredBy: name, answeredByName: z.string() },
});
export type InquiryShown = z.output<typeof inquiryShown>;

export const inquiryList = z.object({
  /** Newest first. */
  inquiries: z.array(inquiryShown),
  /** Where the next ones begin; null: these were the last. */
  next: name,
  counts: z.object({ open: z.number(), overdue: z.number(), answered: z.number() }),
});
export type InquiryList = z.output<typeof inquiryList>;

export const oneInquiry = z.object({
  inquiry: inquiryShown,
  /** What it is about, in their words and ours; null: nothing, or it is gone. */
  moment: z.nullable(
    z.object({ kind: z.string(), id: z.string(), at: z.string(), quote: name, text: name }),
  ),
  mayOpenReview: z.boolean(),
});
export type OneInquiry = z.output<typeof oneInquiry>;

export const askedInquiry = z.object({ id: z.string() });
