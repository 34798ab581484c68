# What Jekyll makes of blogs: a JSON list of `{source, destination, time, timezone, input, tags, blocks}` on standard input, a list of
# answers on standard output. Each is built as `jekyll build` builds it. For `tests/engines.rs`.

require 'json'
require 'jekyll'

# What Jekyll says while it builds, from warnings on.
class Said
  attr_reader :lines

  def initialize
    @lines = []
  end

  %i[warn error fatal].each { |level| define_method(level) { |message| @lines << message } }
  %i[debug info].each { |level| define_method(level) { |_| nil } }
  attr_accessor :level
end

def answer(asked)
  ENV['TZ'] = 'UTC'
  said = Said.new
  Jekyll.logger = said
  Jekyll.logger.log_level = :warn
  pages = build(asked)
  { said: said.lines.reject { |line| line.include?('Configuration file: none') }, pages: pages }
rescue Jekyll::Errors::MissingDependencyException => error
  { missing: error.message }
rescue StandardError, ScriptError, SystemExit => error
  { said: [error.message], stops: true }
end

def build(asked)
  own = { 'disable_disk_cache' => true, **asked.slice('source', 'destination', 'time', 'timezone').compact }
  config = Jekyll.configuration(own)
  config['kramdown']['input'] = asked['input'] if asked['input']
  # Code without colors.
  config['kramdown']['syntax_highlighter_opts'] = { 'block' => { 'disable' => true }, 'span' => { 'disable' => true } }
  asked['tags'].each { |tag| Liquid::Template.register_tag(tag, Class.new(Liquid::Tag)) }
  asked['blocks'].each { |block| Liquid::Template.register_tag(block, Class.new(Liquid::Block)) }
  site = Jekyll::Site.new(config)
  site.process
  written = (site.documents + site.pages).select { |page| !page.respond_to?(:write?) || page.write? }
  written.map do |page|
    { source: page.respond_to?(:relative_path) ? page.relative_path : page.path,
      file: page.destination(site.dest).delete_prefix("#{site.dest}/"), content: page.content }
  end
end

# In a process of its own: Jekyll keeps dates that it has read.
def apart
  reader, writer = IO.pipe
  child = fork do
    writer.write(JSON.generate(yield))
    writer.close
    exit!(0)
  end
  writer.close
  JSON.parse(reader.read)
ensure
  Process.wait(child)
end

puts JSON.generate(JSON.parse($stdin.read).map { |asked| apart { answer(asked) } })
