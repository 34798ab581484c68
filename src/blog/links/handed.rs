//! Addresses that posts hand to shortcodes, and to the tags of Hexo that show images.

use super::found::{PageLink, Shape, UNKNOWN, link};
use super::printed::{is_file, is_path};
use crate::blog::Blog;
use crate::generators::address::Reference;
use crate::nunjucks;
use crate::post::Post;
use crate::shortcodes::{Call, Expansion, Referred};
use crate::text::Span;

impl Blog {
    /// Adds the links that shortcodes make of what they are handed. Where a template does more to an image than print its
    /// address, nobody knows where that leads.
    pub(super) fn add_handed(&self, post: &Post, links: &mut Vec<PageLink>) {
        let dialect = self.site().conventions.shortcode_dialect();
        let known = dialect.filter(|dialect| dialect.may_stand_in(post.text)).and_then(|_| self.shortcodes());
        let expansion = known.and_then(|known| Expansion::of(post.text, post.body.span.start, known));
        for call in expansion.iter().flat_map(Expansion::calls) {
            call.visit(&mut |call| self.add_call(post, call, links));
        }
        if let Some(known) = self.tags().filter(|_| post.runs_nunjucks) {
            add_tags(post, known, links);
        }
    }

    /// The link to a place of a page that `ref` prints (Hugo 0.168, `tpl/urls`, `hugolib/site.go`, `refLink`): it looks
    /// for the page alone.
    fn add_place(&self, post: &Post, call: &Call, links: &mut Vec<PageLink>) {
        let is_own = call.template.is_some_and(|template| template.is_embedded);
        if !is_own || !matches!(&post.text[call.name], "ref" | "relref") || post.body.code_at(call.span.start).is_some()
        {
            return;
        }
        let parameters = call.parameters(post.text);
        let [(name, span)] = &parameters[..] else { return };
        let Some((path, fragment)) = post.text[*span].split_once('#').filter(|_| matches!(&**name, "0" | "path"))
        else {
            return;
        };
        let address = match path {
            "" => format!("#{fragment}"),
            path => {
                let pages = self.shortcodes().and_then(|known| known.pages.as_ref());
                let Some(Referred::Files(files)) = pages.map(|pages| pages.find(path, post.path)) else { return };
                let [file] = &files[..] else { return };
                let Some(target) = self.map().of_source(file).find(|target| target.kind.is_page()) else { return };
                format!("{}{}#{fragment}", self.map().base, target.url)
            }
        };
        links.push(link(post.text, Shape::Html, &address, span));
    }

    fn add_call(&self, post: &Post, call: &Call, links: &mut Vec<PageLink>) {
        self.add_place(post, call, links);
        let shown = call.template.map_or(&[][..], |template| &template.shows);
        for (name, span) in call.parameters(post.text) {
            let value = &post.text[span];
            if !is_path(value) || !matches!(Reference::read(value), Reference::Local(_)) {
                continue;
            }
            let address = match shown.iter().find(|shown| shown.name == name) {
                None if !is_file(value) => continue,
                None => UNKNOWN.to_string(),
                // The template that Hugo brings looks among the assets first (0.168, `figure.html`).
                Some(_) if self.is_asset(call, value) => continue,
                Some(shown) => self.rooted(value, shown.is_rooted),
            };
            links.push(link(post.text, Shape::Html, &address, &span));
        }
    }

    fn is_asset(&self, call: &Call, value: &str) -> bool {
        let is_embedded = call.template.is_some_and(|template| template.is_embedded);
        is_embedded && self.files.is_file(&format!("assets/{}", value.trim_start_matches('/')))
    }

    /// What a template prints that makes an address of the site of a path.
    fn rooted(&self, path: &str, is_rooted: bool) -> String {
        let base = &self.map().base;
        match is_rooted {
            // With a slash at its start Hugo leaves it alone, and what lies there is another site's to say.
            true if path.starts_with('/') && !base.is_empty() => UNKNOWN.to_string(),
            true if !path.starts_with('/') => format!("{base}/{path}"),
            _ => path.to_owned(),
        }
    }
}

/// `{% img /a.png %}` (Hexo 8.1.2, `plugins/tag/img.ts`): the first word that is an address.
fn add_tags(post: &Post, known: &nunjucks::Known, links: &mut Vec<PageLink>) {
    if !post.text.contains("{% im") {
        return;
    }
    let is_address = |span: &&Span| {
        let word = post.text[**span].trim_matches(['"', '\'']);
        word.starts_with(['/', '.']) && is_path(word)
    };
    let calls = nunjucks::read(post.text, post.body.span, known, |at| post.body.code_at(at).is_some()).calls;
    for call in calls.iter().filter(|call| matches!(&*call.name, "img" | "image")) {
        if let Some(span) = call.arguments.iter().find(is_address) {
            links.push(link(post.text, Shape::Html, post.text[*span].trim_matches(['"', '\'']), span));
        }
    }
}
