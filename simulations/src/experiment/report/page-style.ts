export const PAGE_STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733 }
code { background: #f4f6f8; padding: .15rem .35rem; font-size: 13px; overflow-wrap: anywhere }
.wide { overflow-x: auto } table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .45rem; text-align: left; white-space: nowrap; border-bottom: 1px solid #e3e8ee }
thead th { color: #5b6775; font-weight: 600; white-space: normal; vertical-align: bottom } tbody th { font-weight: 500 }
.swatch { margin-right: .5em; vertical-align: -1px; max-width: none }
.notes { color: #5b6775; font-size: 14px }
figure { margin: 1rem 0 2.5rem } figcaption { color: #5b6775; font-size: 14px; max-width: 52rem; margin-top: .4rem }
figure figure { margin: 0 } svg[role=img] { max-width: 100%; height: auto }
.panels { display: flex; flex-wrap: wrap } .legend { font-size: 13px; margin: 2rem 0 0 } .legend > span { display: inline-block; margin-right: 1.2em }
h2 { margin: 2.5rem 0 0; font-size: 1.25rem }`;
