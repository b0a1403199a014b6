// Name, address and password, as setup and joining ask for them.
import { html } from 'hono/html';
import * as z from 'zod/mini';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../accounts/auth.ts';
import { field, type Markup } from './layout.ts';

const line = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));

export const personForm = z.object({
  name: line,
  email: z.string().check(z.trim(), z.toLowerCase(), z.maxLength(200), z.email()),
  password: z.string().check(z.minLength(SHORTEST_PASSWORD), z.maxLength(LONGEST_PASSWORD)),
});

const WORDS: { [name: string]: string } = {
  workspace: 'Give the workspace a name.',
  name: 'Write your name.',
  email: 'This is no e-mail address.',
  password: `Use ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`,
};

/** Field → what is wrong, in words. */
export type Problems = { [name: string]: string };

export function problemsOf(error: z.core.$ZodError): Problems {
  return Object.fromEntries(
    error.issues.map(({ path }) => [
      String(path[0]),
      WORDS[String(path[0])] ?? 'This does not fit.',
    ]),
  );
}

export type FormText = { [name: string]: string };

/** The fields of a posted form as text; files and repeated fields are left out. */
export function textOf(body: Record<string, unknown>): FormText {
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export function personFields(text: FormText, problems: Problems, fixedEmail?: string): Markup {
  return html`${field({
    name: 'name',
    label: 'Your name',
    autocomplete: 'name',
    value: text.name,
    problem: problems.name,
  })}${field({
    name: 'email',
    label: 'E-mail',
    type: 'email',
    autocomplete: 'username',
    value: fixedEmail ?? text.email,
    readonly: fixedEmail !== undefined,
    problem: problems.email,
  })}${field({
    name: 'password',
    label: 'Password',
    type: 'password',
    autocomplete: 'new-password',
    hint: `At least ${SHORTEST_PASSWORD} characters.`,
    problem: problems.password,
  })}`;
}
