// Colours of the series are those of Okabe and Ito, which the colour-blind tell apart, darkened on white and lightened on
// black until they reach a contrast of 3 to 1 with it (WCAG 1.4.11); text reaches 4.5 to 1.
export const STYLE: string = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1c2128; --muted: #57606a; --line: #d5dae1; --soft: #eef1f5;
  --accent: #0a5ea8; --right: #0067a3; --wrong: #b34700;
  --series-1: #0067a3; --series-2: #b34700; --series-3: #007a59; --series-4: #a34d80; --series-5: #7d6608; --series-6: #4d5663;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1318; --card: #181d24; --ink: #e8ebef; --muted: #a3adb8; --line: #343c46; --soft: #222932;
    --accent: #7cc0f5; --right: #62b5ec; --wrong: #f08a45;
    --series-1: #62b5ec; --series-2: #f08a45; --series-3: #3fc59b; --series-4: #df98c2; --series-5: #d8c13f; --series-6: #b3bdc9;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main, header.top, footer { max-width: 1080px; margin: 0 auto; padding: 0 16px; }
header.top { padding-top: 28px; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 0 0 10px; }
h3 { font-size: 1rem; margin: 22px 0 8px; overflow-wrap: anywhere; }
h3:first-child { margin-top: 0; }
p { margin: 0 0 12px; max-width: 74ch; }
a { color: var(--accent); }
nav { display: flex; flex-wrap: wrap; gap: 6px 8px; margin: 16px 0 20px; font-size: .9rem; }
nav a { padding: 3px 10px; border: 1px solid var(--line); border-radius: 999px; background: var(--card); text-decoration: none; }
nav a:hover { border-color: var(--accent); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px; margin: 0 0 18px; scroll-margin-top: 12px; }
.muted, figcaption, caption, summary, dt { color: var(--muted); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 210px), 1fr)); gap: 12px; margin: 0 0 18px; }
.tile { border: 1px solid var(--line); border-left: 4px solid var(--series-1); border-radius: 8px; padding: 12px 14px; min-width: 0; }
.tile b { display: block; font-size: 1.9rem; line-height: 1.15; font-variant-numeric: tabular-nums; }
.tile span { display: block; font-size: .88rem; overflow-wrap: anywhere; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr)); gap: 18px 26px; }
figure { margin: 0; min-width: 0; }
figcaption { font-size: .88rem; margin: 4px 0 0; }
figure > h4 { margin: 0 0 2px; font-size: .95rem; overflow-wrap: anywhere; }
figure svg { display: block; width: 100%; max-width: 460px; height: auto; overflow: visible; }
figure.square svg { max-width: 560px; }
.key { display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: .85rem; margin: 0 0 6px; }
.key span::before { content: ''; display: inline-block; width: .75em; height: .75em; border-radius: 2px; background: var(--colour); margin-right: .4em; }
.wide { overflow-x: auto; margin: 0 0 12px; }
.wide:focus-visible { outline: 2px solid var(--accent); }
table { border-collapse: collapse; font-size: .9rem; min-width: 100%; }
caption { text-align: left; font-size: .88rem; padding: 0 0 4px; }
th, td { text-align: left; padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--muted); font-weight: 600; white-space: nowrap; vertical-align: bottom; }
tbody th { font-weight: 500; }
th bdi, .label bdi { display: inline-block; width: max-content; max-width: 17em; overflow-wrap: anywhere; vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.text { min-width: 20em; overflow-wrap: anywhere; }
.bar { display: inline-block; width: 4.5em; height: .62em; margin-left: .5em; border-radius: 2px; background: linear-gradient(to right, var(--series-1) var(--share), var(--soft) var(--share)); }
.matrix { table-layout: auto; min-width: 0; font-variant-numeric: tabular-nums; }
.matrix th, .matrix td { border: 1px solid var(--line); padding: 3px 6px; text-align: center; min-width: 2em; }
.matrix tbody th { text-align: left; font-weight: 400; white-space: nowrap; }
.matrix bdi { white-space: normal; margin-left: .3em; }
.matrix td { background: color-mix(in srgb, var(--tone) var(--share), var(--card)); }
.matrix td.none { color: var(--muted); }
.groups { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 4px 26px; align-items: start; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 230px), 1fr)); gap: 8px 20px; margin: 0 0 14px; }
dl div { min-width: 0; }
dt { font-size: .82rem; }
dd { margin: 0; overflow-wrap: anywhere; }
.hash { min-width: 16em; display: inline-block; }
code, .hash { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: var(--soft); border-radius: 6px; padding: 12px; overflow-x: auto; margin: 0 0 12px; }
details { margin: 0 0 12px; }
summary { cursor: pointer; padding: 4px 0; }
ol.errors { list-style: none; margin: 0; padding: 0; display: grid; gap: 10px; }
ol.errors li { border-left: 4px solid var(--wrong); padding: 2px 0 2px 12px; min-width: 0; }
ol.errors blockquote { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
ol.errors p { margin: 2px 0 0; font-size: .9rem; overflow-wrap: anywhere; }
.unseen { border: 1px solid var(--wrong); border-radius: 3px; padding: 0 3px; font: .75em ui-monospace, monospace; color: var(--wrong); }
.wrong { color: var(--wrong); font-weight: 600; }
.note { border-left: 4px solid var(--series-5); padding-left: 12px; }
footer { padding: 4px 16px 40px; font-size: .85rem; color: var(--muted); }
@media (max-width: 520px) {
  body { font-size: 15px; }
  main, header.top, footer { padding-left: 10px; padding-right: 10px; }
  section { padding: 14px 12px; }
  .tile b { font-size: 1.6rem; }
  .bar { display: none; }
  th, td { padding-right: 8px; }
  th bdi, .label bdi { max-width: 9.5em; }
  .matrix bdi { max-width: 7.6em; }
  .matrix th, .matrix td { padding: 3px 2px; min-width: 1.75em; }
  .matrix thead th:first-child { white-space: normal; }
}
@media print { body { background: #fff; } nav { display: none; } section { break-inside: avoid-page; } }
`;
