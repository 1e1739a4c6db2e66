extension GalleryPage {
    /// The style sheet of what the reader can move and open: the slider, the marks of moved cards, and the reasons.
    static let tunerStyle = """
        .tuner {
          position: sticky; z-index: 2; top: 0; display: grid; grid-template-columns: auto auto minmax(8rem, 26rem) auto 1fr;
          align-items: center; gap: 0 1rem; margin: 0 calc(-1 * var(--edge)); padding: .5rem var(--edge) .625rem;
          border: solid var(--line); border-width: 1px 0; background: var(--paper);
        }
        .tuner + main .row:first-child { border-top: 0; }
        .tuner label { margin-right: .5rem; font: italic 400 1.125rem/1.3 var(--serif); }
        .side { font-size: .8125rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .side b { display: inline-block; min-width: 3rem; font-weight: 600; }
        .image-side { color: var(--image); text-align: right; }
        .attribute-side { color: var(--attribute-text); }
        .attribute-side b { text-align: right; }
        #weight {
          -webkit-appearance: none; appearance: none; width: 100%; height: 2.5rem; padding: 0; background: none; cursor: grab;
          touch-action: pan-y;
        }
        #weight:active { cursor: grabbing; }
        #weight::-webkit-slider-runnable-track {
          height: .4375rem; border-radius: 1rem;
          background: linear-gradient(to right, var(--image) var(--share), var(--attribute) var(--share));
        }
        #weight::-moz-range-track {
          height: .4375rem; border-radius: 1rem;
          background: linear-gradient(to right, var(--image) var(--share), var(--attribute) var(--share));
        }
        #weight::-webkit-slider-thumb {
          -webkit-appearance: none; width: 1.5rem; height: 1.5rem; margin-top: -.53125rem; border: 1px solid var(--soft);
          border-radius: 50%; background: var(--thumb); box-shadow: 0 1px 4px rgb(0 0 0 / .25);
        }
        #weight::-moz-range-thumb {
          box-sizing: border-box; width: 1.5rem; height: 1.5rem; border: 1px solid var(--soft); border-radius: 50%;
          background: var(--thumb); box-shadow: 0 1px 4px rgb(0 0 0 / .25);
        }
        #weight:focus-visible { outline: none; }
        #weight:focus-visible::-webkit-slider-thumb { outline: 3px solid var(--ink); outline-offset: 2px; }
        #weight:focus-visible::-moz-range-thumb { outline: 3px solid var(--ink); outline-offset: 2px; }
        #reset:focus-visible { outline: 2px solid var(--image); outline-offset: 2px; }
        .change { grid-column: 1 / -1; min-height: 1.5em; font-size: .8125rem; color: var(--soft); }
        #reset {
          grid-area: 1 / 5; justify-self: end; padding: .375rem .875rem; border: 1px solid var(--line); border-radius: 2rem;
          background: var(--raised); color: var(--ink); font: 500 .8125rem/1.4 var(--sans); cursor: pointer;
        }
        #reset:disabled { opacity: .45; cursor: default; }

        .move { margin-left: .15rem; font-size: .6875rem; font-weight: 600; white-space: nowrap; color: var(--soft); }
        .rank b { font-weight: 400; }
        .move.new { padding: .05rem .4rem; border-radius: 1rem; background: var(--image); color: var(--paper); }
        .move.up::before { content: "▲ " / ""; font-size: .5625rem; }
        .move.down::before { content: "▼ " / ""; font-size: .5625rem; }

        .why { position: absolute; inset: 0; padding: 0; border: 0; background: none; color: inherit; cursor: help; }
        .why:focus-visible { outline: 2px solid var(--image); outline-offset: .1875rem; border-radius: .5rem; }
        .chip {
          position: absolute; top: .5rem; right: .5rem; padding: .125rem .5625rem; border-radius: 1rem; background: var(--raised);
          color: var(--ink); font: 500 .75rem/1.5 var(--sans); box-shadow: 0 0 0 1px var(--line); opacity: .85;
        }
        .card:hover .chip, .why:focus-visible .chip { background: var(--ink); color: var(--paper); opacity: 1; }

        .reasons { font-size: .8125rem; }
        .reasons .kicker { margin-bottom: .625rem; }
        .score-again { letter-spacing: 0; font-size: .9375rem; color: var(--ink); font-variant-numeric: tabular-nums; }
        .reasons ul { display: grid; gap: .5rem; }
        .reasons li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .125rem .75rem; overflow-wrap: anywhere; }
        .reasons li b { font-weight: 600; font-variant-numeric: tabular-nums; }
        .reasons .bar { grid-column: 1 / -1; height: .25rem; }
        .reasons .nil { color: var(--soft); }
        .reasons .nil b { font-weight: 400; }
        .reasons .nil .bar { display: none; }
        .reasons[popover] {
          width: 19rem; max-width: calc(100vw - 1rem); max-height: calc(100vh - 1rem); padding: 1rem 1.125rem 1.125rem;
          overflow-y: auto; border: 1px solid var(--line); border-radius: .875rem; background: var(--raised); color: var(--ink);
          text-align: left; box-shadow: 0 .75rem 2.5rem rgb(0 0 0 / .22);
        }
        .scripted .reasons { inset: auto; margin: 0; }

        @media (max-width: 62rem) {
          .tuner { grid-template-columns: auto minmax(0, 1fr) auto; gap: 0 .75rem; }
          .tuner label { grid-column: 1 / 3; }
          #reset { grid-area: 1 / 3; }
        }
        @media (max-width: 46rem) {
          .tuner { grid-template-columns: 1fr auto 1fr; gap: 0 .5rem; padding: .5rem var(--edge); }
          .tuner label {
            position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
          }
          .side { grid-row: 1; }
          .side b { min-width: 0; }
          .image-side { text-align: left; }
          .attribute-side { grid-column: 3; text-align: right; }
          #reset { grid-area: 1 / 2; justify-self: center; padding: .25rem .75rem; }
          #weight { grid-area: 2 / 1 / 3 / -1; }
          .change { min-height: 2.7em; font-size: .75rem; line-height: 1.35; }
          .reasons[popover], .scripted .reasons {
            inset: auto 0 0; width: 100%; max-width: none; max-height: 70vh; margin: 0; padding: 1.25rem 1.25rem 2rem;
            border-width: 1px 0 0; border-radius: 1rem 1rem 0 0; font-size: .9375rem;
          }
          .reasons ul { gap: .625rem; }
        }
        @media (forced-colors: active) {
          #weight { -webkit-appearance: auto; appearance: auto; }
        }
        @media print {
          .tuner, .chip { display: none; }
        }
        """
}
