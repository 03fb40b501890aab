import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileTemplate } from '../../src/template/evaluate.ts';

const DATA = {
  Id: 'abc',
  Names: ['web', 'www'],
  State: { Running: true, Pid: 42, Health: null },
  Labels: { b: '2', a: '1' },
  Empty: [],
  Size: 1_500_000,
  Label: (key: string) => `label ${key}`,
};

const CASES: readonly (readonly [template: string, output: string])[] = [
  ['{{.Id}}', 'abc'],
  ['{{ .ID }}', 'abc'],
  ['a {{.State.Pid}} b', 'a 42 b'],
  ['{{.State.Health.Status}}', '<no value>'],
  ['{{.Names}}', '[web www]'],
  ['{{.Labels}}', 'map[a:1 b:2]'],
  ['{{json .Names}}', '["web","www"]'],
  ['{{json .State}}', '{"Running":true,"Pid":42,"Health":null}'],
  ['{{.Names | json}}', '["web","www"]'],
  ['{{join .Names ","}}', 'web,www'],
  ['{{index .Names 1}}', 'www'],
  ['{{index .Labels "b"}}', '2'],
  ['{{(index .Names 0) | upper}}', 'WEB'],
  ['{{len .Names}} {{len .Id}} {{len .Labels}}', '2 3 2'],
  ['{{if .State.Running}}up{{else}}down{{end}}', 'up'],
  ['{{if not .State.Running}}down{{else if eq .State.Pid 41 42}}42{{end}}', '42'],
  ['{{if .Empty}}x{{end}}{{if and .Id .Names}}y{{end}}{{or .Empty .Id}}', 'yabc'],
  ['{{range .Names}}<{{.}}>{{end}}', '<web><www>'],
  ['{{range $i, $name := .Names}}{{$i}}={{$name}};{{end}}', '0=web;1=www;'],
  ['{{range $key, $value := .Labels}}{{$key}}{{$value}}{{end}}', 'a1b2'],
  ['{{range .Empty}}x{{else}}none{{end}}', 'none'],
  ['{{with .State}}{{.Pid}} {{$.Id}}{{end}}', '42 abc'],
  ['{{$x := .Id}}{{if true}}{{$x = "z"}}{{end}}{{$x}}', 'z'],
  ['a  {{- .Id -}}  b', 'aabcb'],
  ['{{/* nothing */}}b', 'b'],
  ['{{printf "%-5s|%3d|%q|%.1f" .Id .State.Pid "x" 2.26}}', 'abc  | 42|"x"|2.3'],
  ['{{"}}"}}{{`raw`}}', '}}raw'],
  ['{{gt .Size 1000}} {{lt "a" "b"}}', 'true true'],
  ['{{slice .Id 0 2}}', 'ab'],
  ['{{.Label "x"}}', 'label x'],
  ['{{split "a,b" ","}}{{title "up now"}}{{truncate "abcdef" 3}}', '[a b]Up Nowabc'],
];

for (const [template, output] of CASES) {
  test(template, () => assert.equal(compileTemplate(template)(DATA), output));
}

test('what makes no sense is refused', () => {
  const refused: readonly (readonly [template: string, reason: RegExp])[] = [
    ['{{.Nope}}', /can't evaluate field Nope/],
    ['{{.Id', /not closed/],
    ['{{nope .Id}}', /function "nope" not defined/],
    ['{{if .Id}}x', /no \{\{end\}\}/],
    ['{{end}}', /unexpected \{\{end\}\}/],
    ['{{$x}}', /undefined variable/],
    ['{{range .Id}}{{end}}', /can't iterate/],
    ['{{.Id .Names}}', /is no function/],
    ['{{(.Id}}', /parenthesis/],
    ['{{.Id | }}', /missing/],
  ];
  for (const [template, reason] of refused) assert.throws(() => compileTemplate(template)(DATA), reason, template);
});
