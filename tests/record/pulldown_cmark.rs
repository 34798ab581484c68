//! What pulldown-cmark makes of texts, with the options of Zola 0.22: a JSON list of texts on standard input, a list of
//! pages on standard output. For `record.py`.

use pulldown_cmark::{Options, Parser, html};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let texts: Vec<String> = serde_json::from_reader(std::io::stdin())?;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let page = |text: &String| {
        let mut page = String::new();
        html::push_html(&mut page, Parser::new_ext(text, options));
        page
    };
    println!("{}", serde_json::to_string(&texts.iter().map(page).collect::<Vec<_>>())?);
    Ok(())
}
