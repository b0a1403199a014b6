// COPY … TO STDOUT, as what kysely calls a cursor: PostgreSQL formats rows as fast as it sends them,
// and here they are only gathered. Reads on as fast as it is read from.
import pg from 'pg';

/** Whole lines; `rows`: how many. */
export type Piece = { bytes: Uint8Array; rows: number };

/** What `CompiledQuery.raw` may hand over as parameters, of which COPY has none. */
export type LineEnd = 'crlf' | 'lf';

const FIRST_BYTES = 4 * 1024;
const MOST_BYTES = 128 * 1024;
/** Pieces at hand from which on PostgreSQL has to wait. */
const ENOUGH = 4;
const [CR, LF] = [13, 10];

type Connection = pg.Connection & { stream: { pause(): void; resume(): void } };

/** A query of pg's own class: on a connection that does not wait between queries it takes no others. */
export class CopyOut extends pg.Query {
  readonly #withReturn: boolean;
  readonly #statement: string;
  #connection: Connection | null = null;
  readonly #pieces: Piece[] = [];
  #size = FIRST_BYTES;
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;
  #rows = 0;
  #ended = false;
  #unwanted = false;
  #error: Error | null = null;
  #wake: () => void = () => undefined;

  constructor(statement: string, [lineEnd]: unknown[]) {
    super(statement);
    this.#statement = statement;
    this.#withReturn = lineEnd === 'crlf';
  }

  override submit = (connection: pg.Connection): void => {
    this.#connection = connection as Connection;
    connection.query(this.#statement);
  };

  /** The pieces at hand; none when it has ended. */
  async read(): Promise<Piece[]> {
    while (this.#pieces.length === 0 && !this.#ended) await this.#change();
    if (this.#error) throw this.#error;
    const pieces = this.#pieces.splice(0);
    this.#connection?.stream.resume();
    return pieces;
  }

  /** What still comes is thrown away: whoever wants it to end soon cancels it. */
  async close(): Promise<void> {
    this.#unwanted = true;
    this.#pieces.length = 0;
    this.#connection?.stream.resume();
    while (!this.#ended) await this.#change();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** One row with its LF; the bytes are the connection's and hold for this call only. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#unwanted) return;
    if (this.#length + chunk.length + 1 > this.#buffer.length) this.#flush(chunk.length + 1);
    this.#length += chunk.copy(this.#buffer, this.#length);
    if (this.#withReturn) {
      this.#buffer[this.#length - 1] = CR;
      this.#buffer[this.#length] = LF;
      this.#length += 1;
    }
    this.#rows += 1;
  }

  /** Makes room for `least` bytes. */
  #flush(least: number): void {
    if (this.#length > 0) {
      this.#pieces.push({ bytes: this.#buffer.subarray(0, this.#length), rows: this.#rows });
      if (this.#pieces.length >= ENOUGH) this.#connection?.stream.pause();
      this.#wake();
    }
    // The first rows go out at once.
    this.#size = Math.min(MOST_BYTES, this.#size * 2);
    this.#buffer = Buffer.allocUnsafe(Math.max(least, this.#size));
    this.#length = 0;
    this.#rows = 0;
  }

  #end(error: Error | null): void {
    this.#flush(0);
    this.#error ??= error;
    this.#ended = true;
    this.#wake();
  }

  handleError(error: Error): void {
    this.#end(error);
  }

  handleReadyForQuery(): void {
    this.#end(null);
  }
}
