#!/usr/bin/env python3
"""Are the reports for other programs what those read, and do they point at the right place?

usage: formats.py POSTLINT SCHEMAS

postlint runs over a blog made for it, below the top of a repository, with Korean, emoji, CRLF, a byte order mark and markup
in names and texts. Each report is held against its schema in the folder SCHEMAS (`sarif.json`, `rdjson.json`, `junit.xsd`;
`.ci/formats` gets them from packages), and its places and repairs against the bytes that `--format json` names. GitLab
publishes no schema; its documentation lists the keys.
"""
import json, pathlib, re, subprocess, sys, tempfile, urllib.parse

import jsonschema, xmlschema

BOM, CRLF = '\ufeff', '\r\n'
POSTS = {
    'postlint.yaml': 'generator: jekyll\nkinds:\n  weekly:\n    match: {path: "_posts/*week*.md"}\n'
    '    sections: {list: [learned, "느낀 점", links]}\n',
    '_posts/2022-10-09-week 글 <1>.md': BOM + CRLF.join([
        '---', 'title: "😀 3주차"', 'permalink: /same/', '---', '', '## learned', '',
        '😀 가나 [다](#lerned) e\u0301 [라](#느낀점)', '', '## 느낀 점', '', 'TBA', '',
        '1. 수식 $\\fracc{1}{2}$ 와 <b>"표시"</b> & `코드`', '', '![x](C:\\그림\\a&b.png)', '']),
    '_posts/2022-10-10-other.md': '---\ntitle: 둘\npermalink: /same/\n---\n\n[나무]( /img/없음.png) [](#top)\n\n# 끝',
    # What stands in the first line stands behind the mark.
    '_posts/2022-10-11-first.md': BOM + '😀 나 [다](#없음) <!-- x --> [라](http://localhost:4000/a)\n\n- a\n- \n',
    '_posts/2022-10-12-ok.md': '---\ntitle: 셋\n---\n\n좋다.\n',
}


def main(postlint, schemas):
    schemas = pathlib.Path(schemas)
    with tempfile.TemporaryDirectory() as top:
        top = pathlib.Path(top)
        (top / '.git').mkdir()
        blog = top / 'my blog'
        for name, text in POSTS.items():
            path = blog / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

        def report(form):
            run = subprocess.run([postlint, 'check', '--format', form], cwd=blog, capture_output=True)
            assert run.returncode in (0, 1), run.stderr.decode()
            return run.stdout.decode()

        findings = json.loads(report('json'))['findings']
        assert len(findings) > 8 and any(f['labels'] for f in findings) and any('fix' in f for f in findings), findings
        source = {f['path']: (blog / f['path']).read_bytes() for f in findings}
        sarif(json.loads(report('sarif')), json.loads((schemas / 'sarif.json').read_text()), findings, source, top)
        rdjson(json.loads(report('rdjson')), json.loads((schemas / 'rdjson.json').read_text()), findings, source, top)
        gitlab(json.loads(report('gitlab')), findings, top)
        junit(report('junit'), schemas / 'junit.xsd', findings)
        github(report('github'), findings, top)
    print(f'{len(findings)} findings in sarif, rdjson, gitlab, junit and github are valid and at their place')


def starts(data):
    """The offset of each line."""
    return [0] + [at + 1 for at, byte in enumerate(data) if byte == 0x0a]


def bytes_of(data, region, unit):
    """The offsets of (line, column, line, column), columns in units of UTF-16 without a byte order mark, or in bytes."""
    def offset(line, column):
        start = starts(data)[line - 1]
        if unit == 'byte':
            return start + column - 1
        text = data[start:].decode()
        mark = 3 if text.startswith(BOM) else 0
        return start + mark + len(text.removeprefix(BOM).encode('utf-16-le')[:2 * (column - 1)].decode('utf-16-le').encode())
    line, column, end_line, end_column = region
    return offset(line, column), offset(end_line, end_column)


def same_place(data, region, unit, span):
    assert bytes_of(data, region, unit) == (span['start'], span['end']), (region, span)


def edited(data, edits):
    for start, end, text in sorted(edits, reverse=True):
        data = data[:start] + text.encode() + data[end:]
    return data


