// The small files of a workbook (ECMA-376 part 1, SpreadsheetML).
import type { KeptLink } from './kept-links.ts';
import { xmlText } from './text.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export { HEAD, MAIN, OFFICE };

/** Numbers of the cell formats in `styles`. */
export const STYLE = { text: 1, head: 2, instant: 3, day: 4, link: 5, long: 6 } as const;

export type SheetFacts = {
  name: string;
  /** Of the filter: "A1:C10"; null: none. */
  range: string | null;
};

export function contentTypes(sheets: number): string {
  const parts = Array.from(
    { length: sheets },
    (_, n) =>
      `<Override PartName="/xl/worksheets/sheet${n + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  );
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>` +
    `${parts.join('')}</Types>`
  );
}

export function packageRelations(): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
}

export function workbook(sheets: readonly SheetFacts[]): string {
  const named = sheets.map(
    ({ name }, n) => `<sheet name="${xmlText(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`,
  );
  // LibreOffice looks for the filter under this name, Excel beside the cells.
  const filters = sheets.flatMap(({ name, range }, n) => {
    if (range === null) return [];
    const place = `'${name.replaceAll("'", "''")}'!${range.replace(/[A-Z]+|\d+/g, '$$$&')}`;
    return `<definedName name="_xlnm._FilterDatabase" localSheetId="${n}" hidden="1">${xmlText(place)}</definedName>`;
  });
  const names = filters.length === 0 ? '' : `<definedNames>${filters.join('')}</definedNames>`;
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets>${named.join('')}</sheets>${names}</workbook>`;
}

export function workbookRelations(sheets: number): string {
  const parts = Array.from(
    { length: sheets },
    (_, n) =>
      `<Relationship Id="rId${n + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`,
  );
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${parts.join('')}<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;
}

export function* linkRelations(batches: Iterable<KeptLink[]>): Generator<string> {
  let n = 0;
  yield `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">`;
  for (const batch of batches) {
    yield batch
      .map(({ address }) => {
        n += 1;
        return `<Relationship Id="rId${n}" Type="${OFFICE}/hyperlink" Target="${xmlText(address)}" TargetMode="External"/>`;
      })
      .join('');
  }
  yield '</Relationships>';
}

/**
 * Texts have the format "Text": a cell that is gone into and left again stays what it is, also where
 * it begins like a formula.
 */
export function styles(): string {
  const cell = (format: number, font = 0, more = '') =>
    `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top"${more}/></xf>`;
  const formats = [
    ...[cell(0), cell(49), cell(49, 1), cell(164), cell(165), cell(49, 2)],
    cell(49, 0, ' wrapText="1"'),
  ];
  return (
    `${HEAD}<styleSheet xmlns="${MAIN}">` +
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>' +
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><u/><sz val="11"/><color rgb="FF0B5A66"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${formats.length}">${formats.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
  );
}
