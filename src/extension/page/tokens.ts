// Colours of what floats over a page, the same values as the sidebar's theme. The page's own sheet
// does not reach in here and ours does not reach out.
export const TOKENS = `
:host {
  --raise: light-dark(#ffffff, #22211d);
  --ink: light-dark(#1d1c19, #ece8df);
  --ink2: light-dark(#514e47, #bdb8ac);
  --line: light-dark(#e1ddd2, #34322c);
  --edge: light-dark(#8b8678, #7d786b);
  --accent: light-dark(#0b5a66, #74c4cc);
  --soft: light-dark(#dfeded, #173438);
  --bad: light-dark(#ae2a20, #f1988d);
  --float: 0 6px 24px light-dark(#1d1c1924, #00000080);
  --expectation: light-dark(#8a4a06, #ebb35c);
  --note: light-dark(#5c5850, #b5afa2);
  --commitment: light-dark(#3149a6, #a3b5f6);
  --grievance: light-dark(#ae2a20, #f1988d);
  --praise: light-dark(#2c6a35, #8cc793);
  --question: light-dark(#0f5f96, #85c0ec);
  --decision: light-dark(#6b3a8f, #cda6ea);
  --risk: light-dark(#97295f, #f09bc2);
  --cue: light-dark(#514e47, #bdb8ac);
}
@media (forced-colors: active) {
  :host {
    --raise: Canvas; --ink: CanvasText; --ink2: CanvasText; --line: CanvasText;
    --edge: ButtonBorder; --accent: Highlight; --soft: Canvas; --bad: CanvasText;
    --expectation: CanvasText; --note: CanvasText; --commitment: CanvasText;
    --grievance: CanvasText; --praise: CanvasText; --question: CanvasText;
    --decision: CanvasText; --risk: CanvasText; --cue: CanvasText;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
`;
