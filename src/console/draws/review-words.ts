export const say = {
  heading: 'Review',
  review: 'Review',
  reviewOne: (name: string) => `Review: ${name}`,
  goOn: 'Continue',
  goOnWith: (name: string) => `Continue the review: ${name}`,
  progress: (scored: number, of: number) => `${scored} of ${of}`,
  reviewedBy: (name: string) => `by ${name}`,
  atIt: (name: string) => `${name} is at it`,
  left: (name: string) => `begun by ${name}, who has left`,
  somebody: 'somebody',
} as const;
