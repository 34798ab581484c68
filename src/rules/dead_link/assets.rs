//! `{% asset_img a.png %}` of Hexo, to a file that the folder of the post does not have (8.1.2,
//! `plugins/tag/asset_img.ts`): nothing is shown then.

use crate::finding::Findings;
use crate::nunjucks::Call;
use crate::rules::RuleContext;
use crate::text::Span;

const TAGS: &[&str] = &["asset_img", "asset_image", "asset_link", "asset_path"];

pub(super) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    let is_asset = |call: &&Call| TAGS.contains(&call.name.as_str());
    let mut calls = context.nunjucks().calls.iter().filter(is_asset).peekable();
    // A plugin can have a tag of the same name.
    let Some(known) = blog.tags().filter(|known| calls.peek().is_some() && known.missing.is_none()) else { return };
    let folder = post.path.rsplit_once('.').map_or(post.path, |(stem, _)| stem);
    for Call { span, name, arguments } in calls {
        let words = arguments.iter().map(|&word| unquoted(post.text, word));
        let is_there = |word: Span| blog.files.is_file(&format!("{folder}/{}", &post.text[word]));
        let takes_any = name.starts_with("asset_im");
        let mut looked_at = words.clone().take(if takes_any { usize::MAX } else { 1 });
        if known.has_asset_folders && looked_at.any(is_there) {
            continue;
        }
        let config = blog.site().features.config;
        let file = words.clone().find(|word| post.text[*word].contains('.')).or_else(|| words.clone().next());
        let shown = file.map_or("", |file| &post.text[file]);
        let (message, help) = match known.has_asset_folders {
            true => (
                format!("`{name}` shows nothing: there is no file `{shown}` in `{folder}`"),
                "it takes files of the folder that is called as the post".to_owned(),
            ),
            false => (
                format!("`{name}` shows nothing: posts of this blog have no folders for their files"),
                format!("write `post_asset_folder: true` in `{config}`, or `![…](…)` with the address of the image"),
            ),
        };
        findings.at(file.unwrap_or(*span), message).help(help);
    }
}

fn unquoted(text: &str, word: Span) -> Span {
    let is_quoted = text[word].starts_with(['"', '\'']) && word.len() > 1;
    if is_quoted { Span::new(word.start + 1, word.end - 1) } else { word }
}
