# What Liquid says of templates, with the tags of Jekyll: a JSON list of templates on standard input, a list of verdicts
# on standard output. For `record.py`.

require 'json'
require 'jekyll'

asked = [Liquid::VERSION, Jekyll::VERSION]
abort "Liquid and Jekyll are #{asked.join(' and ')}, not 5.4.0 and 4.3.1" unless asked == %w[5.4.0 4.3.1]

SITE = Jekyll::Site.new(Jekyll.configuration('quiet' => true, 'disable_disk_cache' => true))

# What an error says, on one line and not for long.
def told(error)
  line = error.line_number if error.is_a?(Liquid::Error)
  { error: error.message.sub(/\ALiquid .*?error( \(line \d+\))?: /, '').split.join(' ')[0, 80], line: line }
end

# Reads a template as Jekyll does. A comparison that Liquid does not know fails only once it is made; whatever else
# fails then depends on the site.
def ask(template)
  read = Liquid::Template.parse(template, line_numbers: true, error_mode: :warn)
  warnings = read.warnings.map(&:line_number)
  begin
    read.render!({}, registers: { site: SITE, page: {} })
    { error: nil, line: nil, warnings: warnings }
  rescue Liquid::ArgumentError => e
    told(e).merge(warnings: warnings)
  rescue StandardError
    { error: nil, line: nil, warnings: warnings }
  end
rescue StandardError, ScriptError => e
  told(e).merge(warnings: [])
end

puts JSON.generate(JSON.parse($stdin.read).map { |template| ask(template) })
