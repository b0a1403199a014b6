import type { Body } from '../src/domain/index.ts';

/** A note of 600 bytes of JSON, as most are; `turn` makes each a little different. */
export function sampleNote(turn = 0): Body {
  const body: Body = {
    label: 'note',
    customer: '01930000-0000-7000-8000-000000000001',
    interaction: '01930000-0000-7000-8000-000000000002',
    text: '',
    evidence: {
      '01930000-0000-7000-8000-000000000003': {
        quote: 'I assume the calibration certificates will simply be there by then',
        interaction: '01930000-0000-7000-8000-000000000002',
        url: 'https://mail.halden.example/message/24',
      },
    },
  };
  const missing = 600 - JSON.stringify(body).length;
  const words = `${turn} Nobody asked for the certificates, they expect them all the same. `;
  return { ...body, text: words.repeat(9).slice(0, missing) };
}
