#!/usr/bin/env python3
"""How much work is a check, and how long does it take next to other programs?

usage: speed.py count POSTLINT
       speed.py time FOLDER PROGRAM... [--runs N]

`count` makes a blog, always the same, and counts with valgrind the instructions of `POSTLINT check` on one thread, once
as GitHub reads the posts and once as Jekyll does. What else the machine does makes no difference to that. The unit is
the first pass of pulldown-cmark over the same texts, in the same run, so that the processor, the C library and most of
the compiler make little. `tests/speed.json` has the numbers on record, by the compiler: with one of these, more than
TOLERANCE above fails; with another, numbers are only shown. `UPDATE=1` puts them on record.

`time` runs `PROGRAM check` in FOLDER in turns (A B A B ...), for several PROGRAMs, such as postlint before a change and
after it, and behind them rumdl, mado and markdownlint-cli2, as far as they are on PATH. A ratio is the median over the
rounds of a program's time by that of the first in the same round: of all processors together, and by the clock.
"""
import argparse, json, os, pathlib, re, shutil, statistics, subprocess, sys, tempfile, time

RECORD = pathlib.Path(__file__).with_suffix('.json')
TOLERANCE = 0.05
UNIT = 'pulldown_cmark::parse::Parser::new_ext'
PEERS = {
    'rumdl': ['rumdl', 'check', '--no-cache', '.'],
    'mado': ['mado', 'check', '.'],
    'markdownlint-cli2': ['markdownlint-cli2', '**/*.md'],
}
CONFIGS = {
    'github': {'postlint.yaml': 'generator: plain\nposts: ["_posts/*.md"]\nmarkdown: gfm\n'},
    'jekyll': {'_config.yml': 'title: a blog\nbaseurl: /blog\n'},
}
POSTS = 150

POST = '''---
layout: post
title: "The {n}th week: what we learned"
date: 2022-{month:02}-{day:02} 10:00:00 +0900
tags: [weekly, notes]
---

A paragraph of some length, as people write them, with *emphasis*, **strong words**, `code`, and a
[link](https://example.com/{n}?a=b#c) to another site. It goes on in a second line, which ends with
"quotes", an ellipsis... and a dash -- or two.

## What we learned in week {n}

1. The first of some items, with a [place](#what-comes-next) on the same page
2. The second one: `let x = {n};`
   - within it another, and <kbd>Ctrl</kbd> as HTML
   - and the last

한국어로 쓴 문단도 있다. **강조**와 `코드`, 그리고 [링크](https://example.com/한국어)가 있고, 두 번째
문장은 조금 더 길어서 다음 줄로 이어진다.

```rust
fn main() {{
    // {n} lines of code are shown as they are: | no | table |
    println!("{{}}", "$not a formula$");
}}
```

> A quote of two lines,
> which says little.

| name | value | remark |
|------|------:|--------|
| one  | {n}   | a cell with `code` |
| two  | 2{n}  | a cell with [a link][ref] |

### A formula

The sum is $\\sum_{{i=1}}^{{{n}}} x_i$, and on a line of its own

$$
\\frac{{1}}{{{n}}} \\left( a^2 + b_{{{n}}} \\right) = \\sqrt{{c}}
$$

![An image](https://example.com/{n}.png "with a title")

## What comes next

It costs $5 today. See [the first part](#what-we-learned-in-week-{n}), and <a href="https://example.org/">a tag</a>.
<!-- a comment that nobody sees -->

[ref]: https://example.com/reference "A title"
'''


def make_blog(folder, config):
    for name, text in CONFIGS[config].items():
        (folder / name).write_text(text)
    (folder / '_posts').mkdir()
    for n in range(POSTS):
        month, day = 1 + n // 28 % 12, 1 + n % 28
        (folder / '_posts' / f'2022-{month:02}-{day:02}-week-{n}.md').write_text(POST.format(n=n, month=month, day=day))


def instructions(postlint, folder, *options):
    command = ['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', *options, postlint, 'check', '--exit-zero']
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, 'RAYON_NUM_THREADS': '1'})
    found = re.search(r'Collected : (\d+)', run.stderr)
    if run.returncode != 0 or not found:
        sys.exit(f'{" ".join(command)}: {run.stderr[-2000:]}')
    return int(found[1])


def count(postlint):
    postlint, numbers = os.path.abspath(postlint), {}
    compiler = subprocess.run(['rustc', '--version'], capture_output=True, text=True, check=True).stdout.split()[1]
    with tempfile.TemporaryDirectory() as top:
        for config in CONFIGS:
            (folder := pathlib.Path(top, config)).mkdir()
            make_blog(folder, config)
            numbers[config] = instructions(postlint, folder)
        unit = instructions(postlint, pathlib.Path(top, 'github'), f'--toggle-collect={UNIT}*')
    numbers = {config: round(number / unit, 2) for config, number in numbers.items()}
    record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    print(f'first passes a check is worth, with Rust {compiler}: {numbers}; on record: {record.get(compiler, "nothing")}')
    if os.environ.get('UPDATE'):
        RECORD.write_text(json.dumps({**record, compiler: numbers}, indent=2, sort_keys=True) + '\n')
        return 0
    slower = [config for config, most in record.get(compiler, {}).items() if numbers[config] > most * (1 + TOLERANCE)]
    for config in slower:
        print(f'{config}: more work than on record; `UPDATE=1 tests/speed.py count` where that is meant')
    return 1 if slower else 0


def timed(command, folder):
    """Seconds of all processors and by the clock."""
    null = open(os.devnull, 'r+b')
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdin=null, stdout=null, stderr=null)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f'{" ".join(command)}: ended with {process.returncode}')
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - begin


def compare(folder, programs, runs):
    jobs = {program: [os.path.abspath(program), 'check'] for program in programs}
    jobs.update((name, command) for name, command in PEERS.items() if shutil.which(name))
    rounds = [{name: timed(command, folder) for name, command in jobs.items()} for _ in range(runs + 1)][1:]
    for name in jobs:
        spent, clock = (
            statistics.median(each[name][i] / max(each[programs[0]][i], 1e-6) for each in rounds) for i in (0, 1)
        )
        print(f'{name:40} {spent:6.3f} of the time of the first, {clock:6.3f} by the clock')
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest='command', required=True)
    commands.add_parser('count').add_argument('postlint')
    timing = commands.add_parser('time')
    timing.add_argument('folder')
    timing.add_argument('programs', nargs='+')
    timing.add_argument('--runs', type=int, default=11)
    args = parser.parse_args()
    return count(args.postlint) if args.command == 'count' else compare(args.folder, args.programs, args.runs)


if __name__ == '__main__':
    sys.exit(main())
