// The standards of the server in memory (sample-server.ts), by the code that a real one uses.
import type { Standard, StandardText } from '../../src/domain/standards.ts';
import { storedStandard } from '../../src/domain/standards.ts';

export class SampleStandards {
  all: Standard[] = [];
  #made = 0;

  /** null: it is about something else. */
  answer(line: string, body: unknown): Response | null {
    if (line === 'GET /v1/standards') return this.#shown();
    if (line === 'POST /v1/standards') {
      for (const text of (body as { standards: StandardText[] }).standards) this.add(text);
      return this.#shown();
    }
    const [, series, what] = /^P\w+ \/v1\/standards\/([^/]+)\/(versions|use)$/.exec(line) ?? [];
    const standard = this.all.find((one) => one.series === series);
    if (standard === undefined) return null;
    if (what === 'use') {
      standard.retired = (body as { retired: boolean }).retired;
      return this.#shown();
    }
    const { seen, standard: text } = body as { seen: string; standard: StandardText };
    if (seen !== standard.current.id) {
      return Response.json({ error: 'changed', message: 'Changed.' }, { status: 409 });
    }
    this.version(standard, text);
    return this.#shown();
  }

  add(text: StandardText): Standard {
    const current = { ...storedStandard(text), id: this.#id(), version: 1 };
    const standard = { series: current.id, current, versions: [current], retired: false };
    this.all.push(standard);
    return standard;
  }

  version(standard: Standard, text: StandardText): void {
    const version = standard.current.version + 1;
    standard.current = { ...storedStandard(text), id: this.#id(), version };
    standard.versions = [...standard.versions, standard.current];
  }

  #id(): string {
    this.#made += 1;
    return `00000000-0000-7000-8000-0000000e${String(this.#made).padStart(4, '0')}`;
  }

  #shown(): Response {
    return Response.json({ standards: this.all });
  }
}
