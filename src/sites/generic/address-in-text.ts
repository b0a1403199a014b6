// Letters of all scripts, roughly: \p{L} takes milliseconds and memory on every page.
const LETTER = '\\w\\xc0-\\u1fff\\u2c00-\\u2dff\\u3040-\\ud7ff\\uf900-\\ufdcf';

/** Mail addresses in text. */
export const ADDRESS = new RegExp(`[${LETTER}.%+-]{1,64}@[${LETTER}-]+(?:\\.[${LETTER}-]+)+`, 'g');