def repaired(data, finding):
    return edited(data, [(edit['start'], edit['end'], edit['text']) for edit in finding['fix']['edits']])


def sarif(report, schema, findings, source, top):
    jsonschema.Draft4Validator(schema).validate(report)
    run, = report['runs']
    assert run['columnKind'] == 'utf16CodeUnits'
    rules = [rule['id'] for rule in run['tool']['driver']['rules']]
    assert len(set(rules)) == len(rules) and set(rules) == {f['rule'] for f in findings}
    assert len(run['results']) == len(findings)
    prints = [result['partialFingerprints']['postlint/v1'] for result in run['results']]
    assert len(set(prints)) == len(prints)

    def region(place):
        return tuple(place['region'][key] for key in ('startLine', 'startColumn', 'endLine', 'endColumn'))

    def file(place):
        path = top / urllib.parse.unquote(place['artifactLocation']['uri'])
        assert path.is_file() and place['artifactLocation']['uriBaseId'] == '%SRCROOT%', path
        return path.read_bytes()

    for result, finding in zip(run['results'], findings):
        assert result['ruleId'] == finding['rule'] and result['level'] == finding['severity']
        place = result['locations'][0]['physicalLocation']
        assert file(place) == source[finding['path']]
        same_place(file(place), region(place), 'utf16', finding['span'])
        for related, label in zip(result.get('relatedLocations', []), finding['labels'], strict=True):
            place = related['physicalLocation']
            same_place(file(place), region(place), 'utf16', label['span'])
        for fix in result.get('fixes', []):
            change, = fix['artifactChanges']
            data = file(change)
            edits = [(*bytes_of(data, region({'region': r['deletedRegion']}), 'utf16'), r['insertedContent']['text'])
                     for r in change['replacements']]
            assert edited(data, edits) == repaired(data, finding)
        assert ('fixes' in result) == ('fix' in finding)


def rdjson(report, schema, findings, source, top):
    jsonschema.Draft7Validator(schema).validate(report)
    assert len(report['diagnostics']) == len(findings)

    def region(place):
        start, end = place['start'], place['end']
        return start['line'], start['column'], end['line'], end['column']

    for diagnostic, finding in zip(report['diagnostics'], findings):
        location = diagnostic['location']
        data = (top / location['path']).read_bytes()
        assert data == source[finding['path']]
        same_place(data, region(location['range']), 'byte', finding['span'])
        suggestions = diagnostic.get('suggestions', [])
        assert len(suggestions) == ('fix' in finding)
        for suggestion in suggestions:
            edit = (*bytes_of(data, region(suggestion['range']), 'byte'), suggestion['text'])
            assert edited(data, [edit]) == repaired(data, finding)


def gitlab(report, findings, top):
    assert len(report) == len(findings) == len({issue['fingerprint'] for issue in report})
    for issue, finding in zip(report, findings):
        assert all(isinstance(issue[key], str) and issue[key] for key in ('description', 'check_name', 'fingerprint'))
        assert issue['severity'] in ('info', 'minor', 'major', 'critical', 'blocker')
        location = issue['location']
        assert (top / location['path']).is_file() and not location['path'].startswith('./')
        assert location['lines'] == {'begin': finding['span']['line'], 'end': finding['span']['end_line']}


def junit(report, schema, findings):
    xsd = xmlschema.XMLSchema(str(schema))
    xsd.validate(report)
    suites = xsd.to_dict(report)
    cases = [case for suite in suites['testsuite'] for case in suite['testcase']]
    errors = sum(finding['severity'] == 'error' for finding in findings)
    assert sum('failure' in case for case in cases) == errors == int(suites['@failures'])
    clean = sum(case['@name'] == 'no problems' for case in cases)
    assert len(cases) - clean == len(findings) and len(cases) == int(suites['@tests'])


def github(report, findings, top):
    commands = report.splitlines()
    assert len(commands) == len(findings)
    for command, finding in zip(commands, findings):
        file, line = re.match(r'::(?:error|warning) file=([^,]*),line=(\d+),', command).groups()
        assert (top / urllib.parse.unquote(file)).is_file() and int(line) == finding['span']['line'], command


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
