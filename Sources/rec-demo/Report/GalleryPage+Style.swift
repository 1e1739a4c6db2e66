extension GalleryPage {
    /// The style sheet.
    ///
    /// Text colours keep a contrast of 4.5 to 1 or more with their ground, in light and in dark.
    static let style = """
        :root {
          color-scheme: light dark;
          --paper: #faf8f4; --raised: #ffffff; --plate: #f4f2ee; --line: #e2ddd3;
          --ink: #211e1a; --soft: #665f55; --image: #22706b; --attribute: #b67c24; --track: #ebe6dc; --same: #22605c; --attribute-text: #8a5a12; --thumb: #ffffff;
          --edge: clamp(1rem, 4vw, 3.5rem);
          --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", "Noto Serif", Georgia, serif;
          --sans: ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #171614; --raised: #201e1b; --plate: #dcd8d1; --line: #37332d;
            --ink: #f1ede5; --soft: #aea698; --image: #62b8af; --attribute: #dfa85a; --track: #35312b; --same: #8ed0c8; --attribute-text: #dfa85a; --thumb: #f1ede5;
          }
          .picture[role] { filter: brightness(.9); }
        }
        * { box-sizing: border-box; margin: 0; }
        [hidden] { display: none !important; }
        html { -webkit-text-size-adjust: 100%; scroll-padding-top: 8rem; }
        body {
          max-width: 1480px; margin: 0 auto; padding: 0 var(--edge);
          background: var(--paper); color: var(--ink); font: 400 .9375rem/1.5 var(--sans);
        }
        ul, ol { list-style: none; padding: 0; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .kicker { font-size: .6875rem; font-weight: 600; letter-spacing: .13em; text-transform: uppercase; color: var(--soft); }

        header { padding: clamp(2.25rem, 6vw, 4.5rem) 0 clamp(1.5rem, 3vw, 2.25rem); }
        h1 {
          margin: .5rem 0 .25rem; font: 400 clamp(2rem, 5vw, 3.25rem)/1.1 var(--serif); letter-spacing: -.015em;
          text-wrap: balance; overflow-wrap: anywhere;
        }
        .lead { max-width: 42rem; font: 400 1.125rem/1.5 var(--serif); color: var(--soft); }
        .legend { display: flex; flex-wrap: wrap; gap: .5rem 1.75rem; margin-top: 1.75rem; font-size: .8125rem; color: var(--soft); }
        .legend p { display: flex; align-items: center; gap: .55rem; }
        .key { width: 1.5rem; height: .4375rem; border-radius: 1rem; }
        .key.image { background: var(--image); }
        .key.attribute { background: var(--attribute); }
        .key.tick { width: auto; height: auto; }
        .tick::before, .same::before { content: "✓"; font-weight: 600; color: var(--same); }

        .row {
          display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: clamp(1.25rem, 3vw, 2.5rem);
          padding: clamp(1.75rem, 3.5vw, 3rem) 0; border-top: 1px solid var(--line);
        }
        .picture { aspect-ratio: 3 / 4; border-radius: .5rem; background: var(--plate) center / contain no-repeat; print-color-adjust: exact; }
        .none {
          display: flex; flex-direction: column; align-items: center; justify-content: center; gap: .5rem;
          background: none; border: 1px dashed var(--line); color: var(--soft); font-size: .8125rem;
        }
        .none svg { width: 2.25rem; fill: none; stroke: currentColor; stroke-width: 1.1; stroke-linecap: round; stroke-linejoin: round; }

        .query .none { aspect-ratio: 1; }
        .query { align-self: start; padding: .75rem; border-radius: .875rem; background: var(--raised); box-shadow: 0 0 0 1px var(--line); }
        .query .words { padding: 1rem .375rem .375rem; }
        h2 { margin: .375rem 0 .625rem; font: 400 1.375rem/1.25 var(--serif); text-wrap: balance; overflow-wrap: anywhere; }
        .id { margin-top: .625rem; font-size: .75rem; color: var(--soft); overflow-wrap: anywhere; }

        .strip { position: relative; overflow-x: auto; overflow-anchor: none; scrollbar-width: thin; padding: .25rem .25rem 1rem; margin: -.25rem; }
        .strip:focus-visible { outline: 2px solid var(--image); outline-offset: .25rem; border-radius: .5rem; }
        .strip ol { display: grid; width: max-content; padding-right: .25rem; grid-auto-flow: column; grid-auto-columns: 10.5rem; grid-template-rows: repeat(5, auto); justify-content: start; column-gap: 1.25rem; }
        .strip > ol > li, .card { display: grid; grid-row: 1 / -1; grid-template-rows: subgrid; align-content: start; }
        .card { position: relative; align-items: start; }
        .answer { min-width: 0; }
        .nothing { padding: 2rem 0; color: var(--soft); font: italic 1.0625rem var(--serif); }
        h3 { margin: .75rem 0 .625rem; font: 500 .875rem/1.4 var(--sans); overflow-wrap: anywhere; }
        .rank { margin-right: .3rem; font: italic 400 1.0625rem/1 var(--serif); color: var(--soft); }

        .score { display: grid; grid-template-columns: auto 1fr; align-items: center; gap: .25rem .625rem; }
        .value { font-size: .9375rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .bar { display: block; width: 100%; height: .4375rem; border-radius: 1rem; overflow: hidden; background: var(--track); }
        .bar .image { fill: var(--image); }
        .bar .attribute { fill: var(--attribute); }
        .parts { grid-column: 1 / -1; font-size: .75rem; color: var(--soft); font-variant-numeric: tabular-nums; }
        .parts span { white-space: nowrap; }
        .parts b { font-weight: 500; color: var(--ink); }

        .attributes { display: flex; flex-wrap: wrap; gap: .25rem .75rem; font-size: .8125rem; color: var(--soft); }
        .card .attributes { margin-top: .625rem; padding-top: .625rem; border-top: 1px solid var(--line); }
        .same { color: var(--ink); }
        .same::before { margin-right: .3em; }

        footer { padding: 2rem 0 3.5rem; border-top: 1px solid var(--line); font-size: .8125rem; }
        footer dl { display: flex; flex-wrap: wrap; gap: 1rem 3rem; }
        footer dt { color: var(--soft); }
        footer dd { margin: 0; max-width: 40rem; overflow-wrap: anywhere; }

        @media (max-width: 46rem) {
          .row { grid-template-columns: minmax(0, 1fr); }
          .query { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: 1rem; align-items: center; }
          .query .words { padding: .25rem 0; }
          h2 { font-size: 1.125rem; }
          .strip { margin-right: calc(-1 * var(--edge)); }
          .strip ol { grid-auto-columns: 9.25rem; column-gap: 1rem; padding-right: 1rem; }
        }
        """
}
