import { dayAfter } from '../domain/due.ts';

/** The date where the person is, ISO 8601. */
export function todayOf(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Days in which a question is to be answered, unless said otherwise. */
const USUAL_DAYS = 7;

export function usualDue(today: string): string {
  return dayAfter(today, USUAL_DAYS);
}

/** As a field of the browser gives it: '' for none. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
