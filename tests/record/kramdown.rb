# What kramdown makes of texts, set as Jekyll sets it: a JSON list of texts on standard input, a list of pages on standard
# output. The words of the command line are options: `input=GFM`, `hard_wrap=true`. For `record.py`.

require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'

abort "kramdown is #{Kramdown::VERSION}, not 2.4.0" unless Kramdown::VERSION == '2.4.0'

JEKYLL = { smart_quotes: 'lsquo,rsquo,ldquo,rdquo', toc_levels: (1..6).to_a, hard_wrap: false, math_engine: :mathjax,
           syntax_highlighter: nil, show_warnings: false }.freeze

asked = ARGV.to_h { |option| option.split('=') }.transform_keys(&:to_sym)
asked[:hard_wrap] = asked[:hard_wrap] == 'true'
texts = JSON.parse($stdin.read)
puts JSON.generate(texts.map { |text| Kramdown::Document.new(text, JEKYLL.merge(asked)).to_html })
