//! Formulas that a Markdown engine, or a plugin of one, takes out of the text.

/// Who takes formulas out of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Math {
    /// Nobody before the page is there: a script looks for delimiters in it.
    Browser,
    /// pulldown-cmark's extension for math, which Zola leaves off.
    PulldownCmark,
    /// Dollar signs with no white space on the side of the formula, one or two: pandoc's `tex_math_dollars`.
    Tight,
    /// The same, and `\(`, `\[` and environments: pymdownx.arithmatex.
    Arithmatex,
    /// Dollar signs, one with no white space before the closing one, or two, and environments: pelican-render-math.
    Pelican,
    /// A plugin of markdown-it that looks for spaces beside a `$`: markdown-it-katex 2, @iktakahiro/markdown-it-katex 4,
    /// markdown-it-mathjax3 4.
    MarkdownItSpaces,
    /// @vscode/markdown-it-katex 1.1, which looks for letters beside a `$`.
    MarkdownItLetters,
    /// remark-math: between as many dollar signs, as code between backticks, and between fences of dollar signs, as code
    /// between fences (micromark-extension-math 3.1, `math-text.js` and `math-flow.js`).
    Remark {
        /// One sign is enough (`singleDollarTextMath`).
        single: bool,
    },
}

impl Math {
    /// Whether it is an extension of Python-Markdown.
    pub(crate) fn is_of_python(self) -> bool {
        matches!(self, Math::Arithmatex | Math::Pelican)
    }

    /// Whether it is a plugin of markdown-it, which takes whole blocks out.
    pub(crate) fn takes_displays(self) -> bool {
        matches!(self, Math::MarkdownItSpaces | Math::MarkdownItLetters)
    }
}
